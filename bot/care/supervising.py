"""Who supervises complaints: the roles that may read the register and decide any case."""

from bot.compliance import Action, CaseFacts, NoCase, NoReply, NoRequest, Policy, Question
from bot.model.case import Source
from bot.model.ids import PersonKey
from bot.model.person import Enrolment, Membership
from storage.unit_of_work import Records

_SOMEBODY_S = CaseFacts(open=True, held=True, holder_is_actor=False, source=Source.MENTION)


def supervisors(unit: Records, policy: Policy) -> frozenset[PersonKey]:
    """As roles were when anybody last looked. Where none may do both, those who may read."""
    reading = {role for role in policy.roles if _may(policy, role, Action.READ_COMPLAINTS)}
    deciding = {role for role in reading if _may(policy, role, Action.MARK_COMPLAINT)}
    roles = deciding or reading
    return frozenset(person for role, person in unit.roles.held() if role in roles)


def _may(policy: Policy, role: str, action: Action) -> bool:
    """Whether the role alone opens it to an enrolled member."""
    question = Question(
        action=action,
        membership=Membership.MEMBER,
        roles=frozenset((role,)),
        enrolment=Enrolment.YES,
        trusted=False,
        case=_SOMEBODY_S if action is Action.MARK_COMPLAINT else NoCase(),
        reply=NoReply(),
        request=NoRequest(),
        unsure=frozenset(),
    )
    return policy.decide(question).allowed
