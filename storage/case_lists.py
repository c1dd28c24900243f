"""The lists of cases people ask for, each one statement that is compiled once."""

from sqlalchemy import Integer, bindparam, case, exists, func, select

from bot.model.case import CaseState
from storage.case_rows import CASES, UNMERGED
from storage.tables import authors, cards, cases

OPEN = cases.c.state == CaseState.OPEN.value
MINE = cases.c.holder == bindparam("by")
HOLDERS = select(cases.c.holder).where(OPEN, cases.c.holder.is_not(None)).distinct()
MOST = bindparam("most", type_=Integer)
URGENT = (cases.c.urgency, cases.c.opened_at, cases.c.id)
"""Who waits: the most urgent first, and the oldest of those."""

HELD_BY = CASES.where(OPEN, MINE).order_by(cases.c.claimed_at.desc(), cases.c.id.desc()).limit(MOST)
WAITING = CASES.where(OPEN, cases.c.holder.is_(None)).order_by(*URGENT).limit(MOST)
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
ABOUT_HANDLE = (
    CASES.where(
        authors.c.network == bindparam("network"),
        authors.c.handle_index == bindparam("handle"),
        UNMERGED,
    )
    .order_by(case((OPEN & MINE, 0), else_=1), cases.c.id.desc())
    .limit(MOST)
)
