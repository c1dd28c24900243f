"""What the register of complaints asks of a case before it is resolved, and the form for it."""

from collections.abc import Mapping

from bot.compliance import Policy, Reason
from bot.errors import Refusal
from bot.model.audit import AuditEntry
from bot.model.case import Case
from bot.model.complaint import Grievance
from bot.model.ids import CaseId, DecisionId, PersonKey
from bot.model.visit import Form
from bot.slack.forms.complaint import ANSWER, DISPOSITION, LINE, NAME, NATURE, PRODUCT, RESOLVING
from storage.unit_of_work import Records, UnitOfWork

ASK, ENDED, STANDS = "ask-complaint", "disposition-first", "supervised-yes"
REASONS: Mapping[str, Reason] = {
    ASK: Reason(
        "Before a case is resolved the house rules ask whether it is mainly a grievance.",
        "Say yes, no or not sure, as the customer means it; Usher does not guess.",
    ),
    ENDED: Reason(
        "This case is a complaint, and how it ended is not said yet.",
        "Choose how it ended, and send it off once more.",
    ),
    STANDS: Reason(
        "Somebody who supervises said that this is a complaint, and that stands.",
        "Leave it at yes. If you see it otherwise, tell them: they may change it.",
    ),
}
"""For `/case why`: these are no rules of the table but settings, and the register's own."""


def before_resolving(unit: UnitOfWork, policy: Policy, case: Case, *, by: PersonKey) -> None:
    """Raises `Refusal` with the form where something is not said; a complaint ends here."""
    # Nobody else says of it meanwhile that it is one.
    unit.cases.hold(case.id)
    known = unit.complaints.get(case.id)
    if known is None:
        if policy.settings.ask_complaint:
            raise refusal(ASK)
        return
    if known.answer is not Grievance.YES:
        return
    if known.disposition is None:
        raise refusal(ENDED)
    unit.complaints.settle(case.id)
    settled(unit, case.id, known.disposition, by=by)


def settled(unit: UnitOfWork, case_id: CaseId, disposition: str, *, by: PersonKey) -> None:
    facts = (("disposition", str(disposition)),)
    unit.commit(AuditEntry("complaint.settled", by, case_id, facts=facts))


def refusal(rule: str, *, field_id: str = "") -> Refusal:
    """With a field it stands under that; else the form is opened."""
    reason = REASONS[rule]
    asks = "" if field_id else NAME
    return Refusal(f"{reason.why} {reason.next_step}", rule, asks, field_id)


def wanted(unit: Records, no: Refusal, case_id: CaseId | None, number: DecisionId) -> Form | None:
    """The form that would turn a no of ours into a yes."""
    if no.asks != NAME or case_id is None:
        return None
    says = f"{no.sentence} Why: /case why D-{number}"
    return form_of(unit, case_id, says=says, resolving=True)


def form_of(unit: Records, case_id: CaseId, *, says: str = "", resolving: bool = False) -> Form:
    """Filled with what is known. Sent off it resolves the case, where that was asked for."""
    known = unit.complaints.get(case_id)
    filled = [(RESOLVING, "yes" if resolving else "")]
    if known is not None:
        told = {
            ANSWER: known.answer,
            LINE: known.line,
            NATURE: known.nature or "",
            PRODUCT: known.product,
            DISPOSITION: known.disposition or "",
        }
        filled += [(name, str(value)) for name, value in told.items()]
    return Form(NAME, case_id, filled=tuple(filled), says=says)
