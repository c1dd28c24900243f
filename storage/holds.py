"""Holds: at most one of a topic at a time, and all there ever were."""

from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.model.hold import Hold
from bot.model.ids import HoldId, PersonKey
from storage.noun import Noun
from storage.people import People
from storage.tables import holds

UNLIFTED = holds.c.lifted_at.is_(None)
IN_FORCE = (UNLIFTED, holds.c.since.is_not(None))
THIS = holds.c.id == bindparam("hold")
INSERT = insert(holds)
GET = select(holds).where(THIS)
OF_TOPIC = select(holds).where(UNLIFTED, holds.c.topic == bindparam("about"))
OPEN = select(holds).where(UNLIFTED).order_by(holds.c.id)
TOPICS = select(holds.c.topic).where(*IN_FORCE)
BEGIN = update(holds).where(THIS, UNLIFTED, holds.c.since.is_(None)).values(since=bindparam("at"))
LIFT = (
    update(holds)
    .where(THIS, UNLIFTED)
    .values(lifted_by=bindparam("who"), lifted_at=bindparam("at"))
)


class Holds(Noun):
    __slots__ = ()

    def in_force(self) -> frozenset[str]:
        """The topics on which answers wait, as they were called when somebody said so."""
        return frozenset(self.conn.scalars(TOPICS))

    def open(self) -> list[Hold]:
        """Those that are not over, and those that wait for others to agree."""
        return [self._hold(row) for row in self.conn.execute(OPEN).all()]

    def get(self, hold_id: HoldId) -> Hold | None:
        row = self.conn.execute(GET, {"hold": hold_id}).one_or_none()
        return None if row is None else self._hold(row)

    def of(self, topic: str) -> Hold | None:
        row = self.conn.execute(OF_TOPIC, {"about": topic}).one_or_none()
        return None if row is None else self._hold(row)

    def ask(self, topic: str, *, by: PersonKey, reason: str) -> HoldId:
        """It waits: `begin` puts it in force."""
        row = {
            "topic": topic,
            "set_by": by,
            "reason_sealed": self.vault.seal(reason, place=_place(topic)),
            "asked_at": self.now,
            "lifted_by": "",
        }
        return HoldId(self.numbered(INSERT, row))

    def begin(self, hold_id: HoldId) -> bool:
        return self.change(BEGIN, {"hold": hold_id, "at": self.now}).rowcount == 1

    def lift(self, hold_id: HoldId, by: PersonKey) -> bool:
        """False where somebody lifted it before."""
        return self.change(LIFT, {"hold": hold_id, "who": by, "at": self.now}).rowcount == 1

    def _hold(self, row: Row[Any]) -> Hold:
        set_by = PersonKey(row.set_by)
        return Hold(
            id=HoldId(row.id),
            topic=row.topic,
            set_by=set_by,
            set_by_name=People(self.scope).name(set_by),
            reason=self.vault.open(row.reason_sealed, place=_place(row.topic)),
            asked_at=row.asked_at,
            since=row.since,
            lifted_at=row.lifted_at,
        )


def _place(topic: str) -> str:
    return f"holds.reason/{topic}"
