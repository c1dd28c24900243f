"""An export that others must agree to, where the policy says so."""

from dataclasses import dataclass

from bot.care.exports import Exports, hash_of
from bot.care.obligations import Brought
from bot.care.requests import Given, Handler
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.approval import Approval, ApprovalState, Request
from bot.model.export import Export, ExportId, ExportState
from storage.unit_of_work import Records, UnitOfWork


@dataclass(frozen=True, slots=True)
class ExportRequests(Handler):
    exports: Exports

    def show(self, unit: Records, approval: Approval) -> Request | None:
        export = _read(unit, approval)
        case = None if export is None else unit.cases.get(export.case_id)
        if export is None or case is None:
            return None
        over = approval.state is not ApprovalState.OPEN
        if not over and export.state is not ExportState.ASKED:
            return None
        lines = ("All its posts, notes and answers with masked words, and its record.",)
        # Once it is over the card tells what was asked, however the case went on.
        text_hash = approval.text_hash if over else hash_of(export, case)
        return Request(_title(export), text_hash, export.reason, lines)

    def granted(self, unit: UnitOfWork, approval: Approval, given: Given) -> str:
        export = _read(unit, approval)
        case = None if export is None else unit.cases.get(export.case_id)
        if export is None or case is None or export.state is not ExportState.ASKED:
            raise Refusal("There is no such request any more.", "export-gone")
        brought = Brought(approvals=given.approvals, reason=export.reason)
        acts = self.exports.acts
        decision = acts.decide(unit, given.asker, Action.EXPORT, case, brought=brought)
        self.exports.make(unit, export, decision)
        return "The file comes as a direct message to who asked."

    def ended(self, unit: UnitOfWork, approval: Approval, state: ApprovalState) -> None:
        """What changed by itself is told, else nobody would ask again."""
        export = _read(unit, approval)
        if export is None or export.state is not ExportState.ASKED:
            return
        unit.exports.void(export.id)
        case = unit.cases.get(export.case_id)
        moved = case is not None and hash_of(export, case) != approval.text_hash
        if state is ApprovalState.VOID and moved:
            told = f"{_title(export)}: nobody can agree to that any more. "
            told += _CHANGED.format(case=export.case_id)
            self.exports.requests.tell_asker(unit, approval, told)


def _title(export: Export) -> str:
    return f"Case {export.case_id} is exported to {export.asked_by_name or 'a colleague'} as a file"


def _read(unit: Records, approval: Approval) -> Export | None:
    return unit.exports.get(ExportId(int(approval.subject)))


_CHANGED = (
    "The case has gone on since it was asked. Ask again where you still need it: "
    "/case export {case} and what for."
)
