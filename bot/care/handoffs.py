"""Handing a case to a desk by its own front door: asked here once, filed by the courier."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from bot.care.acts import Acts, allowed, at_hand
from bot.care.telling import tell
from bot.compliance import Action, Decision, Guard, Sink
from bot.errors import Refusal
from bot.model.audit import AuditEntry
from bot.model.case import Case
from bot.model.delivery import DeliveryKind
from bot.model.handoff import (
    Handoff,
    HandoffKind,
    HandoffState,
    NewHandoff,
    Ticket,
    TicketRequest,
)
from bot.model.ids import CaseId
from bot.model.person import CLOCKWORK
from bot.model.visit import Answer, Form, Visit
from bot.slack.forms.inputs import WORDS_LIMIT
from storage.unit_of_work import UnitOfWork

AGAIN = "again"
"""The word before a second ticket of one case at one desk."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Where one kind of case goes: the desk's name in app.yaml and the queue at that desk."""

    desk: str
    queue: str


@dataclass(frozen=True, slots=True)
class Handoffs:
    acts: Acts
    guard: Guard
    counters: Mapping[HandoffKind, Counter]

    async def ask(self, case_id: CaseId, *, kind: str, summary: str, visit: Visit) -> Answer:
        """Put the hand-off on its way; without kind or summary the answer asks for the form."""

        def verb(unit: UnitOfWork) -> Answer:
            case = at_hand(unit, case_id)
            decision = self.acts.decide(unit, visit.by, Action.HAND_OFF, case)
            chosen, counter = self._counter(kind) if kind else (None, None)
            under_way = chosen and unit.handoffs.unfinished(case_id, chosen)
            if under_way:
                return _again(unit, under_way, decision, visit)
            once_more, words = _once_more(summary)
            if chosen and counter and not once_more:
                _not_there_yet(unit, case_id, chosen, counter)
            if chosen is None or counter is None or not words:
                unit.commit(allowed("handoff.form_shown", decision, by=visit.by, case_id=case_id))
                form = Form(
                    "handoff", case_id, AGAIN if once_more else "", filled=(("kind", chosen or ""),)
                )
                return Answer("Who can help, and what should they know?", form=form)
            handoff = self._new(case, chosen, counter, summary, visit)
            unit.deliveries.want(DeliveryKind.TICKET, str(unit.handoffs.ask(handoff)))
            unit.deliveries.want(DeliveryKind.CARD, str(case_id))
            facts = (("kind", chosen.value), ("desk", counter.desk), ("queue", counter.queue))
            unit.commit(
                allowed("handoff.asked", decision, by=visit.by, case_id=case_id, facts=facts)
            )
            return Answer(
                f"Case {case_id} is on its way to {chosen}{_queue(chosen, counter)}. "
                "The ticket number comes on the card, and to you.",
                lines=self._left_out(summary),
            )

        return await self.acts.run(visit, Action.HAND_OFF, verb, case_id=case_id)

    def _left_out(self, summary: str) -> tuple[str, ...]:
        """Said where the desk reads a mask: a call-back number that nobody gets helps nobody."""
        hidden = self.guard.hidden(summary, sink=Sink.DESK)
        if not hidden:
            return ()
        read = self.guard.mask(summary.strip(), sink=Sink.DESK)
        told = (
            f"The desk reads it without {' and '.join(hidden)}: “{read}”. What they need they ask "
            "the customer themselves; guard.desk of app.yaml says what a desk may read."
        )
        return (told,)

    def _counter(self, kind: str) -> tuple[HandoffKind, Counter]:
        try:
            chosen = HandoffKind(kind.casefold())
            return chosen, self.counters[chosen]
        except (ValueError, KeyError) as unknown:
            known = ", ".join(self.counters)
            raise Refusal(
                f"I can hand a case to: {known}; such as /handoff 42 sales he asks for an offer.",
                "handoff-kind",
                field_id="kind",
            ) from unknown

    def _new(
        self, case: Case, kind: HandoffKind, counter: Counter, summary: str, visit: Visit
    ) -> NewHandoff:
        _fits(summary)
        return NewHandoff(
            case_id=case.id,
            kind=kind,
            desk=counter.desk,
            queue=counter.queue,
            key=f"usher-{uuid4().hex}",
            summary=self.guard.guard(summary.strip()),
            asked_by=visit.by,
        )


def _once_more(summary: str) -> tuple[bool, str]:
    """Whether it is to go there again, and what they say besides; the desk reads both."""
    word, _, rest = summary.strip().partition(" ")
    again = word.rstrip(":,.!–-").casefold() == AGAIN
    return again, rest.strip() if again else summary.strip()


def _not_there_yet(unit: UnitOfWork, case_id: CaseId, kind: HandoffKind, counter: Counter) -> None:
    """A desk never tells us that it is done with a ticket or gave it back: who asks knows that."""
    there = [
        each
        for each in unit.handoffs.of_case(case_id)
        if each.state is HandoffState.FILED
        and (each.kind, each.desk, each.queue) == (kind, counter.desk, counter.queue)
    ]
    if there:
        raise Refusal(
            f"Case {case_id} is with {kind} already: ticket {there[-1].ticket}. More for them goes "
            f"into that ticket; for colleagues here: /case note {case_id} your words. If it came "
            f"back, say so: /handoff {case_id} {kind} {AGAIN} they wrote once more.",
            "handoff-there",
            field_id="summary",
        )


def _fits(summary: str) -> None:
    """As much as the form takes, whichever way it comes."""
    if len(summary.strip()) > WORDS_LIMIT:
        raise Refusal(
            f"That is {len(summary.strip())} characters and a desk gets {WORDS_LIMIT} at most. "
            "Please shorten it and try again.",
            "handoff-too-long",
            field_id="summary",
        )


def _again(unit: UnitOfWork, handoff: Handoff, decision: Decision, visit: Visit) -> Answer:
    """Never a second ticket of one kind; but who asks again need not wait for the next try."""
    unit.deliveries.want(DeliveryKind.TICKET, str(handoff.id))
    unit.commit(allowed("handoff.asked_again", decision, by=visit.by, case_id=handoff.case_id))
    return Answer(
        f"Case {handoff.case_id} is already on its way to {handoff.kind}, and I ask the desk once "
        "more. The ticket number will stand on the card."
    )


def _queue(kind: HandoffKind, counter: Counter) -> str:
    """The queue by its own name, where that says more than the kind does."""
    return "" if counter.queue == kind else f", queue {counter.queue}"


def ticket_request(handoff: Handoff, case: Case) -> TicketRequest:
    """Handle, link and the employee's own summary; the customer's words stay where they are."""
    link = f"Where they wrote: {case.permalink}\n" if case.permalink else ""
    return TicketRequest(
        key=handoff.key,
        queue=handoff.queue,
        title=f"Case {case.id}: @{case.author.handle} on {case.author.network}",
        body=(
            f"{handoff.summary}\n\n{link}"
            f"Handed over by {handoff.asked_by_name} as case {case.id} ({handoff.kind})."
        ),
    )


def filed(unit: UnitOfWork, handoff: Handoff, ticket: Ticket, guard: Guard) -> None:
    """Record that the desk has it, on the card and to the colleague who asked."""
    if not unit.handoffs.filed(handoff.id, ticket):
        # Two couriers met at the desk; the first one told everybody.
        return
    unit.cases.touch([handoff.case_id])
    unit.deliveries.want(DeliveryKind.CARD, str(handoff.case_id))
    tell(
        unit,
        handoff.asked_by,
        guard.clear(
            f"Case {handoff.case_id} is with {handoff.kind} now: ticket {ticket.number} "
            f"in {handoff.queue}."
        ),
    )
    facts = (("desk", handoff.desk), ("ticket", ticket.number), ("key", handoff.key))
    unit.commit(AuditEntry("handoff.filed", CLOCKWORK.key, handoff.case_id, facts=facts))


def refused_by_desk(unit: UnitOfWork, handoff: Handoff, reason: str, guard: Guard) -> None:
    """Record that a human must look, on the card and to the colleague who asked; once."""
    if handoff.state is HandoffState.STUCK or not unit.handoffs.stuck(handoff.id, reason):
        return
    unit.cases.touch([handoff.case_id])
    unit.deliveries.want(DeliveryKind.CARD, str(handoff.case_id))
    tell(
        unit,
        handoff.asked_by,
        guard.clear(
            f"Case {handoff.case_id} has not reached {handoff.kind} yet: the desk does not take it "
            "until somebody mends a setting; /usher status says which. Nothing is lost: I go on "
            "trying, and tell you the ticket number."
        ),
    )
    facts = (("desk", handoff.desk), ("key", handoff.key))
    unit.commit(AuditEntry("handoff.stuck", CLOCKWORK.key, handoff.case_id, facts=facts))
