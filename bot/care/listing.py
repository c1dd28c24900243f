"""Reading cases: one, mine, those that wait, and those with certain words."""

from dataclasses import dataclass

from bot.care.acts import Acts, allowed, existing, needed
from bot.care.wording import case_line, case_page
from bot.compliance import Action
from bot.model.case import Case
from bot.model.ids import CaseId
from bot.model.visit import Answer, Link, Visit
from storage.unit_of_work import UnitOfWork

PAGE = 15


@dataclass(frozen=True, slots=True)
class Listing:
    acts: Acts

    async def show(self, case_id: CaseId, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            case = existing(unit, case_id)
            decision = self.acts.decide(unit, visit.by, Action.READ_CASE, case)
            view = unit.cases.view(case_id)
            assert view is not None  # noqa: S101  it existed a moment ago in this transaction
            unit.commit(allowed("case.read", decision, by=visit.by, case_id=case_id))
            heading, lines = case_page(view, unit.now)
            links = (Link("Open on the network", case.permalink),) if case.permalink else ()
            return Answer(heading, lines=lines, links=links)

        return await self.acts.run(visit, Action.READ_CASE, verb, case_id=case_id)

    async def mine(self, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            self._listed(unit, visit, Action.LIST_CASES, "case.listed_mine")
            held = unit.cases.held_by(visit.by.key, PAGE)
            return self._page(
                unit, held, "You hold:", "You hold no case. /case open lists those that wait."
            )

        return await self.acts.run(visit, Action.LIST_CASES, verb)

    async def open(self, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            self._listed(unit, visit, Action.LIST_CASES, "case.listed_open")
            waiting = unit.cases.waiting(PAGE)
            return self._page(
                unit, waiting, "Waiting for someone:", "Nobody is waiting. Well done, all."
            )

        return await self.acts.run(visit, Action.LIST_CASES, verb)

    async def find(self, words: str, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            asked = needed(words, "/case find refund, or /case find @jane")
            self._listed(unit, visit, Action.FIND, "case.searched")
            found = unit.cases.find(asked, PAGE)
            return self._page(
                unit, found, "Found:", "No case has these words. Try fewer, or /case open."
            )

        return await self.acts.run(visit, Action.FIND, verb)

    def _listed(self, unit: UnitOfWork, visit: Visit, action: Action, record: str) -> None:
        decision = self.acts.decide(unit, visit.by, action, None)
        unit.commit(allowed(record, decision, by=visit.by))

    def _page(self, unit: UnitOfWork, cases: list[Case], heading: str, nothing: str) -> Answer:
        if not cases:
            return Answer(nothing)
        more = ("… and more: narrow it with /case find words",) if len(cases) == PAGE else ()
        return Answer(heading, lines=(*(case_line(case, unit.now) for case in cases), *more))
