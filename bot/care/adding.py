"""What was said in Slack becomes part of a case: only when a colleague says so, word for word."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.care.acts import Acts, allowed, at_hand, needed
from bot.care.left_out import left_out
from bot.care.wording import shortened, undo_offer
from bot.compliance import Action, Guard
from bot.model.case import Case, CaseState
from bot.model.delivery import Card, DeliveryKind
from bot.model.ids import CaseId
from bot.model.visit import Answer, Form, Visit
from storage.unit_of_work import Records, UnitOfWork

MOST_CASES = 20
Choices = tuple[tuple[str, str], ...]
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
        self,
        words: str,
        *,
        visit: Visit,
        source_url: str = "",
        author: str = "",
        thread: Card | None = None,
    ) -> Answer:
        """The form with these words: to one of my cases, to the thread's, or to any other."""
        # Masked before it is kept: the form's words lie with the visit until it is sent off.
        filled = self.guard.guard(words).masked
        says = left_out(self.guard, words, author=author, by=visit.by)

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.LIST_CASES, None)
            case = None if thread is None else _above(unit, thread)
            above = None if case is None else case.id
            cases = unit.lists.held_by(visit.by.key, MOST_CASES)
            form = Form("add", above, filled, source_url, says=says)
            if case is not None and case.state is CaseState.OPEN:
                cases.append(case)
            elif case is not None:
                cases += _of_the_same(unit, case, visit)
                form = replace(form, case_id=None, says=f"{_over(case, cases)} {says}".strip())
            form = replace(form, cases=_lines(cases))
            unit.commit(allowed("case.add_asked", decision, by=visit.by, case_id=above))
            return Answer("To which case does it belong?", form=form)

        return await self.acts.run(visit, Action.LIST_CASES, verb)

    async def add(
        self, case_id: CaseId, words: str, *, visit: Visit, source_url: str = ""
    ) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            case = at_hand(unit, case_id)
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


def as_they_are(unit: Records, cases: Choices) -> Choices:
    """The same to choose among, as far as they are open, in the words of this moment."""
    now = (unit.cases.get(CaseId(int(number))) for number, _ in cases)
    return _lines(case for case in now if case is not None and case.state is CaseState.OPEN)


def _above(unit: Records, thread: Card) -> Case | None:
    """The case whose card begins the thread, or the one it goes on in."""
    number = unit.cards.at(thread)
    case = None if number is None else unit.cases.get(number)
    into = None if case is None else case.merged_into
    return case if into is None else unit.cases.get(into)


def _of_the_same(unit: Records, case: Case, visit: Visit) -> list[Case]:
    """The open cases of the customer whose case is over: they may have written again."""
    author = case.author
    about = unit.lists.about_handle(visit.by.key, author.network, author.handle, MOST_CASES)
    return [each for each in about if each.state is CaseState.OPEN]


def _over(case: Case, others: list[Case]) -> str:
    what = "choose an open one" if others else "name an open one"
    return f"Case {case.id} is resolved, so nothing can be added to it: please {what}."


def _lines(cases: Iterable[Case]) -> Choices:
    return tuple({case.id: (str(case.id), _line(case)) for case in cases}.values())


def _line(case: Case) -> str:
    return shortened(f"{case.id} · @{case.author.handle}: {case.quotable}", LINE_WORDS)
