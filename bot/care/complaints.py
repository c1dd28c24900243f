"""Whether a case is mainly a grievance: asked of people and never guessed, corrected on record.

Whoever says it once more corrects it: the newest word counts, and each one is on record.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from bot.care.acts import Acts, allowed, at_hand, existing
from bot.care.cases import Cases
from bot.care.grievance import ENDED, STANDS, form_of, refusal, settled
from bot.care.supervising import supervisors
from bot.care.telling import tell
from bot.compliance import Action, Guard, worded
from bot.errors import Refusal
from bot.model.case import Case, CaseState
from bot.model.complaint import Disposition, Grievance, Marking, Nature, Said
from bot.model.ids import CaseId, PersonKey
from bot.model.visit import Answer, Visit
from bot.slack.forms.complaint import ANSWER, DISPOSITION, LINE, NATURE, PRODUCT
from storage.unit_of_work import UnitOfWork

MOST_WORDS = 200
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Complaints:
    """`lines` are the organisation's lines of business."""

    acts: Acts
    guard: Guard
    cases: Cases
    lines: tuple[str, ...]

    async def ask(self, case_id: CaseId, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            case = existing(unit, case_id)
            decision = self.acts.decide(unit, visit.by, Action.MARK_COMPLAINT, case)
            unit.commit(allowed("complaint.asked", decision, by=visit.by, case_id=case_id))
            return Answer("Is it mainly a grievance?", form=form_of(unit, case_id))

        return await self.acts.run(visit, Action.MARK_COMPLAINT, verb, case_id=case_id)

    async def mark(self, case_id: CaseId, said: Said, *, resolving: bool, visit: Visit) -> Answer:
        """`resolving`: the case is resolved with it, in the same transaction or not at all."""

        def verb(unit: UnitOfWork) -> Answer:
            # Nobody resolves it meanwhile without how it ended.
            case = at_hand(unit, case_id)
            decision = self.acts.decide(unit, visit.by, Action.MARK_COMPLAINT, case)
            told = self._read(said)
            is_over = resolving or case.state is CaseState.RESOLVED
            if is_over and told.answer is Grievance.YES and told.disposition is None:
                raise refusal(ENDED, field_id=DISPOSITION)
            rests_on = self._resting_on(unit, case_id, told, by=visit.by.key)
            unit.people.seen(visit.by)
            unit.complaints.mark(case, told, by=rests_on)
            facts = _facts(told)
            unit.commit(
                allowed("complaint.marked", decision, by=visit.by, case_id=case_id, facts=facts)
            )
            if case.state is CaseState.RESOLVED and told.disposition is not None:
                settled(unit, case_id, told.disposition, by=visit.by.key)
            answer = self._told(unit, case, told, visit)
            if not resolving:
                return answer
            finished = self.cases.finish(unit, case, visit=visit)
            return replace(finished, lines=(answer.text, *finished.lines))

        return await self.acts.run(visit, Action.MARK_COMPLAINT, verb, case_id=case_id)

    def _resting_on(
        self, unit: UnitOfWork, case_id: CaseId, told: Marking, *, by: PersonKey
    ) -> PersonKey:
        """Whose word it is. A yes of who supervises stays one until one of them says otherwise."""
        known, those = unit.complaints.get(case_id), supervisors(unit, self.acts.policy)
        if known is None or known.answer is not Grievance.YES or by in those:
            return by
        if known.marked_by is None or known.marked_by not in those:
            return by
        if told.answer is not Grievance.YES:
            raise refusal(STANDS, field_id=ANSWER)
        return known.marked_by

    def _read(self, said: Said) -> Marking:
        answer = _one_of(Grievance, said.answer, ANSWER, "Please choose yes, no or not sure.")
        nothing = self.guard.guard("")
        if answer is not Grievance.YES:
            return Marking(answer, nothing)
        if said.line not in self.lines:
            lines = ", ".join(self.lines)
            raise Refusal(f"Please choose a line of business: {lines}.", "complaint", "", LINE)
        product = worded(said.product)
        if len(product) > MOST_WORDS:
            few = f"Please name the product in {MOST_WORDS} characters at most."
            raise Refusal(few, "complaint", "", PRODUCT)
        over = said.disposition
        return Marking(
            answer,
            self.guard.guard(product),
            said.line,
            _one_of(Nature, said.nature, NATURE, "Please choose what it is about."),
            _one_of(Disposition, over, DISPOSITION, "Please choose how it ended.")
            if over
            else None,
        )

    def _told(self, unit: UnitOfWork, case: Case, told: Marking, visit: Visit) -> Answer:
        number = case.id
        if told.answer is Grievance.NO:
            return Answer(f"Case {number} is no complaint, and that is on record.")
        if told.answer is Grievance.YES:
            self._tell_holder(unit, case, visit)
            once_more = f"/case complaint {number} once more corrects it"
            return Answer(f"Case {number} is in the register of complaints.", lines=(once_more,))
        those = supervisors(unit, self.acts.policy)
        asked = those - {visit.by.key}
        words = (
            f"{visit.by.name} is not sure whether case {number} is mainly a grievance. "
            f"Please say it: /case complaint {number}. /case {number} shows the case."
        )
        self._tell(unit, asked, words)
        if not asked:
            return _unsure_alone(number, supervises=visit.by.key in those)
        return Answer(f"Case {number} is noted as not sure; whoever supervises hears of it.")

    def _tell_holder(self, unit: UnitOfWork, case: Case, visit: Visit) -> None:
        if case.state is CaseState.OPEN and case.holder not in (None, visit.by.key):
            assert case.holder is not None  # noqa: S101  for mypy
            words = (
                f"{visit.by.name} put case {case.id}, which you hold, into the register of "
                f"complaints. When you resolve it you are asked how it ended."
            )
            self._tell(unit, {case.holder}, words)

    def _tell(
        self, unit: UnitOfWork, whom: set[PersonKey] | frozenset[PersonKey], words: str
    ) -> None:
        cleared = self.guard.clear(words)
        for key in sorted(whom):
            tell(unit, key, cleared)


def _unsure_alone(number: CaseId, *, supervises: bool) -> Answer:
    decides = "nobody else is there to decide it"
    line = "Tell your coordinator: app.yaml names who has which role."
    if supervises:
        decides = "it is yours to decide: nobody else supervises complaints"
        line = f"/case complaint {number} – once you know"
    return Answer(f"Case {number} is noted as not sure, and {decides}.", lines=(line,))


def _one_of(kind: type[Word], word: str, field_id: str, sentence: str) -> Word:
    if word in set(kind):
        return kind(word)
    raise Refusal(sentence, "complaint", "", field_id)


def _facts(told: Marking) -> tuple[tuple[str, str], ...]:
    said = {
        "answer": told.answer,
        "line": told.line,
        "nature": told.nature or "",
        "disposition": told.disposition or "",
    }
    return tuple((name, str(word)) for name, word in said.items() if word)
