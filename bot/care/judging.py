"""What the decision table says: the decision, or a `Refusal` in the rule's own words."""

from bot.care.asking import Asked, question
from bot.compliance import Action, Decision, ObligationKind, Policy
from bot.errors import Refusal
from bot.model.audit import Effect
from bot.model.case import Case
from bot.model.person import Person
from storage.unit_of_work import Records


def judged(
    unit: Records,
    by: Person,
    action: Action,
    case: Case | None,
    asked: Asked,
    policy: Policy,
    version: str,
) -> Decision:
    """By exactly this policy, whatever comes into force meanwhile."""
    decision = policy.decide(question(unit, by, action, case, asked, policy, version))
    if decision.effect is not Effect.ALLOWED:
        asks = str(ObligationKind.GUIDEBOOK) if decision.asks(ObligationKind.GUIDEBOOK) else ""
        raise Refusal(f"{decision.why} {decision.next_step}".strip(), decision.rule, asks)
    return decision
