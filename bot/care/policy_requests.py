"""A new policy that takes two persons: the second one reads what changes, and says yes or no."""

from dataclasses import dataclass
from difflib import unified_diff

from bot.care.policies import Policies
from bot.care.policy_in_force import named, short
from bot.care.requests import Given, Handler
from bot.care.wording import in_eights
from bot.errors import Refusal
from bot.model.approval import Approval, ApprovalState, Request
from bot.model.audit import AuditEntry
from bot.model.person import CLOCKWORK
from bot.model.policy import KeptPolicy
from storage.unit_of_work import Records, UnitOfWork


@dataclass(frozen=True, slots=True)
class PolicyRequests(Handler):
    policies: Policies

    def show(self, unit: Records, approval: Approval) -> Request | None:
        kept = unit.policies.by_hash(approval.subject)
        if kept is None:
            return None
        waiting = unit.policies.waiting()
        over = approval.state is not ApprovalState.OPEN
        if not over and (waiting is None or waiting.hash != kept.hash):
            return None
        before = None if over else unit.policies.in_force()
        return Request(
            title=f"A new policy comes into force: {named(kept)}",
            text_hash=kept.hash,
            words="" if before is None else _changes(before, kept),
            lines=(f"The whole of its hash: {in_eights(kept.hash)}",),
        )

    def granted(self, unit: UnitOfWork, approval: Approval, given: Given) -> str:
        # Another start may have withdrawn it since it was shown.
        if not unit.policies.accept(approval.text_hash, given.by.key):
            raise Refusal(
                "That policy waits no more; the one before stays in force.", "policy-gone"
            )
        facts = (("hash", approval.text_hash), ("approval", str(approval.id)))
        unit.commit(AuditEntry("policy.accepted", given.by.key, facts=facts))
        return f"Policy {short(approval.text_hash)} is in force now."

    def ended(self, unit: UnitOfWork, approval: Approval, state: ApprovalState) -> None:
        """After a no it waits no more; the file still says so, and the next start asks again."""
        if state is ApprovalState.REFUSED and unit.policies.withdraw():
            facts = (("hash", approval.text_hash), ("approval", str(approval.id)))
            unit.commit(AuditEntry("policy.withdrawn", CLOCKWORK.key, facts=facts))

    async def afterwards(self) -> None:
        await self.policies.take_up()


def _changes(before: KeptPolicy, kept: KeptPolicy) -> str:
    """Line by line, the base of both included: that changes what it says too."""
    then, now = _lines(before), _lines(kept)
    found = list(unified_diff(then, now, before.profile, kept.profile, n=1, lineterm=""))
    return "\n".join(found) or "Not a line is another one."


def _lines(kept: KeptPolicy) -> list[str]:
    return [*kept.text.splitlines(), *kept.base.splitlines()]
