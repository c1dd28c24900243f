"""What was said in Slack becomes part of a case: only when a colleague says so, word for word."""

from dataclasses import dataclass

from bot.care.acts import Acts, allowed, existing, needed
from bot.care.wording import shortened, undo_offer
from bot.compliance import Action, Guard
from bot.model.case import Case, CaseState
from bot.model.delivery import Card, DeliveryKind
from bot.model.ids import CaseId
from bot.model.visit import Answer, Form, Visit
from storage.unit_of_work import Records, UnitOfWork

MOST_CASES = 20
LINE_WORDS = 70


@dataclass(frozen=True, slots=True)
class Adding:
    acts: Acts
    guard: Guard

    async def case_of(self, thread: Card | None) -> CaseId | None:
        """The case whose card a thread hangs on; its number is no secret, what it says is."""
        if thread is None:
            return None
        return await self.acts.db.glance(lambda unit: unit.cards.at(thread))

    async def ask(
        self, words: str, *, visit: Visit, source_url: str = "", thread: Card | None = None
    ) -> Answer:
        """The form with these words: to one of my cases, to the thread's, or to any other."""
        # Masked before it is kept: the form's words lie with the visit until it is sent off.
        filled = self.guard.guard(words).masked

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.LIST_CASES, None)
            chosen = None if thread is None else unit.cards.at(thread)
            form = Form("add", chosen, filled, source_url, cases=_choices(unit, chosen, visit))
            unit.commit(allowed("case.add_asked", decision, by=visit.by, case_id=chosen))
            return Answer("To which case does it belong?", form=form)

        return await self.acts.run(visit, Action.LIST_CASES, verb)

    async def add(
        self, case_id: CaseId, words: str, *, visit: Visit, source_url: str = ""
    ) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            case = existing(unit, case_id)
            decision = self.acts.decide(unit, visit.by, Action.ADD, case)
            kept = self.guard.guard(needed(words, "@usher add what was said", field_id="words"))
            note = (("note", str(unit.notes.add(case_id, by=visit.by, words=kept))),)
            unit.people.seen(visit.by)
            unit.deliveries.want(DeliveryKind.CARD, str(case_id))
            facts = (*note, ("source", source_url)) if source_url else note
            (line,) = unit.commit(
                allowed("case.added", decision, by=visit.by, case_id=case_id, facts=facts)
            )
            return Answer(
                f"Added to case {case_id}.", lines=(kept.masked,), offers=(undo_offer(line),)
            )

        return await self.acts.run(visit, Action.ADD, verb, case_id=case_id)


def _choices(unit: Records, chosen: CaseId | None, visit: Visit) -> tuple[tuple[str, str], ...]:
    held = unit.cases.held_by(visit.by.key, MOST_CASES)
    cases = {case.id: case for case in held}
    if chosen is not None and (case := unit.cases.get(chosen)) is not None:
        cases.setdefault(chosen, case)
    return tuple(
        (str(case.id), _line(case)) for case in cases.values() if case.state is CaseState.OPEN
    )


def _line(case: Case) -> str:
    return shortened(f"{case.id} · @{case.author.handle}: {case.summary}", LINE_WORDS)
