"""Too few are left who may say yes: whoever waits for it is told, and those who can name more.

As far as roles are known to us: who holds one is looked at now and then, and when Slack tells that
a group changed or that somebody left.
"""

from collections.abc import Iterable

from bot.care.telling import tell
from bot.compliance import Guard, Sink
from bot.model.approval import Approval
from bot.model.audit import AuditEntry
from bot.model.ids import PersonKey
from bot.model.person import CLOCKWORK
from storage.unit_of_work import UnitOfWork


def changed(approval: Approval, *, may: int) -> bool:
    """`may` is how many there are whose yes would count."""
    return (may < approval.needed) is not approval.stranded


def note(unit: UnitOfWork, approval: Approval, *, may: int) -> bool:
    """On record, once each time; True where it is new that there are too few."""
    if not changed(approval, may=may):
        return False
    short = may < approval.needed
    if not unit.approvals.strand(approval.id, stranded=short):
        return False
    facts = (("approval", str(approval.id)), ("needed", str(approval.needed)), ("may", str(may)))
    action = "approval.stranded" if short else "approval.resumed"
    unit.commit(AuditEntry(action, CLOCKWORK.key, approval.case_id, facts=facts))
    return short


def tell_of(
    unit: UnitOfWork,
    guard: Guard,
    approval: Approval,
    title: str,
    *,
    may: int,
    whom: Iterable[PersonKey],
) -> None:
    role = f" with the role {approval.role}" if approval.role else ""
    persons = "one other person" if approval.needed == 1 else "two other persons"
    left = "nobody is left who may say it" if may == 0 else f"only {may} may say it"
    words = guard.clear(
        f"This waits for a yes: {title}. It takes {persons}{role}, and {left}. A coordinator can "
        "name more under roles in app.yaml, or in its user group; they get the card by themselves.",
        sink=Sink.PERSON,
    )
    for key in sorted(set(whom) - {CLOCKWORK.key}):
        tell(unit, key, words)
