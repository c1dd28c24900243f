"""Complaints that wait too long: told once to who holds the case and to who supervises.

Never on a card: a channel is no place for a deadline of somebody's.
"""

from dataclasses import dataclass

from bot.care.acts import Acts
from bot.care.duty import Duty
from bot.care.supervising import supervisors
from bot.care.telling import tell
from bot.care.wording import ago
from bot.compliance import Guard
from bot.model.audit import AuditEntry
from bot.model.complaint import Complaint, Grievance, Promise
from bot.model.person import CLOCKWORK
from storage.unit_of_work import Records, UnitOfWork

LOOK_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class ComplaintClock:
    acts: Acts
    guard: Guard
    duty: Duty
    promise: Promise

    async def look(self) -> None:
        if not await self.duty.mine("complaints", seconds=LOOK_SECONDS / 2):
            return
        if await self.acts.db.read(self._untold):
            await self.acts.db.write(self._tell)

    def _untold(self, unit: Records) -> list[Complaint]:
        """Without those of whom nobody could be told yet: their hour is not over."""
        somebody = supervisors(unit, self.acts.policy)
        return [one for one in unit.complaints.overdue(self.promise) if somebody or one.holder]

    def _tell(self, unit: UnitOfWork) -> None:
        for one in self._untold(unit):
            unanswered = self.promise.unanswered(one, unit.now)
            unsettled = self.promise.unsettled(one, unit.now)
            words = self.guard.clear(self._words(one, unit))
            told = supervisors(unit, self.acts.policy) | ({one.holder} if one.holder else set())
            for key in sorted(told):
                tell(unit, key, words)
            unit.complaints.told(one.case_id, unanswered=unanswered, unsettled=unsettled)
            late = " ".join(("answer",) * unanswered + ("end",) * unsettled)
            facts = (("late", late),)
            unit.commit(AuditEntry("complaint.overdue", CLOCKWORK.key, one.case_id, facts=facts))

    def _words(self, one: Complaint, unit: Records) -> str:
        said = [f"Case {one.case_id} stands in the register of complaints and is late."]
        if self.promise.unanswered(one, unit.now):
            due = one.received_at + self.promise.acknowledge
            said.append(f"A first answer was due {ago(due, unit.now)} ago: /reply {one.case_id}")
        if self.promise.unsettled(one, unit.now):
            due = one.received_at + self.promise.settle
            said.append(f"It was to be settled {ago(due, unit.now)} ago.")
        if one.answer is Grievance.UNSURE:
            said.append(f"Whether it is one is to be decided: /case complaint {one.case_id}")
        who = unit.people.name(one.holder) if one.holder else ""
        said.append(f"{who} holds it." if who else "Nobody holds it.")
        return "\n".join(said)
