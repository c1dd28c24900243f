"""A merge that others must agree to, where the policy says so: it changes two cases for good."""

from dataclasses import dataclass

from bot.care.merge_reading import numbers_of, read_of, title_of
from bot.care.merging import Merging, both, telling
from bot.care.obligations import Brought
from bot.care.requests import Given, Handler
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.approval import Approval, ApprovalState, Request
from bot.model.case import CaseState
from storage.unit_of_work import Records, UnitOfWork


@dataclass(frozen=True, slots=True)
class MergeRequests(Handler):
    """`subject` is both numbers: of the case that ends, and of the one it goes on in."""

    merging: Merging

    def show(self, unit: Records, approval: Approval) -> Request | None:
        numbers = numbers_of(approval.subject)
        if approval.state is not ApprovalState.OPEN:
            return Request(title_of(*numbers), approval.text_hash)
        found = [unit.cases.get(one) for one in numbers]
        if any(case is None or case.state is not CaseState.OPEN for case in found):
            return None
        return read_of(unit, *numbers)

    def granted(self, unit: UnitOfWork, approval: Approval, given: Given) -> str:
        merging = self.merging
        case_id, into = numbers_of(approval.subject)
        pair = both(unit, case_id, into)
        # Once more, now that nobody else adds to them.
        if read_of(unit, case_id, into).text_hash != approval.text_hash:
            raise Refusal(_CHANGED, "merge-changed")
        merging.weighed(unit, pair, given.asker)
        brought = Brought(approvals=given.approvals)
        decision = merging.acts.decide(
            unit, given.asker, Action.MERGE, telling(pair, given.asker), brought=brought
        )
        merging.carry_out(unit, pair, decision, given.asker, (("approval", str(approval.id)),))
        return f"All of it stands in case {into} now."

    def ended(self, unit: UnitOfWork, approval: Approval, state: ApprovalState) -> None:
        """Nothing was done yet. What changed by itself is told, else nobody would ask again."""
        if state is not ApprovalState.VOID:
            return
        numbers = numbers_of(approval.subject)
        if read_of(unit, *numbers).text_hash != approval.text_hash:
            told = f"{title_of(*numbers)}: nobody can agree to that any more. {_CHANGED}"
            self.merging.requests.tell_asker(unit, approval, told)


_CHANGED = "One of the two cases has changed since it was asked. Look at both, and ask again."
