"""Becoming an ambassador: reading the guidebook in force and accepting it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.care.acts import Acts, allowed, existing
from bot.care.cases import Cases
from bot.care.guidebook import AWAY, Book, Guidebook
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.audit import AuditEntry, Effect
from bot.model.case import CaseState
from bot.model.ids import CaseId
from bot.model.person import Enrolment
from bot.model.visit import Answer, Form, Offer, Visit
from storage.unit_of_work import UnitOfWork

_ACCEPTED = "You accepted the guidebook in force. Thank you for helping."


@dataclass(frozen=True, slots=True)
class Ambassadors:
    acts: Acts
    cases: Cases
    book: Book

    def guidebook(self) -> Guidebook:
        return self.book.last()

    async def enroll(self, *, visit: Visit, again: bool = False) -> Answer:
        """`again`: shown to whoever accepted it too, of whom nothing is asked then."""

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.ENROLL, None)
            unit.commit(allowed("guidebook.shown", decision, by=visit.by))
            enrolled = self.acts.enrolled(unit, visit.by)
            if enrolled and not again:
                return Answer(_ACCEPTED, offers=(Offer("Read it again", "read_guidebook"),))
            form = self.acts.guidebook(unit, visit.by)
            if form is None:
                raise Refusal(AWAY, "guidebook-away")
            if enrolled:
                return Answer(_ACCEPTED, form=Form(form.name))
            return Answer("Please read how we help customers.", form=form)

        return await self.acts.run(visit, Action.ENROLL, verb)

    async def accept(
        self,
        version: str,
        *,
        claim: CaseId | None,
        visit: Visit,
        answers: Mapping[str, str] | None = None,
        words: str = "",
    ) -> Answer:
        """Accept the text that was shown; where a claim led here, accepting it is the claim.

        `answers` are the chosen ones, by the place of the question and of the choice; `words` were
        typed before the guidebook came between.
        """

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.ENROLL, None)
            if not self.book.shows():
                raise Refusal(AWAY, "guidebook-away")
            book = self.book.now()
            if version != book.version:
                raise Refusal(
                    "The guidebook changed while you were reading. Please open it again: "
                    "/usher enroll.",
                    "guidebook-changed",
                )
            if once_more := _once_more(book, answers or {}):
                # On record is that it was shown, and nothing of who chose what.
                unit.commit(allowed("guidebook.shown", decision, by=visit.by))
                return once_more
            before = self.acts.enrolment(unit, visit.by)
            unit.ambassadors.accept(visit.by, version)
            unit.guidebooks.forget(visit.by.key)
            facts = (("version", version),)
            unit.commit(allowed("guidebook.accepted", decision, by=visit.by, facts=facts))
            return self._accepted(unit, before, claim, words, visit)

        return await self.acts.run(visit, Action.ENROLL, verb, case_id=claim)

    def _accepted(
        self, unit: UnitOfWork, before: Enrolment, claim: CaseId | None, words: str, visit: Visit
    ) -> Answer:
        if claim is not None:
            return self._claim(unit, claim, words, visit)
        if before is Enrolment.LAPSED:
            return Answer("Thank you. Please go on where you were; your cases stayed yours.")
        return Answer("Welcome. /case open lists the customers who wait for someone.")

    def _claim(self, unit: UnitOfWork, case_id: CaseId, words: str, visit: Visit) -> Answer:
        """The guidebook stays accepted even when somebody else was faster with the case."""
        try:
            case = existing(unit, case_id)
            if case.holder == visit.by.key and case.state is CaseState.OPEN:
                with_words = " with these words" if words else ""
                again = f"Case {case_id} is yours: please do that again now{with_words}."
                return Answer(f"Welcome. {again}", copy=words)
            return self.cases.take(unit, case, visit=visit)
        except Refusal as no:
            (number,) = unit.commit(self._denied(no, case_id, visit))
            return Answer(
                f"Welcome. {no.sentence}",
                lines=("/case open lists those that wait.", f"Why: /case why D-{number}"),
            )

    def _denied(self, no: Refusal, case_id: CaseId, visit: Visit) -> AuditEntry:
        return AuditEntry(
            str(Action.CLAIM),
            visit.by.key,
            case_id,
            Effect.DENIED,
            rule=no.rule,
            policy=self.acts.policy.hash,
        )


def _once_more(book: Guidebook, answers: Mapping[str, str]) -> Answer | None:
    """The sentences that answer what was not answered right; None where all of it was."""
    mends = tuple(
        (place, f"The guidebook says: “{asked.answered_by}” Please choose once more.")
        for place, asked in book.asked()
        if asked.choice(answers.get(place, "")) != asked.right
    )
    if not mends:
        return None
    (place, sentence), *more = mends
    return Answer(sentence, refused=True, field_id=place, mends=tuple(more))
