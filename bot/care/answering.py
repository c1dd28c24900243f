"""What an answer is made of, and what it depends on at this very moment."""

import hashlib
import json
from dataclasses import dataclass, replace

from bot.care.asking import Asked
from bot.care.networks import Networks
from bot.care.telling import quiet_until
from bot.care.topics import Topics
from bot.compliance import Action, Guard, ReplyFacts, Sink
from bot.errors import Refusal
from bot.model.case import Case, CaseState, Source
from bot.model.ids import CaseId, PersonKey
from bot.model.mention import Mention
from bot.model.person import Person
from bot.model.reply import Reply, ReplyState, Way
from bot.model.wishes import Wishes
from bot.networks.base import Network
from storage.unit_of_work import Records

ON_HOLD, RESOLVED = "topic-on-hold", "already-resolved"
MOST_LOOKED_AT = 20
CAME_BACK = (ReplyState.REFUSED, ReplyState.VOID)


@dataclass(frozen=True, slots=True)
class Answering:
    """`quiet` are the organisation's own hours in which nothing goes out."""

    guard: Guard
    networks: Networks
    disclosure: str
    """The template of app.yaml with {name} in it; nothing else is ever filled in."""
    quiet: Wishes
    topics: Topics

    def network(self, case: Case) -> Network:
        network = self.networks.named(case.author.network)
        if network is None:
            raise Refusal("This network is no longer in use here.", "network-gone")
        return network

    def target(self, unit: Records, case: Case) -> Mention | None:
        """The newest post in which they spoke to us: only to such a one may we answer."""
        if case.source is Source.BROUGHT_IN:
            return None
        said = unit.mentions.of_case(case.id)
        own = (post for post in reversed(said) if post.summoned and is_theirs(post, case))
        return next(own, None)

    def ways(self, unit: Records, case: Case) -> tuple[Way, ...]:
        """How Usher can send it; none where the person has to."""
        return self.network(case).ways if self.sends(unit, case) else ()

    def sends(self, unit: Records, case: Case) -> bool:
        """Whether Usher can send an answer itself."""
        network = self.networks.named(case.author.network)
        return bool(network and network.ways and self.target(unit, case))

    def asked(self, unit: Records, case: Case, way: Way, words: str) -> Asked:
        summoned = self.target(unit, case) is not None
        held = self.on_hold(unit, case, words) or self.quiet_for(unit) > 0
        return Asked(reply=ReplyFacts(way, summoned=summoned, topic_held=held))

    def on_hold(self, unit: Records, case: Case, words: str) -> bool:
        """By the post that is answered too. Where nobody posted it here, `words` of the answer
        are all there is to tell its topic: who brings a case in names it as they like."""
        theirs = [post for post in unit.mentions.of_case(case.id) if is_theirs(post, case)]
        spoken = [post for post in theirs if post.summoned][-1:]
        said = {post.words for post in (*spoken, *theirs[-1:])} if theirs else {words}
        return self.topics.on_hold(unit, case, said)

    def quiet_for(self, unit: Records) -> float:
        """Seconds until the quiet hours end; 0 outside of them."""
        return (quiet_until(self.quiet, unit.now) - unit.now).total_seconds()

    def text(self, words: str, *, by: Person, way: Way, network: Network) -> str:
        """The whole of it, as it goes out; `Refusal` where it may not or does not fit."""
        parts = (f"{words.strip()} {self.signed(by)}", network.footer(way))
        # Cleaned of what nobody sees: what is shown, counted and sent is this one text.
        text = "\n".join(self.guard.mask(part) for part in parts if part)
        self.guard.release("\n".join(part for part in parts if part))
        self._fits(network, network.length(text))
        return text

    def with_words(self, unit: Records, case_id: CaseId, no: Refusal, words: str) -> Refusal:
        """The same no, which of the two it is where one rule speaks of holds and quiet hours, and
        their words to copy: they stand nowhere else; or where the customer's matter goes on."""
        if no.rule == RESOLVED:
            no = replace(no, sentence=_newer(unit, case_id) or no.sentence)
        if not words.strip():
            return no
        kept = self.guard.mask(words.strip(), sink=Sink.CHANNEL)
        case = unit.cases.get(case_id) if no.rule == ON_HOLD else None
        held = self._held_by(unit, case, words) if case is not None else ""
        return replace(no, sentence=held or no.sentence, copy=kept)

    def _held_by(self, unit: Records, case: Case, words: str) -> str:
        said = list[str]()
        if self.on_hold(unit, case, words):
            said.append(
                "Answers on this topic are on hold. /usher holds shows why; a coordinator can tell "
                "you when that ends."
            )
        if self.quiet_for(unit) > 0:
            end, zone = self.quiet.quiet_to, self.quiet.zone or "UTC"
            said.append(f"These are quiet hours: nothing goes out before {end:%H:%M} ({zone}).")
        return " ".join((*said, "Your words are not lost.")) if said else ""

    def came_back(self, unit: Records, case: Case, by: Person) -> str:
        """Their last words in this case, where those did not go out; as they were typed."""
        last = next(
            (each for each in reversed(unit.replies.of_case(case.id)) if _sent_off(each)), None
        )
        if last is None or last.author != by.key or last.state not in CAME_BACK:
            return ""
        # By the name of then. Where the disclosure is another one by now, nothing is left out.
        words, signed, _ = last.text.rpartition(f" {self.signature(last.author_name)}")
        return words if signed else last.text

    def masked(self, words: str, *, by: Person, network: Network) -> str:
        """As `text`, with a mask where one must be: for somebody who sends it by hand."""
        text = self.guard.mask(f"{words.strip()} {self.signed(by)}", sink=Sink.CHANNEL)
        self._fits(network, network.length(text))
        return text

    def signed(self, by: Person) -> str:
        return self.signature(by.name)

    def signature(self, name: str) -> str:
        first = name.split()[0] if name.split() else name
        return self.disclosure.replace("{name}", first)

    def _fits(self, network: Network, length: int) -> None:
        over = length - network.length_limit
        if over > 0:
            raise Refusal(
                f"With your disclosure that is {length} of {network.length_limit} characters on "
                f"{network.title}: {over} too many. Please shorten it and try again.",
                "reply-too-long",
                field_id="words",
            )


def _newer(unit: Records, case_id: CaseId) -> str:
    """The open case that came after this one, of the same customer as far as anybody knows."""
    case = unit.cases.get(case_id)
    if case is None:
        return ""
    who = case.author
    about = unit.lists.about_handle(
        case.holder or PersonKey(""), who.network, who.handle, MOST_LOOKED_AT
    )
    for one in about:
        same = one.author.user_id in ("", who.user_id) or not who.user_id
        if same and one.id > case_id and one.state is CaseState.OPEN:
            newer = f"@{who.handle.lstrip('@')} has a newer one: /case {one.id} shows it."
            return f"Case {case_id} is resolved, and {newer}"
    return ""


def _sent_off(reply: Reply) -> bool:
    return reply.state is not ReplyState.DRAFT


def action_of(reply: Reply) -> Action:
    """What its author does with it."""
    return Action.DRAFT_REPLY if reply.by_hand else Action.SEND_REPLY


def is_theirs(post: Mention, case: Case) -> bool:
    """Two customers may be one matter since cases were merged: the case's own one is answered."""
    return (post.network, post.author.user_id) == (case.author.network, case.author.user_id)


def hash_of(
    text: str, *, case_id: CaseId, post_id: str, way: Way, author: PersonKey, by_hand: bool
) -> str:
    """Of all that an approval says yes to; `text` is with its disclosure.

    The same words under another post, or signed by somebody else, are another answer.
    """
    whole = json.dumps((case_id, post_id, way, author, by_hand, text))
    return hashlib.sha256(whole.encode()).hexdigest()
