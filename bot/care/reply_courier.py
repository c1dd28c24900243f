"""Carries an answer to its network: once, and only if everything still speaks for it right then.

Before the words are given away the reply is noted as *sending*, with the number of this try: of two
couriers that know the same number one goes on. Whoever finds it so, after a crash, a lost receipt
or a lease that ran out, looks on the network first: what stands there already is not sent again.
And where the network would take the same words twice, what does not show is not sent again either.
"""

from dataclasses import dataclass, replace

from bot.care.acts import Acts, allowed
from bot.care.answering import ON_HOLD, Answering, action_of
from bot.care.approvals import Approvals
from bot.care.asking_for import PERSONS, taken
from bot.care.obligations import PREFIX, Brought
from bot.care.reply_archive import NOT_THERE, Keeping
from bot.care.reply_endings import MISSET, Endings
from bot.care.reply_waited import Waited
from bot.compliance import Decision, Guard, Sink
from bot.errors import Misconfigured, Refusal, Unavailable
from bot.model.case import Case
from bot.model.cleared import Cleared
from bot.model.person import Membership, Person, Workspace, user_id_of
from bot.model.reply import GOING, Reply, ReplyId, Sending
from bot.networks.base import Network
from bot.slack.people import People
from storage.unit_of_work import Records, UnitOfWork

WAITS_FOR = frozenset({ON_HOLD, NOT_THERE})
"""Rule ids of a no that may be a yes later; any other ends the reply."""
NO_WORD = "network.duplicate"
GIVES_UP = 600.0
"""Seconds after which its author has to look for what the network may have, and does not show."""
SETTLES = 10
"""So many times the first wait passes before what may stand there is looked for."""
LOOKS = 30
"""So many times it passes before what did not show is looked for again: X lets us look seldom."""
YES = frozenset(f"{PREFIX}{kind}" for kind in PERSONS)
"""Rule ids of a no that somebody else's yes would turn."""


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
    keeping: Keeping
    endings: Endings
    waited: Waited
    first_wait: float

    async def carry(self, subject: str) -> None:
        errand = await self.acts.db.read(lambda unit: _read(unit, ReplyId(int(subject))))
        if errand is None:
            return
        network = self.answering.networks.named(errand.case.author.network)
        if network is None:
            raise Misconfigured(("the network of this answer is no longer in app.yaml",))
        if errand.reply.tried_at is not None:
            if await self._stands(errand, network):
                return
            if not network.refuses_twice(errand.reply.way):
                await self._unseen(errand)
                return
        sending = self._sending(errand)
        if sending.value.text != errand.reply.text:
            raise Misconfigured(("the guard finds in this answer what it did not find before",))
        if await self._begin(errand):
            await self._give(errand, network, sending)

    async def _stands(self, errand: _Errand, network: Network) -> bool:
        """After an unknown outcome: it may be there already."""
        sending = self._sending(errand)
        found = await network.find_answer(sending)
        if found is None:
            return False
        arrived = found
        await self.endings.note(
            errand.reply, lambda unit: self.endings.sent(unit, errand.reply, arrived)
        )
        return True

    async def _unseen(self, errand: _Errand) -> None:
        await self.endings.note(errand.reply, lambda unit: self._given_up(unit, errand.reply))

    def _given_up(self, unit: UnitOfWork, reply: Reply) -> None:
        """It may still come to light; after a while its author has to look."""
        tried = reply.tried_at
        if tried and (unit.now - tried).total_seconds() < GIVES_UP:
            raise Unavailable("the network", "does not show it yet", self.first_wait * LOOKS)
        self.endings.unknown(unit, reply)

    async def _begin(self, errand: _Errand) -> bool:
        """Decided, archived and noted; False where it ends here. `Unavailable` where it waits."""
        reply = errand.reply
        action = action_of(reply)
        if self.acts.policy.looks_at(action, "role") and not await self.people.tells_groups(
            self.workspace
        ):
            raise Unavailable("Slack", "does not tell who is in which group")
        author = await self.people.who(self.workspace, user_id_of(reply.author), anew=True)
        if author.membership is Membership.UNKNOWN:
            raise Unavailable("Slack", "does not tell who wrote the answer")
        yes = await self.approvals.good(reply.approval_id, reply.hash)
        brought = Brought(disclosed=True, approvals=yes)
        brought = await self._archived(errand, author, brought)
        no = await self.acts.db.write(lambda unit: self._decided(unit, errand, author, brought))
        if no is not None and no.rule in WAITS_FOR and reply.tried_at is None:
            wait = await self.acts.db.read(self.answering.quiet_for)
            raise Unavailable("the reply", f"is held ({no.rule})", wait or None)
        return no is None and not reply.by_hand

    async def _archived(self, errand: _Errand, author: Person, brought: Brought) -> Brought:
        def weigh(unit: Records) -> Decision:
            self.waited.must_be_read(unit, errand.reply)
            return self._weighed(unit, errand, author)

        try:
            decision = await self.acts.db.read(weigh)
        except Refusal:
            return brought
        return await self.keeping.kept(decision, errand.reply, errand.case, brought)

    def _decided(
        self, unit: UnitOfWork, errand: _Errand, author: Person, brought: Brought
    ) -> Refusal | None:
        """The last word, in the transaction that notes it; its no is told to the author."""
        case = unit.cases.hold(errand.case.id)
        reply = unit.replies.get(errand.reply.id)
        if reply is None or reply.state not in GOING:
            return Refusal("It is not on its way any more.", "reply-gone")
        if reply.tries != errand.reply.tries:
            raise Unavailable("the reply", "somebody else has taken it up")
        if not self.waited.still_good(unit, reply):
            brought = replace(brought, approvals=())
        action = action_of(reply)
        asked = self.answering.asked(unit, errand.case, reply.way, reply.text)
        try:
            self.waited.must_be_read(unit, reply)
            with self.acts.obligations.run():
                decision = self.acts.decide(
                    unit, author, action, case, asked=asked, brought=brought
                )
        except Refusal as no:
            self._denied(unit, errand, author, no)
            return no
        facts = (("reply", str(reply.id)), ("hash", reply.hash))
        if reply.by_hand:
            self.endings.handed(unit, reply, decision, author)
            return None
        unit.replies.trying(reply)
        unit.commit(
            allowed("reply.sending", decision, by=author, case_id=reply.case_id, facts=facts)
        )
        return None

    def _denied(self, unit: UnitOfWork, errand: _Errand, author: Person, no: Refusal) -> None:
        if errand.reply.tried_at is not None:
            # It forbids a second try, and says nothing of the first: that may stand there.
            self._given_up(unit, errand.reply)
        elif no.rule in WAITS_FOR:
            self.endings.held(unit, errand.reply, no.rule)
        elif no.rule in YES:
            owed = taken(self._weighed(unit, errand, author))
            self.waited.ask_again(unit, errand.reply, author=author, owed=owed, no=no)
        else:
            self.endings.stopped(unit, errand.reply, no)

    def _weighed(self, unit: Records, errand: _Errand, author: Person) -> Decision:
        reply, case = errand.reply, unit.cases.get(errand.case.id)
        asked = self.answering.asked(unit, errand.case, reply.way, reply.text)
        return self.acts.weigh(unit, author, action_of(reply), case, asked=asked)

    async def _give(self, errand: _Errand, network: Network, sending: Cleared[Sending]) -> None:
        reply = errand.reply
        try:
            sent = await network.answer(sending)
        except Refusal as no:
            await self._refused(errand, no)
            return
        except Misconfigured:
            await self.endings.note(errand.reply, lambda unit: self._misset(unit, reply))
            raise
        except Unavailable as away:
            if not away.unknown_outcome:
                await self.endings.note(
                    errand.reply, lambda unit: self.endings.not_taken(unit, reply)
                )
                raise
            wait = self.first_wait * SETTLES
            raise Unavailable(away.party, away.reason, wait, unknown_outcome=True) from away
        await self.endings.note(errand.reply, lambda unit: self.endings.sent(unit, reply, sent))

    def _misset(self, unit: UnitOfWork, reply: Reply) -> None:
        self.endings.held(unit, reply, MISSET)
        self.endings.not_taken(unit, reply)

    async def _refused(self, errand: _Errand, no: Refusal) -> None:
        """The network has these words, it says: after a lost receipt they will show."""
        tried = errand.reply.tried_at
        now = await self.acts.db.read(lambda unit: unit.now)
        if no.rule == NO_WORD and tried and (now - tried).total_seconds() < GIVES_UP:
            raise Unavailable("the network", no.sentence, self.first_wait * SETTLES)
        if tried is not None:
            # Of this try it is the last word; the first may stand there.
            await self._unseen(errand)
            return
        await self.endings.note(
            errand.reply, lambda unit: self.endings.refused(unit, errand.reply, no)
        )

    def _sending(self, errand: _Errand) -> Cleared[Sending]:
        reply = errand.reply
        since, user_id = reply.tried_at or reply.made_at, errand.case.author.user_id
        what = Sending(reply.way, reply.post_id, user_id, reply.text, since)
        return self.guard.clear(what, sink=Sink.NETWORK)


def _read(unit: Records, reply_id: ReplyId) -> _Errand | None:
    reply = unit.replies.get(reply_id)
    if reply is None or reply.state not in GOING:
        return None
    case = unit.cases.get(reply.case_id)
    if case is None:
        raise Misconfigured((f"case {reply.case_id} is not in the database",))
    return _Errand(reply, case)
