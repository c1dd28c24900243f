"""The lists of cases people ask for, each one statement that is compiled once."""

from sqlalchemy import Integer, bindparam, case

from bot.model.case import CaseState
from storage.case_rows import CASES
from storage.tables import authors, cases

OPEN = cases.c.state == CaseState.OPEN.value
MINE = cases.c.holder == bindparam("by")
MOST = bindparam("most", type_=Integer)

HELD_BY = CASES.where(OPEN, MINE).order_by(cases.c.claimed_at.desc(), cases.c.id.desc()).limit(MOST)
WAITING = (
    CASES.where(OPEN, cases.c.holder.is_(None))
    .order_by(cases.c.urgency, cases.c.opened_at, cases.c.id)
    .limit(MOST)
)
NEWEST = CASES.order_by(cases.c.id.desc()).limit(MOST)
ABOUT_HANDLE = (
    CASES.where(
        authors.c.network == bindparam("network"),
        authors.c.handle_index == bindparam("handle"),
    )
    .order_by(case((OPEN & MINE, 0), else_=1), cases.c.id.desc())
    .limit(MOST)
)
