"""A reply that others must agree to: what they read, and what becomes of their yes or no."""

from dataclasses import dataclass, replace

from bot.care.acts import Acts, allowed, existing
from bot.care.answering import Answering, is_theirs
from bot.care.asking import Asked
from bot.care.replies import CHANGED
from bot.care.requests import Given, Handler
from bot.care.reusing import keep_offers
from bot.care.trust import Trust
from bot.compliance import Action, ReplyFacts
from bot.errors import Refusal
from bot.model.approval import Approval, ApprovalState, Request
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId
from bot.model.reply import Reply, ReplyState, Way
from storage.unit_of_work import Records, UnitOfWork

WAITS = (
    "Answers on its topic are on hold, or these are quiet hours: it goes out after that. Where "
    "that takes too long for a yes to be good, you are asked again."
)
_HOW = {Way.PUBLIC: "publicly", Way.DIRECT: "directly"}


@dataclass(frozen=True, slots=True)
class ReplyRequests(Handler):
    """`subject` is the case: its newest words are those somebody is asked about."""

    acts: Acts
    answering: Answering
    trust: Trust

    def show(self, unit: Records, approval: Approval) -> Request | None:
        reply = _reply(unit, approval)
        case = unit.cases.get(CaseId(int(approval.subject)))
        if reply is None or case is None:
            return None
        name = case.author.network
        network = self.answering.networks.named(name)
        title = network.title if network else name
        whom = f"@{case.author.handle.lstrip('@')}"
        goes = f"{reply.author_name} answers {whom} on {title} {_HOW[reply.way]}"
        if reply.by_hand:
            goes = f"{goes}, sent by hand"
        length = ""
        if network:
            length = f"{network.length(reply.text)} of {network.length_limit} characters"
        wrote = [post for post in unit.mentions.of_case(case.id) if is_theirs(post, case)][-1:]
        words = wrote[0].words if wrote and not case.is_blanked else case.quotable
        said = f"They wrote: “{words}”"
        lines = (f"Case {case.id}: {said}", length)
        shown = tuple(line for line in lines if line)
        return Request(goes, reply.hash, reply.text, shown, keep_offers(unit, approval))

    def granted(self, unit: UnitOfWork, approval: Approval, given: Given) -> str:
        reply = unit.replies.asked(CaseId(int(approval.subject)))
        if reply is None or reply.hash != approval.text_hash:
            raise Refusal(
                "These words were changed since: they are asked about anew.", "reply-gone"
            )
        case = existing(unit, reply.case_id)
        asked = self.answering.asked(unit, case, reply.way)
        action = Action.DRAFT_REPLY if reply.by_hand else Action.SEND_REPLY
        # What it was asked under may be another by now. A hold alone may end again: it waits.
        decision = self.acts.weigh(unit, given.asker, action, case, asked=_free(asked))
        unit.replies.clear(reply.id, approval.id)
        unit.deliveries.want(DeliveryKind.REPLY, str(reply.id))
        facts = (("reply", str(reply.id)), ("approval", str(approval.id)), ("hash", reply.hash))
        unit.commit(
            allowed("reply.approved", decision, by=given.asker, case_id=case.id, facts=facts)
        )
        if not _was_changed(unit, reply):
            self.trust.earned(unit, reply.author)
        return WAITS if _held(asked) else "It goes out now."

    def ended(self, unit: UnitOfWork, approval: Approval, state: ApprovalState) -> None:
        reply = unit.replies.asked(CaseId(int(approval.subject)))
        if reply is None or reply.hash != approval.text_hash:
            return
        refused = state is ApprovalState.REFUSED
        to = ReplyState.REFUSED if refused else ReplyState.VOID
        unit.replies.move(reply.id, to, of=(ReplyState.ASKED,), reason=f"approval-{state}")
        if refused:
            self.trust.lost(unit, reply.author)


def _reply(unit: Records, approval: Approval) -> Reply | None:
    """What may still be answered is what waits now; of one that ended its own words are shown."""
    case_id = CaseId(int(approval.subject))
    if approval.state is ApprovalState.OPEN:
        return unit.replies.asked(case_id)
    same = (reply for reply in unit.replies.of_case(case_id) if reply.hash == approval.text_hash)
    return next(same, None)


def _held(asked: Asked) -> bool:
    return isinstance(asked.reply, ReplyFacts) and asked.reply.topic_held


def _free(asked: Asked) -> Asked:
    """As if nothing held the topic."""
    if isinstance(asked.reply, ReplyFacts):
        return replace(asked, reply=replace(asked.reply, topic_held=False))
    return asked


def _was_changed(unit: Records, reply: Reply) -> bool:
    """Whether others were asked about other words before these."""
    return any(
        each.author == reply.author and each.reason == CHANGED and each.text != reply.text
        for each in unit.replies.of_case(reply.case_id)
    )
