"""How a reply ends, or why it waits: on record, on the card, and told to who wrote it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.care.acts import allowed
from bot.care.answering import Answering
from bot.care.obligations import PREFIX
from bot.care.reusing import Reusing
from bot.care.telling import tell
from bot.care.trust import Trust
from bot.compliance import Decision, Guard, ObligationKind, Sink
from bot.errors import Refusal
from bot.model.audit import AuditEntry, Effect
from bot.model.delivery import DeliveryKind
from bot.model.person import CLOCKWORK, Person
from bot.model.reply import GOING, Reply, ReplyState, Sent
from bot.model.visit import Offer
from storage.database import Database
from storage.unit_of_work import UnitOfWork

MISSET = "network.misset"
UNKNOWN = "network.unknown"
WAITS = {
    MISSET: "the network does not take it until somebody mends a setting; /usher status says "
    "which. Nothing is lost: I go on trying.",
    f"{PREFIX}{ObligationKind.ARCHIVE_FIRST}": "the archive cannot be reached, and it goes out "
    "only once the archive has it. I go on trying, and tell you.",
}
ON_HOLD = (
    "answers on its topic are on hold, or these are quiet hours. It goes out by itself when that "
    "is over, if all is still as it is now and the customer has not written again."
)


@dataclass(frozen=True, slots=True)
class Endings:
    db: Database
    guard: Guard
    answering: Answering
    reusing: Reusing
    trust: Trust

    async def note(self, reply: Reply, work: Callable[[UnitOfWork], None]) -> None:
        """In a transaction of its own; the case first, as everybody takes it."""

        def noted(unit: UnitOfWork) -> None:
            unit.cases.hold(reply.case_id)
            work(unit)

        await self.db.write(noted)

    def sent(self, unit: UnitOfWork, reply: Reply, sent: Sent) -> None:
        if not unit.replies.sent(reply.id, sent):
            return
        self._redraw(unit, reply)
        self.trust.went(unit, reply)
        offers = self.reusing.went(unit, reply)
        stands = f"Your answer in case {reply.case_id} stands there now: {sent.url}"
        self._tell(unit, reply, stands, offers)
        facts = (("reply", str(reply.id)), ("post", sent.external_id), ("hash", reply.hash))
        unit.commit(AuditEntry("reply.sent", CLOCKWORK.key, reply.case_id, facts=facts))

    def handed(self, unit: UnitOfWork, reply: Reply, decision: Decision, author: Person) -> None:
        if not unit.replies.handed(reply.id):
            return
        self.trust.went(unit, reply)
        self._tell(
            unit,
            reply,
            f"Your answer in case {reply.case_id} may go, in exactly these words. Send it "
            f"yourself; the link on the card of the case leads to them:\n\n{reply.text}",
            self.reusing.went(unit, reply),
        )
        facts = (("reply", str(reply.id)), ("hash", reply.hash))
        unit.commit(
            allowed("reply.handed", decision, by=author, case_id=reply.case_id, facts=facts)
        )

    def held(self, unit: UnitOfWork, reply: Reply, reason: str) -> None:
        """Told once for each reason."""
        if not unit.replies.held(reply.id, reason):
            return
        why = WAITS.get(reason, ON_HOLD)
        self._tell(unit, reply, f"Your answer in case {reply.case_id} waits: {why}")
        facts = (("reply", str(reply.id)),)
        entry = AuditEntry(
            "reply.held", CLOCKWORK.key, reply.case_id, Effect.DENIED, reason, facts=facts
        )
        unit.commit(entry)

    def asked_again(self, unit: UnitOfWork, reply: Reply, waits: str) -> None:
        self._tell(
            unit,
            reply,
            f"Your answer in case {reply.case_id} did not go out: the yes to it was too long ago, "
            f"or does not count any more. It is asked for again, in the same words. {waits}",
        )
        facts = (("reply", str(reply.id)), ("hash", reply.hash))
        unit.commit(
            AuditEntry("reply.asked_again", CLOCKWORK.key, reply.case_id, facts=facts),
        )

    def not_taken(self, unit: UnitOfWork, reply: Reply) -> None:
        """The network said so itself: the next try is a first one. `reply` is as before this."""
        if reply.tried_at is not None or not unit.replies.untried(reply):
            return
        facts = (("reply", str(reply.id)),)
        unit.commit(AuditEntry("reply.not_taken", CLOCKWORK.key, reply.case_id, facts=facts))

    def unknown(self, unit: UnitOfWork, reply: Reply) -> None:
        """Sent a second time it might stand there twice."""
        of = (ReplyState.SENDING,)
        if not unit.replies.move(reply.id, ReplyState.UNKNOWN, of=of, reason=UNKNOWN):
            return
        self._tell(
            unit,
            reply,
            f"Your answer in case {reply.case_id} may or may not have gone out: the network did "
            "not say, and does not show it. I send it no second time. Please look there; if it is "
            f"missing, send it again with /reply {reply.case_id}. Your words:\n\n{reply.text}",
        )
        facts = (("reply", str(reply.id)), ("hash", reply.hash))
        unit.commit(
            AuditEntry(
                "reply.unknown", CLOCKWORK.key, reply.case_id, Effect.DENIED, UNKNOWN, facts=facts
            )
        )

    def stopped(self, unit: UnitOfWork, reply: Reply, no: Refusal) -> None:
        """The house rules say no by now: it never goes out."""
        if not unit.replies.move(reply.id, ReplyState.VOID, of=GOING, reason=no.rule):
            return
        self._tell(
            unit,
            reply,
            f"Your answer in case {reply.case_id} did not go out. {no.sentence}\n\n"
            f"These were your words:\n\n{reply.text}",
        )
        self._note(unit, reply, "reply.stopped", no)

    def refused(self, unit: UnitOfWork, reply: Reply, no: Refusal) -> None:
        """By the network; what a person does by hand it may take."""
        if not unit.replies.move(reply.id, ReplyState.REFUSED, of=GOING, reason=no.rule):
            return
        case = unit.cases.get(reply.case_id)
        network = self.answering.networks.named(case.author.network) if case else None
        label = f"“Open on {network.title}”" if network else "the link"
        self._tell(
            unit,
            reply,
            f"Your answer in case {reply.case_id} did not go out. {no.sentence} You can still "
            f"answer by hand: press {label} on the card of the case. Your words:\n\n{reply.text}",
        )
        self._note(unit, reply, "reply.refused", no)

    def _note(self, unit: UnitOfWork, reply: Reply, action: str, no: Refusal) -> None:
        facts = (("reply", str(reply.id)), ("hash", reply.hash))
        unit.commit(
            AuditEntry(action, CLOCKWORK.key, reply.case_id, Effect.DENIED, no.rule, facts=facts)
        )

    def _redraw(self, unit: UnitOfWork, reply: Reply) -> None:
        unit.cases.touch([reply.case_id])
        unit.deliveries.want(DeliveryKind.CARD, str(reply.case_id))

    def _tell(
        self, unit: UnitOfWork, reply: Reply, text: str, offers: tuple[Offer, ...] = ()
    ) -> None:
        tell(unit, reply.author, self.guard.clear(text, sink=Sink.PERSON), offers)
