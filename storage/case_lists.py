"""The lists of cases people ask for, each one statement that is compiled once."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, case, exists, func, select

from bot.model.case import Case, CaseState
from bot.model.ids import CaseId, PersonKey
from storage.authors import handle_index
from storage.case_rows import CASES, UNMERGED, case_of
from storage.noun import Noun
from storage.prepared import Prepared
from storage.tables import authors, cards, cases

OPEN = cases.c.state == CaseState.OPEN.value
MINE = cases.c.holder == bindparam("by")
HOLDERS = select(cases.c.holder).where(OPEN, cases.c.holder.is_not(None)).distinct()
MOST = bindparam("most", type_=Integer)
URGENT = (cases.c.urgency, cases.c.opened_at, cases.c.id)
"""Who waits: the most urgent first, and the oldest of those."""

HELD_BY = Prepared(
    CASES.where(OPEN, MINE).order_by(cases.c.claimed_at.desc(), cases.c.id.desc()).limit(MOST)
)
WAITING = Prepared(CASES.where(OPEN, cases.c.holder.is_(None)).order_by(*URGENT).limit(MOST))
FELL_DUE = (
    select(cases.c.id)
    .where(
        OPEN,
        cases.c.holder.is_(None),
        cases.c.due_at > bindparam("since"),
        cases.c.due_at <= bindparam("at"),
        # Of a storm those that have a card of their own: the others have nothing to say it on.
        cases.c.storm_id.is_(None) | exists().where(cards.c.case_id == cases.c.id),
    )
    .order_by(cases.c.id)
)
HOW_MANY_WAIT = select(func.count()).select_from(cases).where(OPEN, cases.c.holder.is_(None))
ABOUT_HANDLE = Prepared(
    CASES.where(
        authors.c.network == bindparam("network"),
        authors.c.handle_index == bindparam("handle"),
        UNMERGED,
    )
    .order_by(case((OPEN & MINE, 0), else_=1), cases.c.id.desc())
    .limit(MOST)
)


class CaseLists(Noun):
    __slots__ = ()

    def held_by(self, key: PersonKey, limit: int) -> list[Case]:
        """Open cases, the one claimed last first."""
        return self._list(HELD_BY, limit, by=key)

    def waiting(self, limit: int) -> list[Case]:
        """Open and held by nobody, the most urgent first and the oldest of those."""
        return self._list(WAITING, limit)

    def fell_due(self, since: datetime) -> list[CaseId]:
        """Those nobody holds whose answer was due since then, and now is."""
        due = self.conn.scalars(FELL_DUE, {"since": since, "at": self.now})
        return [CaseId(number) for number in due]

    def how_many_wait(self) -> int:
        return self.conn.execute(HOW_MANY_WAIT).scalar_one()

    def about_handle(self, key: PersonKey, network: str, handle: str, limit: int) -> list[Case]:
        """All about whoever bears this handle: an open one that `key` holds first, then newest."""
        about = {"by": key, "network": network, "handle": handle_index(self.vault, handle)}
        return self._list(ABOUT_HANDLE, limit, **about)

    def holders(self) -> list[PersonKey]:
        """Everybody who holds an open case."""
        return [PersonKey(holder) for holder in self.conn.scalars(HOLDERS)]

    def _list(self, query: Prepared, limit: int, **values: object) -> list[Case]:
        rows = query.rows(self.conn, {"most": limit, **values})
        return [case_of(row, self.vault) for row in rows]
