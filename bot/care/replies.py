"""Answering the customer: by hand with cleared words, or by Usher after the very text was seen.

What goes out is decided twice: here, before the words are put on their way, and once more by the
courier at the moment they go (reply_courier.py).
"""

from dataclasses import dataclass
from functools import partial

from bot.care.acts import Acts, allowed, at_hand, existing
from bot.care.answering import Answering, action_of, hash_of, is_theirs
from bot.care.asking_for import Requests, taken
from bot.care.obligations import Brought
from bot.compliance import Action, Decision, ObligationKind
from bot.errors import Refusal
from bot.model.approval import NewApproval
from bot.model.case import Case, Source
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId
from bot.model.reply import GOING, NewReply, Reply, ReplyId, ReplyState, Way
from bot.model.request import RequestKind
from bot.model.visit import Answer, Form, Link, Visit
from bot.networks.base import Network
from storage.unit_of_work import UnitOfWork

BY_HAND = "hand"
CHANGED = "changed"
"""Why a reply is void whose author asked for other words instead."""


@dataclass(frozen=True, slots=True)
class Replies:
    acts: Acts
    answering: Answering
    requests: Requests

    async def write(
        self, case_id: CaseId, words: str, *, visit: Visit, way: str = Way.PUBLIC
    ) -> Answer:
        """The text before it goes out, or to copy; without words the answer asks for the form."""

        verb = partial(self.written, case_id=case_id, words=words, way=way, visit=visit)
        return await self.acts.run(visit, Action.DRAFT_REPLY, verb, case_id=case_id)

    def written(
        self, unit: UnitOfWork, case_id: CaseId, words: str, *, way: str, visit: Visit
    ) -> Answer:
        try:
            case = existing(unit, case_id)
            ways = self.answering.ways(unit, case)
            if not words.strip():
                return self._form(unit, case, ways, visit)
            if way in ways:
                return self._shown(unit, case, words, Way(way), visit)
            return self._by_hand(unit, case, words, self.answering.network(case), visit)
        except Refusal as no:
            raise self.answering.with_words(unit, case_id, no, words) from no

    async def send(self, reply_id: ReplyId, *, visit: Visit) -> Answer:
        """What was shown is put on its way, by way of others where the policy says so."""

        def verb(unit: UnitOfWork) -> Answer:
            case = at_hand(unit, _own(unit, reply_id, visit).case_id)
            # Once more: it may have gone while the case was waited for.
            reply = _own(unit, reply_id, visit)
            try:
                decision = self._weighed(unit, case, reply, visit)
            except Refusal as no:
                raise self.answering.with_words(unit, case.id, no, reply.text) from no
            return self._put_on_way(unit, case, reply, decision, visit)

        return await self.acts.run(visit, Action.SEND_REPLY, verb)

    def _form(self, unit: UnitOfWork, case: Case, ways: tuple[Way, ...], visit: Visit) -> Answer:
        decision = self.acts.weigh(unit, visit.by, Action.DRAFT_REPLY, case)
        unit.commit(allowed("reply.asked", decision, by=visit.by, case_id=case.id))
        offered = " ".join((*ways, BY_HAND)) if ways else ""
        words = self.answering.came_back(unit, case, visit.by)
        form = Form("reply", case.id, words, filled=(("ways", offered),))
        return Answer("What do you want to answer?", form=form)

    def _shown(self, unit: UnitOfWork, case: Case, words: str, way: Way, visit: Visit) -> Answer:
        """The page with the very text; it stands over the form, where the words wait."""
        network = self.answering.network(case)
        asked = self.answering.asked(unit, case, way, words)
        decision = self.acts.weigh(unit, visit.by, Action.SEND_REPLY, case, asked=asked)
        text = self.answering.text(words, by=visit.by, way=way, network=network)
        reply_id = self._drafted(unit, case, text, way, visit)
        length = network.length(text)
        facts = (("reply", str(reply_id)), ("way", way.value), ("length", str(length)))
        unit.commit(allowed("reply.shown", decision, by=visit.by, case_id=case.id, facts=facts))
        told = (
            ("reply", str(reply_id)),
            ("press", "Ask for approval" if taken(decision) else "Send"),
            ("whom", f"@{case.author.handle.lstrip('@')}"),
            ("length", f"{length} of {network.length_limit} characters on {network.title}"),
            ("way", way.value),
        )
        form = Form("reply_preview", case.id, words=text, filled=told, over=True)
        return Answer("This is what goes out.", form=form)

    def _by_hand(
        self, unit: UnitOfWork, case: Case, words: str, network: Network, visit: Visit
    ) -> Answer:
        case = at_hand(unit, case.id)
        asked = self.answering.asked(unit, case, Way.PUBLIC, words)
        decision = self.acts.weigh(unit, visit.by, Action.DRAFT_REPLY, case, asked=asked)
        if _takes_more(decision):
            text = self.answering.text(words, by=visit.by, way=Way.PUBLIC, network=network)
            reply_id = self._drafted(unit, case, text, Way.PUBLIC, visit, by_hand=True)
            reply = _own(unit, reply_id, visit)
            return self._put_on_way(unit, case, reply, decision, visit)
        told = Brought(disclosed=True)
        decision = self.acts.decide(
            unit, visit.by, Action.DRAFT_REPLY, case, asked=asked, brought=told
        )
        # Masked here, once: what is counted, copied and linked is the same text.
        text = self.answering.masked(words, by=visit.by, network=network)
        length = network.length(text)
        facts = (("length", str(length)),)
        unit.commit(allowed("reply.drafted", decision, by=visit.by, case_id=case.id, facts=facts))
        return Answer(
            f"Ready to copy, {length} of {network.length_limit} characters. "
            "It goes out only when you send it yourself.",
            copy=text,
            links=(self._link(unit, network, case, text),),
        )

    def _drafted(
        self,
        unit: UnitOfWork,
        case: Case,
        text: str,
        way: Way,
        visit: Visit,
        *,
        by_hand: bool = False,
    ) -> ReplyId:
        target = self.answering.target(unit, case)
        post_id = target.external_id if target else ""
        author = visit.by.key
        digest = hash_of(
            text, case_id=case.id, post_id=post_id, way=way, author=author, by_hand=by_hand
        )
        return unit.replies.draft(
            NewReply(
                case_id=case.id,
                way=way,
                text=text,
                hash=digest,
                author=author,
                author_name=visit.by.name,
                post_id=post_id,
                by_hand=by_hand,
            )
        )

    def _weighed(self, unit: UnitOfWork, case: Case, reply: Reply, visit: Visit) -> Decision:
        asked = self.answering.asked(unit, case, reply.way, reply.text)
        return self.acts.weigh(unit, visit.by, action_of(reply), case, asked=asked)

    def _put_on_way(
        self, unit: UnitOfWork, case: Case, reply: Reply, decision: Decision, visit: Visit
    ) -> Answer:
        """The case is held by now: two who press at once see one another's words."""
        _only_once(unit, reply)
        self._void_former(unit, case, reply)
        facts = (("reply", str(reply.id)), ("hash", reply.hash))
        owed = taken(decision)
        _moved(unit, reply, ReplyState.ASKED if owed else ReplyState.CLEARED)
        if owed is None:
            unit.deliveries.want(DeliveryKind.REPLY, str(reply.id))
            unit.commit(
                allowed("reply.queued", decision, by=visit.by, case_id=case.id, facts=facts)
            )
            return Answer(
                f"Your answer in case {case.id} is on its way. The card says when it stands there.",
                replaces=True,
            )
        role, needed = owed
        new = NewApproval(
            RequestKind.REPLY, str(case.id), reply.hash, role, needed, visit.by, case.id
        )
        approval_id = self.requests.ask(unit, new)
        unit.commit(
            allowed("reply.approval_asked", decision, by=visit.by, case_id=case.id, facts=facts)
        )
        return Answer(
            f"Your answer in case {case.id} waits, word for word.",
            lines=(self.requests.words(unit, approval_id), "/case undo – takes it back"),
            replaces=True,
        )

    def _void_former(self, unit: UnitOfWork, case: Case, reply: Reply) -> None:
        """Other words than those somebody was asked about: their yes would not be for these."""
        former = unit.replies.asked(case.id)
        if former is None or former.id == reply.id:
            return
        unit.replies.move(former.id, ReplyState.VOID, of=(ReplyState.ASKED,), reason=CHANGED)
        if former.hash != reply.hash:
            self.requests.void(unit, RequestKind.REPLY, str(case.id))

    def _link(self, unit: UnitOfWork, network: Network, case: Case, text: str) -> Link:
        label = f"Open on {network.title}"
        if case.source is Source.BROUGHT_IN:
            return Link(label, case.permalink)
        said = [post for post in unit.mentions.of_case(case.id) if is_theirs(post, case)]
        if not said:
            return Link(label, case.permalink)
        return Link(label, network.answer_url(said[-1].external_id, text))


def _takes_more(decision: Decision) -> bool:
    return taken(decision) is not None or bool(decision.asks(ObligationKind.ARCHIVE_FIRST))


def _own(unit: UnitOfWork, reply_id: ReplyId, visit: Visit) -> Reply:
    reply = unit.replies.get(reply_id)
    if reply is None or reply.author != visit.by.key:
        raise Refusal("I do not know these words any more. Please write them again.")
    return reply


def _moved(unit: UnitOfWork, reply: Reply, to: ReplyState) -> None:
    if not unit.replies.move(reply.id, to, of=(ReplyState.DRAFT,)):
        raise Refusal(_ON_ITS_WAY, "reply-twice")


def _only_once(unit: UnitOfWork, reply: Reply) -> None:
    """Pressed twice, or the same words typed again while the first are on their way."""
    if reply.state is not ReplyState.DRAFT:
        raise Refusal(_ON_ITS_WAY, "reply-twice")
    for other in unit.replies.of_case(reply.case_id):
        if _alike(other, reply) and other.state in (*GOING, ReplyState.SENT):
            raise Refusal(_ON_ITS_WAY, "reply-twice")


def _alike(one: Reply, other: Reply) -> bool:
    """The same words the same way: the post they stand under may have got a newer one since."""
    return (one.text, one.way, one.by_hand) == (other.text, other.way, other.by_hand)


_ON_ITS_WAY = (
    "These very words are on their way already, or stand there. The card of the case tells; for "
    "something new, use other words."
)
