"""The outbox: wishes that coalesce, leases that exclude, outcomes that leave a later wish due.

`attempts` of a lease is also its token: who comes home with an old one gives nobody's lease back.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Integer, bindparam, case, func, select, update

from bot.model.delivery import Delivery, DeliveryFigures, DeliveryKind, Leased, Wish
from bot.model.lanes import EDIT, HOME, NONE, NOW, SLACKS, SOMETIME, SOON, Rates
from storage.due import WAITING
from storage.leasing import Leasing
from storage.noun import Noun
from storage.tables import deliveries
from storage.tables.types import EPOCH
from storage.wanting import NEVER, WANT

MOST_REASONS = 5
DONE, STUCK = "done", "stuck"
USUAL = {
    DeliveryKind.CARD: (EDIT, NOW),
    DeliveryKind.STORM: (EDIT, SOMETIME),
    DeliveryKind.ORPHAN: (EDIT, NOW),
    DeliveryKind.APPROVAL: (EDIT, NOW),
    DeliveryKind.HOME: (HOME, SOMETIME),
}
"""Lane and priority of what stands in Slack already; who posts names the lane and how soon."""

THIS = (deliveries.c.kind == bindparam("which")) & (deliveries.c.subject == bindparam("whose"))
HOLDS = deliveries.c.attempts == bindparam("token")
FINISH = (
    update(deliveries)
    .where(THIS)
    .values(
        done=case(
            (deliveries.c.done < bindparam("made"), bindparam("made")), else_=deliveries.c.done
        ),
        state=case((deliveries.c.wanted > bindparam("made"), deliveries.c.state), else_=DONE),
        leased_until=case((HOLDS, NEVER), else_=deliveries.c.leased_until),
        attempts=case((HOLDS, 0), else_=deliveries.c.attempts),
        reason="",
        # What was urgent is done. What was wished for meanwhile is as urgent as it usually is.
        priority=func.coalesce(bindparam("usually", type_=Integer), deliveries.c.priority),
    )
)
LATER = (
    update(deliveries)
    .where(THIS, HOLDS)
    .values(due_at=bindparam("due"), leased_until=EPOCH, reason=bindparam("because"))
)
GIVE_UP = (
    update(deliveries)
    .where(THIS, HOLDS)
    .values(
        # A wish made meanwhile is news, and news is worth another try.
        state=case((deliveries.c.wanted > bindparam("made"), WAITING), else_=STUCK),
        leased_until=EPOCH,
        reason=bindparam("because"),
    )
)
REVIVE = (
    update(deliveries)
    .where(
        deliveries.c.id.in_(
            select(deliveries.c.id)
            .where(deliveries.c.state == STUCK)
            .order_by(deliveries.c.due_at, deliveries.c.id)
            .limit(bindparam("most"))
        )
    )
    .values(state=WAITING, due_at=bindparam("at"))
)
RELANE = update(deliveries).where(THIS).values(lane=bindparam("into"), priority=bindparam("rank"))
LANE = select(deliveries.c.lane).where(THIS)
FIGURES = select(
    func.count().filter(deliveries.c.state == WAITING),
    func.count().filter(deliveries.c.state == STUCK),
    func.min(deliveries.c.due_at).filter(deliveries.c.state == WAITING),
).where(
    deliveries.c.state.in_((WAITING, STUCK)),
    # A page that is to close in five minutes keeps nobody waiting until then.
    (deliveries.c.kind != DeliveryKind.REVEAL.value) | (deliveries.c.due_at <= bindparam("at")),
)

REASONS = (
    select(deliveries.c.reason)
    .where(deliveries.c.state == STUCK)
    .group_by(deliveries.c.reason)
    .order_by(func.max(deliveries.c.id).desc())
    .limit(MOST_REASONS)
)


class Deliveries(Noun):
    __slots__ = ()

    def want(
        self,
        kind: DeliveryKind,
        subject: object,
        *,
        lane: str | None = None,
        priority: int | None = None,
        delay: float = 0.0,
    ) -> None:
        """A later wish never changes the lane, nor puts off (`delay`, seconds) what is due already.

        By default it goes where its kind usually goes: a card, for one, is edited.
        """
        wish = Wish(subject, *_usual(kind, lane, priority))
        self._want(kind, [wish], delay)

    def want_many(self, kind: DeliveryKind, wishes: Iterable[Wish]) -> None:
        # One order for all, so that two transactions never wait for one another.
        once = {str(wish.subject): wish for wish in wishes}
        self._want(kind, [once[subject] for subject in sorted(once)], 0.0)

    def relane(
        self, kind: DeliveryKind, subject: object, lane: str, priority: int | None = None
    ) -> None:
        """From now on it takes turns there, such as a card that was posted and will be edited."""
        rank = _usual(kind, lane, priority)[1]
        which = {"which": kind.value, "whose": str(subject)}
        self.change(RELANE, {**which, "into": lane, "rank": rank})

    def lane(self, kind: DeliveryKind, subject: object) -> str | None:
        """None where nobody wished for it."""
        which = {"which": kind.value, "whose": str(subject)}
        return self.conn.scalars(LANE, which).one_or_none()

    def lease(
        self,
        *,
        owner: str,
        limit: int,
        seconds: float,
        kinds: Sequence[DeliveryKind] | None = None,
        rates: Rates = SLACKS,
    ) -> Leased:
        """As many rows as have a turn, the most urgent and then the longest due first."""
        return Leasing(self.scope).lease(
            owner=owner,
            limit=limit,
            seconds=seconds,
            kinds=kinds or tuple(DeliveryKind),
            rates=rates,
        )

    def done(self, delivery: Delivery) -> None:
        """As often as it was wanted when it was leased; a wish made meanwhile stays due."""
        usually = USUAL[delivery.kind][1] if delivery.kind in USUAL else None
        values = {**_which(delivery), "made": delivery.wanted, "usually": usually}
        self.change(FINISH, values)

    def later(self, delivery: Delivery, *, seconds: float, reason: str) -> None:
        due = self.now + timedelta(seconds=seconds)
        self.change(LATER, {**_which(delivery), "due": due, "because": reason})

    def stuck(self, delivery: Delivery, reason: str) -> None:
        values = {**_which(delivery), "made": delivery.wanted, "because": reason}
        self.change(GIVE_UP, values)

    def revive(self, limit: int) -> int:
        """Stuck rows wait again, the longest stuck first: a human may have mended the cause."""
        return self.change(REVIVE, {"most": limit, "at": self.now}).rowcount

    def figures(self) -> DeliveryFigures:
        waiting, stuck, oldest = self.conn.execute(FIGURES, {"at": self.now}).one()
        reasons = tuple(self.conn.scalars(REASONS)) if stuck else ()
        return DeliveryFigures(waiting=waiting, stuck=stuck, oldest_due_at=oldest, reasons=reasons)

    def _want(self, kind: DeliveryKind, wishes: Sequence[Wish], delay: float) -> None:
        if not wishes:
            return
        self.scope.wished.add(kind)
        due = self.now + timedelta(seconds=delay)
        self.change_many(WANT, [_row(kind, wish, due) for wish in wishes])


def _usual(kind: DeliveryKind, lane: str | None, priority: int | None) -> tuple[str, int]:
    usual, first = USUAL.get(kind, (NONE, SOON))
    return usual if lane is None else lane, first if priority is None else priority


def _row(kind: DeliveryKind, wish: Wish, due: datetime) -> dict[str, object]:
    return {
        "kind": kind.value,
        "subject": str(wish.subject),
        "state": WAITING,
        "wanted": 1,
        "done": 0,
        "due_at": due,
        "leased_until": EPOCH,
        "leased_by": "",
        "attempts": 0,
        "reason": "",
        "lane": wish.lane,
        "priority": wish.priority,
    }


def _which(delivery: Delivery) -> dict[str, object]:
    return {
        "which": delivery.kind.value,
        "whose": delivery.subject,
        "token": delivery.attempts,
    }
