"""How an approval ends by itself: it expires, or what it was for has changed; and one reminder."""

from dataclasses import dataclass

from bot.care.asking_for import Requests, held
from bot.care.duty import Duty
from bot.care.requests import Handlers
from bot.care.telling import tell
from bot.care.wording import ago
from bot.model.approval import Approval, ApprovalState, Request
from bot.model.audit import AuditEntry
from bot.model.ids import ApprovalId
from bot.model.person import CLOCKWORK
from storage.database import Database
from storage.unit_of_work import Records, UnitOfWork

LOOK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Settling:
    db: Database
    duty: Duty
    requests: Requests
    handlers: Handlers

    async def look(self) -> None:
        """All that are open; of the replicas one looks."""
        if not await self.duty.mine("approvals", seconds=LOOK_SECONDS / 2):
            return
        for approval in await self.db.read(self._due):
            await self.settle(approval.id)

    async def settle(self, approval_id: ApprovalId) -> Approval | None:
        """As it stands now; written only where something is due."""

        def looked(unit: Records) -> tuple[Approval | None, bool]:
            approval = unit.approvals.get(approval_id)
            return approval, approval is not None and self._is_due(unit, approval)

        approval, due = await self.db.read(looked)
        return (
            await self.db.write(lambda unit: self._settled(unit, approval_id)) if due else approval
        )

    def end(self, unit: UnitOfWork, approval: Approval, state: ApprovalState) -> None:
        """With what its kind does then."""
        self.requests.end(unit, approval, state)
        self.handlers[approval.kind].ended(unit, approval, state)

    def _due(self, unit: Records) -> list[Approval]:
        return [each for each in unit.approvals.open() if self._is_due(unit, each)]

    def _is_due(self, unit: Records, approval: Approval) -> bool:
        if approval.state is not ApprovalState.OPEN:
            return False
        late = unit.now >= approval.expires_at
        remind = not approval.reminded and unit.now >= approval.remind_at
        sound = self._shown(unit, approval) is not None
        seen = not self.requests.missing(unit, approval)
        return late or remind or not (sound and seen) or self.requests.miscounted(unit, approval)

    def _shown(self, unit: Records, approval: Approval) -> Request | None:
        shown = self.handlers[approval.kind].show(unit, approval)
        return shown if shown is not None and shown.text_hash == approval.text_hash else None

    def _settled(self, unit: UnitOfWork, approval_id: ApprovalId) -> Approval | None:
        approval = held(unit, approval_id)
        if approval is None or approval.state is not ApprovalState.OPEN:
            return approval
        shown = self._shown(unit, approval)
        if shown is None:
            self.end(unit, approval, ApprovalState.VOID)
        elif unit.now >= approval.expires_at:
            self.end(unit, approval, ApprovalState.EXPIRED)
            self.requests.tell_asker(unit, approval, f"{_LATE} {shown.told}. {_AGAIN}{shown.again}")
        else:
            self.requests.show(unit, approval)
            self.requests.count(unit, approval, shown.title)
            if unit.now >= approval.remind_at and unit.approvals.reminded(approval.id):
                self._remind(unit, approval, shown)
        return unit.approvals.get(approval_id)

    def _remind(self, unit: UnitOfWork, approval: Approval, shown: Request) -> None:
        since = ago(approval.asked_at, unit.now)
        left = ago(unit.now, approval.expires_at)
        words = f"It has waited for {since}, and there are {left} left."
        answered = {each.by for each in approval.yes_to(shown.about)}
        told = self.requests.guard.clear(f"{_WAITS} {shown.title}. {words} {_CARD}")
        for key in self.requests.asked(unit, approval):
            if key not in answered:
                tell(unit, key, told)
        mine = f"Nobody has answered yet: {shown.told}. {words} Those who may were reminded."
        if answered:
            mine = f"It waits for one more person: {shown.told}. {words} They were reminded."
        self.requests.tell_asker(unit, approval, mine)
        facts = (("approval", str(approval.id)),)
        unit.commit(AuditEntry("approval.reminded", CLOCKWORK.key, approval.case_id, facts=facts))


_LATE = "Nobody answered in time, so nothing was done:"
_AGAIN = "Ask again where it is still wanted."
_WAITS = "A colleague waits for your yes or no:"
_CARD = "Its card has the buttons."
