"""A reply that others must agree to: what they read, and what becomes of their yes or no."""

import hashlib
from dataclasses import dataclass, replace

from bot.care.acts import Acts, allowed, existing
from bot.care.answering import Answering, action_of, is_theirs
from bot.care.asking import Asked
from bot.care.requests import Given, Handler
from bot.care.reusing import keep_offers
from bot.care.topics import held_just_now
from bot.care.trust import Trust
from bot.compliance import ReplyFacts
from bot.errors import Refusal
from bot.model.approval import Approval, ApprovalState, Request
from bot.model.case import BLANKED, Case, Source
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId
from bot.model.reply import Reply, ReplyState, Way
from storage.unit_of_work import Records, UnitOfWork

HELD = "Answers on its topic are on hold, or these are quiet hours: {0} after that."
LATER = (
    "Should the customer write again before, it goes back to its author instead; and where it "
    "takes too long for a yes to be good, you are asked again."
)
GOES = "It goes out now."
HANDED = "Nothing goes out by itself: its author gets the words, and sends them by hand."
_AGAIN = (
    "\n\nChange them and send them anew: /reply {0} opens the form, with your words in it. These "
    "were your words in case {0}:\n\n{1}"
)
_HOW = {Way.PUBLIC: "publicly", Way.DIRECT: "directly"}


@dataclass(frozen=True, slots=True)
class ReplyRequests(Handler):
    """`subject` is the case: its newest words are those somebody is asked about."""

    acts: Acts
    answering: Answering
    trust: Trust

    def show(self, unit: Records, approval: Approval) -> Request | None:
        case = unit.cases.get(CaseId(int(approval.subject)))
        if case is None:
            return None
        # Where it goes on: all of it stands there, also what was answered before.
        head = case if case.merged_into is None else existing(unit, case.merged_into)
        reply = _reply(unit, approval, head.id)
        if reply is None:
            return None
        name = case.author.network
        network = self.answering.networks.named(name)
        title = network.title if network else name
        whom = f"@{case.author.handle.lstrip('@')}"
        how = f"{whom} on {title} {_HOW[reply.way]}{', sent by hand' if reply.by_hand else ''}"
        goes, mine = f"{reply.author_name} answers {how}", f"you answer {how}"
        length = ""
        if network:
            length = f"{network.length(reply.text)} of {network.length_limit} characters"
        said, newest, stamp = _wrote(unit, case, head, reply)
        lines = (f"Case {case.id}: {said}", length, self._held(unit, approval, head, reply))
        shown = tuple(line for line in lines if line)
        again = _AGAIN.format(head.id, reply.text)
        offers = keep_offers(unit, approval, head.id)
        return Request(goes, reply.hash, reply.text, shown, offers, again, stamp, mine, newest)

    def _held(self, unit: Records, approval: Approval, case: Case, reply: Reply) -> str:
        """What no rule can see, an approver can: that it is about what is on hold all the same."""
        topics = held_just_now(unit)
        if not topics or approval.state is not ApprovalState.OPEN:
            return ""
        if self.answering.on_hold(unit, case, reply.text):
            return f"On hold are answers on {topics}: this one waits for the end of that."
        return f"On hold are answers on {topics}, and this one is of none of them: is that so?"

    def granted(self, unit: UnitOfWork, approval: Approval, given: Given) -> str:
        reply = unit.replies.asked(CaseId(int(approval.subject)))
        if reply is None or reply.hash != approval.text_hash:
            raise Refusal(
                "These words were changed since: they are asked about anew.", "reply-gone"
            )
        case = existing(unit, reply.case_id)
        asked = self.answering.asked(unit, case, reply.way, reply.text)
        action = action_of(reply)
        # What it was asked under may be another by now. A hold alone may end again: it waits.
        decision = self.acts.weigh(unit, given.asker, action, case, asked=_free(asked))
        unit.replies.clear(reply.id, approval.id)
        unit.deliveries.want(DeliveryKind.REPLY, str(reply.id))
        facts = (("reply", str(reply.id)), ("approval", str(approval.id)), ("hash", reply.hash))
        unit.commit(
            allowed("reply.approved", decision, by=given.asker, case_id=case.id, facts=facts)
        )
        return _how_it_goes(reply, held=_held(asked))

    def ended(self, unit: UnitOfWork, approval: Approval, state: ApprovalState) -> None:
        reply = unit.replies.asked(CaseId(int(approval.subject)))
        if reply is None or reply.hash != approval.text_hash:
            return
        refused = state is ApprovalState.REFUSED
        to = ReplyState.REFUSED if refused else ReplyState.VOID
        unit.replies.move(reply.id, to, of=(ReplyState.ASKED,), reason=f"approval-{state}")
        if refused:
            self.trust.lost(unit, reply.author)


def _how_it_goes(reply: Reply, *, held: bool) -> str:
    if held:
        goes = "its author gets the words to send by hand" if reply.by_hand else "it goes out"
        return f"{HELD.format(goes)} {LATER}"
    return HANDED if reply.by_hand else GOES


def _wrote(unit: Records, case: Case, head: Case, reply: Reply) -> tuple[str, str, str]:
    """What it answers, and what they wrote since; the newest post of theirs; the stamp of both."""
    posts = [post for post in unit.mentions.of_case(head.id) if is_theirs(post, case)]
    newest = posts[-1].external_id if posts else ""
    if case.is_blanked or head.is_blanked:
        words = BLANKED
    else:
        words = posts[-1].words if posts else case.summary
    lead = "The customer wrote again" if reply.post_id not in ("", newest) else "They wrote"
    if not posts and case.source is Source.BROUGHT_IN:
        lead = f"{_who_brought_it_in(unit, case)} brought it in, in their own words"
    said = f"{lead}: “{words}”"
    return said, newest, hashlib.sha256(f"{newest} {said}".encode()).hexdigest()[:12]


def _who_brought_it_in(unit: Records, case: Case) -> str:
    lines = (event.entry for event in unit.audit.of_case(case.id))
    by = next((line.actor for line in lines if line.action == "case.brought_in"), None)
    return (unit.people.name(by) if by else "") or "A colleague"


def _reply(unit: Records, approval: Approval, case_id: CaseId) -> Reply | None:
    """What may still be answered is what waits now; of one that ended its own words are shown."""
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
