"""Carries an answer to its network: once, and only if everything still speaks for it right then.

Before the words are given away the reply is noted as *sending*. Whoever finds it so, after a crash
or a lost receipt, looks on the network first: what stands there already is not sent again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.archives.base import Archive
from bot.care.acts import Acts, allowed
from bot.care.answering import Answering
from bot.care.approvals import Approvals
from bot.care.obligations import PREFIX, Brought
from bot.care.reply_endings import MISSET, Endings
from bot.compliance import Action, Decision, Guard, ObligationKind, Sink
from bot.errors import Misconfigured, Refusal, Unavailable
from bot.model.archived import ArchiveRecord
from bot.model.case import Case
from bot.model.cleared import Cleared
from bot.model.ids import PersonKey
from bot.model.person import Membership, Person, Workspace, user_id_of
from bot.model.reply import Reply, ReplyId, ReplyState, Sending
from bot.model.request import RequestKind
from bot.networks.base import Network
from bot.slack.people import People
from storage.unit_of_work import Records, UnitOfWork

ON_HOLD = "topic-on-hold"
WAITS_FOR = frozenset({ON_HOLD, f"{PREFIX}{ObligationKind.ARCHIVE_FIRST}"})
"""Rule ids of a no that may be a yes later; any other ends the reply."""
NO_WORD = "network.duplicate"
GIVES_UP = 600.0
"""Seconds after which a network that has our words, it says, and does not show them is believed."""
NO_ARCHIVE = (
    "the house rules want an answer in the archive before it goes out, and app.yaml names none: "
    "add one under archives"
)
SETTLES = 10
"""So many times the first wait passes before what may stand there is looked for."""


@dataclass(frozen=True, slots=True)
class _Errand:
    reply: Reply
    case: Case


@dataclass(frozen=True, slots=True)
class ReplyCourier:
    acts: Acts
    guard: Guard
    answering: Answering
    approvals: Approvals
    people: People
    workspace: Workspace
    archives: Mapping[str, Archive]
    endings: Endings
    first_wait: float

    async def carry(self, subject: str) -> None:
        errand = await self.acts.db.read(lambda unit: _read(unit, ReplyId(int(subject))))
        if errand is None:
            return
        network = self.answering.networks.named(errand.case.author.network)
        if network is None:
            raise Misconfigured(("the network of this answer is no longer in app.yaml",))
        if errand.reply.state is ReplyState.SENDING and await self._stands(errand, network):
            return
        sending = await self._begin(errand)
        if sending is not None:
            await self._give(errand, network, sending)

    async def _stands(self, errand: _Errand, network: Network) -> bool:
        """After an unknown outcome: it may be there already."""
        sending = self._sending(errand)
        found = await network.find_answer(sending)
        if found is None:
            return False
        arrived = found
        await self.acts.db.write(lambda unit: self.endings.sent(unit, errand.reply, arrived))
        return True

    async def _begin(self, errand: _Errand) -> Cleared[Sending] | None:
        """Decided, archived and noted; None where it ends here. `Unavailable` where it waits."""
        reply = errand.reply
        author = await self.people.who(self.workspace, user_id_of(reply.author))
        if author.membership is Membership.UNKNOWN:
            raise Unavailable("Slack", "does not tell who wrote the answer")
        yes = await self.approvals.good(RequestKind.REPLY, str(reply.case_id), reply.hash)
        brought = Brought(disclosed=True, approvals=yes)
        brought = await self._archived(errand, author, brought)
        no = await self.acts.db.write(lambda unit: self._decided(unit, errand, author, brought))
        if no is not None and no.rule in WAITS_FOR:
            wait = await self.acts.db.read(self.answering.quiet_for)
            raise Unavailable("the reply", f"is held ({no.rule})", wait or None)
        if no is not None or reply.by_hand:
            return None
        return self._sending(errand)

    async def _archived(self, errand: _Errand, author: Person, brought: Brought) -> Brought:
        """Only what would be allowed goes into the archive; nothing at all where nobody asks it."""
        try:
            decision = await self.acts.db.read(lambda unit: self._weighed(unit, errand, author))
        except Refusal:
            return brought
        if not decision.asks(ObligationKind.ARCHIVE_FIRST):
            return brought
        reason = f"{PREFIX}{ObligationKind.ARCHIVE_FIRST}"
        if not self.archives:
            await self.acts.db.write(lambda unit: self.endings.held(unit, errand.reply, reason))
            raise Misconfigured((NO_ARCHIVE,))
        record = self.guard.clear(self._record(errand, brought), sink=Sink.NETWORK)
        try:
            for archive in self.archives.values():
                await archive.keep(record)
        except Unavailable as away:
            await self.acts.db.write(lambda unit: self.endings.held(unit, errand.reply, reason))
            raise Unavailable("the archive", away.reason) from away
        return Brought(
            disclosed=brought.disclosed,
            approvals=brought.approvals,
            archived=True,
        )

    def _decided(
        self, unit: UnitOfWork, errand: _Errand, author: Person, brought: Brought
    ) -> Refusal | None:
        """The last word, in the transaction that notes it; its no is told to the author."""
        reply = unit.replies.get(errand.reply.id)
        if reply is None or reply.state not in (ReplyState.CLEARED, ReplyState.SENDING):
            return Refusal("It is not on its way any more.", "reply-gone")
        case = unit.cases.get(reply.case_id)
        action = Action.DRAFT_REPLY if reply.by_hand else Action.SEND_REPLY
        try:
            with self.acts.obligations.run():
                decision = self.acts.decide(
                    unit,
                    author,
                    action,
                    case,
                    asked=self.answering.asked(unit, errand.case, reply.way),
                    brought=brought,
                )
        except Refusal as no:
            if no.rule in WAITS_FOR:
                self.endings.held(unit, reply, no.rule)
            else:
                self.endings.stopped(unit, reply, no)
            return no
        facts = (("reply", str(reply.id)), ("hash", reply.hash))
        if reply.by_hand:
            self.endings.handed(unit, reply, decision, author)
            return None
        unit.replies.trying(reply.id)
        unit.commit(
            allowed("reply.sending", decision, by=author, case_id=reply.case_id, facts=facts)
        )
        return None

    def _weighed(self, unit: Records, errand: _Errand, author: Person) -> Decision:
        action = Action.DRAFT_REPLY if errand.reply.by_hand else Action.SEND_REPLY
        case = unit.cases.get(errand.case.id)
        asked = self.answering.asked(unit, errand.case, errand.reply.way)
        return self.acts.weigh(unit, author, action, case, asked=asked)

    async def _give(self, errand: _Errand, network: Network, sending: Cleared[Sending]) -> None:
        reply = errand.reply
        if sending.value.text != reply.text:
            raise Misconfigured(("the guard finds in this answer what it did not find before",))
        try:
            sent = await network.answer(sending)
        except Refusal as no:
            await self._refused(errand, no)
            return
        except Misconfigured:
            await self.acts.db.write(lambda unit: self.endings.held(unit, reply, MISSET))
            raise
        except Unavailable as away:
            if not away.unknown_outcome:
                raise
            wait = self.first_wait * SETTLES
            raise Unavailable(away.party, away.reason, wait, unknown_outcome=True) from away
        await self.acts.db.write(lambda unit: self.endings.sent(unit, reply, sent))

    async def _refused(self, errand: _Errand, no: Refusal) -> None:
        """The network has these words, it says: after a lost receipt they will show."""
        tried = errand.reply.tried_at
        now = await self.acts.db.read(lambda unit: unit.now)
        if no.rule == NO_WORD and tried and (now - tried).total_seconds() < GIVES_UP:
            raise Unavailable("the network", no.sentence, self.first_wait * SETTLES)
        await self.acts.db.write(lambda unit: self.endings.refused(unit, errand.reply, no))

    def _sending(self, errand: _Errand) -> Cleared[Sending]:
        reply = errand.reply
        since, user_id = reply.tried_at or reply.made_at, errand.case.author.user_id
        what = Sending(reply.way, reply.post_id, user_id, reply.text, since)
        return self.guard.clear(what, sink=Sink.NETWORK)

    def _record(self, errand: _Errand, brought: Brought) -> ArchiveRecord:
        reply, case = errand.reply, errand.case
        yes: tuple[PersonKey, ...] = tuple(person for _, person in brought.approvals)
        return ArchiveRecord(
            key=f"usher-{case.id}-{reply.hash}",
            at=reply.made_at,
            case_id=case.id,
            network=case.author.network,
            way=reply.way.value,
            user_id=case.author.user_id,
            post_id=reply.post_id,
            author_id=reply.author,
            text=reply.text,
            approver_ids=yes,
        )


def _read(unit: Records, reply_id: ReplyId) -> _Errand | None:
    reply = unit.replies.get(reply_id)
    if reply is None or reply.state not in (ReplyState.CLEARED, ReplyState.SENDING):
        return None
    case = unit.cases.get(reply.case_id)
    if case is None:
        raise Misconfigured((f"case {reply.case_id} is not in the database",))
    return _Errand(reply, case)
