"""Reading cases: one, mine, those that wait, and those with certain words; a page at a time."""

import re
from dataclasses import dataclass, replace

from bot.care.acts import Acts, allowed, existing_view
from bot.care.wording import case_line, case_page, face
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.audit import AuditEntry
from bot.model.case import Case
from bot.model.ids import CaseId, VisitKey
from bot.model.visit import Answer, Link, Offer, Query, Visit
from bot.slack.faces import offers
from storage.finding import Found
from storage.unit_of_work import Records

PAGE = 10
FILTERS = ("mine", "waiting")
NUMBER = re.compile(r"(?:#|[Cc]-?)?0*([1-9][0-9]{0,17})", re.ASCII)
GONE = "That list is too old to turn its pages. Please ask for it again."


@dataclass(frozen=True, slots=True)
class Listing:
    acts: Acts

    async def show(self, case_id: CaseId, *, visit: Visit) -> Answer:
        def see(unit: Records) -> tuple[Answer, AuditEntry]:
            view = existing_view(unit, case_id)
            if (into := view.case.merged_into) is not None:
                view = existing_view(unit, into)
            case = view.case
            decision = self.acts.decide(unit, visit.by, Action.READ_CASE, case)
            line = allowed("case.read", decision, by=visit.by, case_id=case.id)
            heading, lines = case_page(view, unit.now)
            if case.id != case_id:
                heading = f"Case {case_id} goes on in case {case.id}. {heading}"
            links = (Link("Open on the network", case.permalink),) if case.permalink else ()
            pressed = offers(case, face(view, unit.now))
            return Answer(heading, lines=lines, links=links, offers=pressed), line

        return await self.acts.look(visit, Action.READ_CASE, see, case_id=case_id)

    async def mine(self, *, visit: Visit) -> Answer:
        return await self._page(Query(mine=True), visit=visit)

    async def open(self, *, visit: Visit) -> Answer:
        return await self._page(Query(waiting=True), visit=visit)

    async def find(self, words: str, *, visit: Visit) -> Answer:
        """`mine` and `waiting` among the words narrow the search to such cases."""
        typed = words.split()
        meant = {word.casefold() for word in typed}
        sought = " ".join(word for word in typed if word.casefold() not in FILTERS)
        query = Query(sought, mine="mine" in meant, waiting="waiting" in meant)
        return await self._page(query, visit=visit)

    async def turn(self, slip: VisitKey, *, back: bool, visit: Visit) -> Answer:
        """The page before (`back`) or behind the one that visit was answered with."""
        query = await self.acts.db.read(lambda unit: unit.visits.query(slip, by=visit.by.key))
        if query is None:
            return await self.acts.refused(
                Refusal(GONE, "list-gone"), visit=visit, action=Action.FIND
            )
        return replace(await self._page(query, visit=visit, back=back), replaces=True)

    async def _page(self, query: Query, *, visit: Visit, back: bool = False) -> Answer:
        """Looked for beside the writer, since it may take a while; decided and recorded there."""
        action = Action.FIND if query.words else Action.LIST_CASES

        def look(unit: Records) -> Found:
            self.acts.weigh(unit, visit.by, action, None)
            return unit.finding.page(query, by=visit.by.key, size=PAGE, back=back)

        try:
            found = await self.acts.db.read(look)
        except Refusal as no:
            return await self.acts.refused(no, visit=visit, action=action)

        def see(unit: Records) -> tuple[Answer, AuditEntry]:
            decision = self.acts.decide(unit, visit.by, action, None)
            count = (("found", str(len(found.cases))),)
            line = allowed(_record(query), decision, by=visit.by, facts=count)
            lines = (*_itself(unit, query), *(case_line(case, unit.now) for case in found.cases))
            return _answer(query, found, lines, visit), line

        return await self.acts.look(visit, action, see)


def _itself(unit: Records, query: Query) -> tuple[str, ...]:
    """Whoever looks for a number may mean the case of that number."""
    number = NUMBER.fullmatch(query.words)
    if (
        number is None
        or query.first
        or query.last
        or unit.cases.get(CaseId(int(number[1]))) is None
    ):
        return ()
    return (f"/case {number[1]} – the case of that number",)


def _answer(query: Query, found: Found, lines: tuple[str, ...], visit: Visit) -> Answer:
    pages = _pages(found, visit)
    if not found.cases:
        heading = _heading(query) if lines else _nothing(query)
        query = replace(query, first=None, last=None)
        return Answer(heading, lines=lines, offers=pages, query=query)
    ends: tuple[Case, Case] = found.cases[0], found.cases[-1]
    shown = replace(query, first=ends[0].id, last=ends[1].id)
    return Answer(_heading(query), lines=lines, offers=pages, query=shown)


def _pages(found: Found, visit: Visit) -> tuple[Offer, ...]:
    """The buttons carry the visit alone: what was asked for stays here."""
    newer = (Offer("Newer", "newer", visit.key),) if found.newer and found.cases else ()
    older = (Offer("Older", "older", visit.key),) if found.older else ()
    return (*newer, *older)


def _record(query: Query) -> str:
    if query.words:
        return "case.searched"
    return "case.listed_mine" if query.mine else "case.listed_open"


def _heading(query: Query) -> str:
    if query.words:
        return "Found:"
    return "You hold:" if query.mine else "Waiting for someone:"


def _nothing(query: Query) -> str:
    if query.first or query.last:
        return "Nothing more is there now. Please ask for the list again."
    if query.words:
        return "No case has these words. Try fewer, or /case open."
    if query.mine:
        return "You hold no case. /case open lists those that wait."
    return "Nobody is waiting. Well done, all."
