"""The house in numbers, for whoever watches it: from indexes, so that looking costs little."""

from sqlalchemy import case, func, select

from bot.model.delivery import DeliveryKind
from bot.model.figures import HouseFigures, Outbox
from storage.deliveries import STUCK
from storage.due import WAITING
from storage.noun import Noun
from storage.tables import audit_events, deliveries, storms

WAITS, IS_STUCK = deliveries.c.state == WAITING, deliveries.c.state == STUCK
OUTBOX = (
    select(
        deliveries.c.kind,
        func.count().filter(WAITS),
        func.count().filter(WAITS, deliveries.c.reason != ""),
        func.count().filter(IS_STUCK),
        func.min(case((WAITS, deliveries.c.due_at))),
    )
    .where(deliveries.c.state.in_((WAITING, STUCK)))
    .group_by(deliveries.c.kind)
)
RAGING = select(func.count()).where(storms.c.ended_at.is_(None))
NEWEST_LINE = select(func.max(audit_events.c.id))


class Figures(Noun):
    __slots__ = ()

    def house(self) -> HouseFigures:
        return HouseFigures(
            outboxes=self._outboxes(),
            storms=self.conn.execute(RAGING).scalar_one(),
            newest_line=self.conn.execute(NEWEST_LINE).scalar_one() or 0,
        )

    def _outboxes(self) -> tuple[Outbox, ...]:
        found = {kind: Outbox(kind) for kind in DeliveryKind}
        for name, waiting, retrying, stuck, oldest in self.conn.execute(OUTBOX):
            waits = max((self.now - oldest).total_seconds(), 0.0) if oldest else 0.0
            kind = DeliveryKind(name)
            found[kind] = Outbox(kind, waiting, retrying, stuck, waits)
        return tuple(found.values())
