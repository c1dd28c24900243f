"""Whose answer fell due while nobody held the case: the card must say so without being asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.duty import Duty
from bot.model.audit import AuditEntry
from bot.model.delivery import DeliveryKind
from bot.model.person import CLOCKWORK
from storage.database import Database
from storage.unit_of_work import Records, UnitOfWork

MARK = "overdue"
"""Kept position: up to when we looked."""
FIRST_LOOK_BACK = timedelta(days=1)
LOOK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Overdue:
    db: Database
    duty: Duty

    async def look(self) -> None:
        # Of two replicas that look at once each would find the same cases and note them.
        if not await self.duty.mine("overdue", seconds=LOOK_SECONDS / 2):
            return
        if await self.db.read(lambda unit: unit.lists.fell_due(_since(unit))):
            await self.db.write(_note)


def _since(unit: Records) -> datetime:
    mark = unit.cursors.get(MARK)
    return datetime.fromisoformat(mark) if mark else unit.now - FIRST_LOOK_BACK


def _note(unit: UnitOfWork) -> None:
    fell = unit.lists.fell_due(_since(unit))
    for case_id in fell:
        unit.deliveries.want(DeliveryKind.CARD, case_id)
    unit.cursors.move(MARK, unit.now.isoformat())
    unit.commit_many([AuditEntry("case.overdue", CLOCKWORK.key, case_id) for case_id in fell])
