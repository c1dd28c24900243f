"""What an answer that went out gives to those who may keep it: the button, where they see it went.

On the card of its approval, and in the message to its author, where their role may keep answers.
"""

from dataclasses import dataclass

from bot.care.acts import Acts
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.approval import Approval
from bot.model.audit import AuditEntry
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId, PersonKey
from bot.model.person import CLOCKWORK, Membership, Person, Workspace, user_id_of
from bot.model.reply import Reply, ReplyState
from bot.model.visit import Offer
from storage.unit_of_work import Records, UnitOfWork

WENT = (ReplyState.SENT, ReplyState.HANDED)
"""It stands there, or its author has it to send by hand."""


@dataclass(frozen=True, slots=True)
class Reusing:
    acts: Acts

    def went(self, unit: UnitOfWork, reply: Reply) -> tuple[Offer, ...]:
        """Notes what it began with, and has the approvers' cards redrawn; what its author may."""
        for kept_id in unit.kept_answers.used_in(reply.id):
            facts = (("kept", str(kept_id)), ("reply", str(reply.id)))
            unit.commit(AuditEntry("answer.used", CLOCKWORK.key, reply.case_id, facts=facts))
        if reply.approval_id is not None:
            for place in unit.approvals.cards(reply.approval_id):
                subject = f"{reply.approval_id} {place.whom}"
                unit.deliveries.want(DeliveryKind.APPROVAL, subject)
        case = unit.cases.get(reply.case_id)
        may = case is not None and self._role_may(unit, reply.author, case.workspace)
        return (keep_offer(reply),) if may else ()

    def may(self, unit: Records, by: Person) -> bool:
        try:
            self.acts.weigh(unit, by, Action.KEEP_ANSWER, None)
        except Refusal:
            return False
        return True

    def _role_may(self, unit: Records, key: PersonKey, workspace: Workspace) -> bool:
        """By their roles when anybody last looked: the press itself is decided anew."""
        roles = frozenset(role for role, person in unit.roles.held() if person == key)
        return self.may(unit, Person(workspace, user_id_of(key), "", Membership.MEMBER, roles))


def keep_offer(reply: Reply) -> Offer:
    return Offer("Keep this answer", "keep_answer", str(reply.id))


def keep_offers(unit: Records, approval: Approval, case_id: CaseId) -> tuple[Offer, ...]:
    """For the card of an approval, once what was approved went out; it stands in that case."""
    found = unit.replies.of_case(case_id)
    went = (each for each in found if each.approval_id == approval.id and each.state in WENT)
    return tuple(keep_offer(each) for each in went)
