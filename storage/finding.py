"""Cases by what was asked for, a page at a time, from where the page before it ended.

A page begins behind a case, not after a count: what is opened meanwhile moves nothing.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, select, tuple_

from bot.model.case import Case
from bot.model.ids import CaseId, PersonKey
from bot.model.visit import Query
from storage.case_lists import MINE, MOST, OPEN, URGENT
from storage.case_rows import CASES, UNMERGED, case_of, word_conditions
from storage.noun import Noun
from storage.tables import cases
from storage.tables.types import Instant

ANCHOR = select(cases.c.urgency, cases.c.opened_at).where(cases.c.id == bindparam("anchor"))


@dataclass(frozen=True, slots=True)
class Found:
    cases: tuple[Case, ...]
    newer: bool
    """Whether there is a page before this one."""
    older: bool


class Finding(Noun):
    __slots__ = ()

    def page(self, query: Query, *, by: PersonKey, size: int, back: bool = False) -> Found:
        """The page behind `query.last`, or with `back` the one before `query.first`.

        Newest first; where only who waits is asked for, the most urgent first. A query that asks
        for nothing at all finds nothing.
        """
        words = word_conditions(query.words, self.vault)
        if not (words or query.mine or query.waiting):
            return Found((), newer=False, older=False)
        anchor = query.first if back else query.last
        asked = CASES.where(UNMERGED, *words, *_filters(query))
        rows = self.conn.execute(
            self._behind(asked, query, anchor, back=back),
            {"by": by, "most": size + 1, "anchor": anchor, **self._at(query, anchor)},
        ).all()
        more, shown = len(rows) > size, rows[:size]
        found = tuple(case_of(row, self.vault) for row in (reversed(shown) if back else shown))
        older, newer = (anchor is not None, more) if back else (more, anchor is not None)
        return Found(found, newer=newer, older=older)

    def _behind(
        self, asked: Select[Any], query: Query, anchor: CaseId | None, *, back: bool
    ) -> Select[Any]:
        if query.waiting:
            order = [one.desc() if back else one.asc() for one in URGENT]
            place = tuple_(
                bindparam("rank", type_=Integer), bindparam("since", type_=Instant), ANCHOR_ID
            )
            edge = tuple_(*URGENT) < place if back else tuple_(*URGENT) > place
        else:
            order = [cases.c.id.asc() if back else cases.c.id.desc()]
            edge = cases.c.id > ANCHOR_ID if back else cases.c.id < ANCHOR_ID
        behind = asked if anchor is None else asked.where(edge)
        return behind.order_by(*order).limit(MOST)

    def _at(self, query: Query, anchor: CaseId | None) -> dict[str, Any]:
        if anchor is None or not query.waiting:
            return {}
        row = self.conn.execute(ANCHOR, {"anchor": anchor}).one()
        return {"rank": row.urgency, "since": row.opened_at}


ANCHOR_ID: Any = bindparam("anchor", type_=Integer)


def _filters(query: Query) -> list[ColumnElement[bool]]:
    mine = [OPEN, MINE] if query.mine else []
    return [*mine, *([OPEN, cases.c.holder.is_(None)] if query.waiting else [])]
