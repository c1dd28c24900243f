"""The outbox: wishes that coalesce, leases that exclude, outcomes that leave a later wish due.

`attempts` of a lease is also its token: who comes home with an old one gives nobody's lease back.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, literal, select, update

from bot.model.delivery import Delivery, DeliveryFigures, DeliveryKind
from storage.bulk import Bulk
from storage.noun import Noun, upsert
from storage.tables import deliveries
from storage.tables.types import EPOCH

MOST_REASONS = 5
WAITING, DONE, STUCK = "waiting", "done", "stuck"

NEVER = literal(EPOCH, deliveries.c.leased_until.type)
"""Inside a CASE a bare value has no column to take its type from."""

# Everything in terms of the new row, so that it can be handed over in bulk.
WANT = Bulk(
    deliveries,
    upsert(
        deliveries,
        on=("kind", "subject"),
        setting=lambda new: {
            "wanted": deliveries.c.wanted + new.wanted,
            "state": new.state,
            # What is overdue stays so, else a busy card would never be the oldest.
            "due_at": case(
                (
                    (deliveries.c.state == new.state) & (deliveries.c.due_at < new.due_at),
                    deliveries.c.due_at,
                ),
                else_=new.due_at,
            ),
            "attempts": case(
                (deliveries.c.state == new.state, deliveries.c.attempts), else_=new.attempts
            ),
        },
    ),
)
DUE = (
    select(deliveries.c.id)
    .where(
        deliveries.c.state == WAITING,
        deliveries.c.due_at <= bindparam("at"),
        # No lease reaches so far ahead: the clock was set back.
        (deliveries.c.leased_until <= bindparam("at"))
        | (deliveries.c.leased_until > bindparam("far")),
        deliveries.c.kind.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(deliveries.c.due_at, deliveries.c.id)
    .limit(bindparam("most"))
    # SQLite leaves this out: there is one writer.
    .with_for_update(skip_locked=True)
)
LEASE = (
    update(deliveries)
    .where(deliveries.c.id.in_(DUE))
    .values(
        leased_by=bindparam("owner"),
        leased_until=bindparam("end"),
        attempts=deliveries.c.attempts + 1,
    )
    .returning(
        deliveries.c.kind,
        deliveries.c.subject,
        deliveries.c.wanted,
        deliveries.c.attempts,
        deliveries.c.due_at,
        deliveries.c.id,
    )
)
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
FIGURES = select(
    func.count().filter(deliveries.c.state == WAITING),
    func.count().filter(deliveries.c.state == STUCK),
    func.min(deliveries.c.due_at).filter(deliveries.c.state == WAITING),
).where(deliveries.c.state.in_((WAITING, STUCK)))

REASONS = (
    select(deliveries.c.reason)
    .where(deliveries.c.state == STUCK)
    .group_by(deliveries.c.reason)
    .order_by(func.max(deliveries.c.id).desc())
    .limit(MOST_REASONS)
)


class Deliveries(Noun):
    __slots__ = ()

    def want(self, kind: DeliveryKind, subject: object, *, delay: float = 0.0) -> None:
        """`delay` in seconds; a wish never puts off what is due already."""
        self._want(kind, [str(subject)], delay)

    def want_many(self, kind: DeliveryKind, subjects: Iterable[object]) -> None:
        # One order for all, so that two transactions never wait for one another.
        self._want(kind, sorted({str(subject) for subject in subjects}), 0.0)

    def lease(
        self,
        *,
        owner: str,
        limit: int,
        seconds: float,
        kinds: Sequence[DeliveryKind] | None = None,
    ) -> list[Delivery]:
        """The longest due first. `attempts` counts this one too."""
        rows = self.change(
            LEASE,
            {
                "owner": owner,
                "at": self.now,
                "end": self.now + timedelta(seconds=seconds),
                "far": self.now + timedelta(seconds=2 * seconds),
                "most": limit,
                "kinds": [kind.value for kind in (kinds or DeliveryKind)],
            },
        ).all()
        return [
            Delivery(DeliveryKind(row.kind), row.subject, row.wanted, row.attempts)
            for row in sorted(rows, key=lambda row: (row.due_at, row.id))
        ]

    def done(self, delivery: Delivery) -> None:
        """As often as it was wanted when it was leased; a wish made meanwhile stays due."""
        self.change(FINISH, {**_which(delivery), "made": delivery.wanted})

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
        waiting, stuck, oldest = self.conn.execute(FIGURES).one()
        reasons = tuple(self.conn.scalars(REASONS)) if stuck else ()
        return DeliveryFigures(waiting=waiting, stuck=stuck, oldest_due_at=oldest, reasons=reasons)

    def _want(self, kind: DeliveryKind, subjects: Sequence[str], delay: float) -> None:
        if not subjects:
            return
        self.scope.wished.add(kind)
        due = self.now + timedelta(seconds=delay)
        self.change_many(WANT, [_row(kind, subject, due) for subject in subjects])


def _row(kind: DeliveryKind, subject: str, due: datetime) -> dict[str, object]:
    return {
        "kind": kind.value,
        "subject": subject,
        "state": WAITING,
        "wanted": 1,
        "done": 0,
        "due_at": due,
        "leased_until": EPOCH,
        "leased_by": "",
        "attempts": 0,
        "reason": "",
    }


def _which(delivery: Delivery) -> dict[str, object]:
    return {
        "which": delivery.kind.value,
        "whose": delivery.subject,
        "token": delivery.attempts,
    }
