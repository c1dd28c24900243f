"""What is due, asked so that many thousands which wait cost no more than a few: along an index.

People's lanes are as many as there are colleagues, and most of them wait for a morning: what is due
there is asked for by its hour. The others are few, and may hold very much: they are walked.
"""

from typing import Any

from sqlalchemy import (
    Select,
    Subquery,
    bindparam,
    func,
    literal,
    select,
    text,
    union_all,
)

from bot.model.lanes import NOW, SOMETIME, SOON
from storage.tables import deliveries, turns
from storage.tables.deliveries import PEOPLES

WAITING = "waiting"
MOST = 200
"""Of each priority so many rows to people are looked at, the longest due first."""
BEHIND_PEOPLE = "dn"
"""In whatever order the database sorts, dm:… stands before it, and all other lanes behind."""

WAITS = deliveries.c.state == WAITING
DUE = (
    WAITS,
    deliveries.c.due_at <= bindparam("at"),
    # No lease reaches so far ahead: the clock was set back.
    (deliveries.c.leased_until <= bindparam("at")) | (deliveries.c.leased_until > bindparam("far")),
    deliveries.c.kind.in_(bindparam("kinds", expanding=True)),
)
PICK = (
    select(deliveries.c.id)
    .where(*DUE, deliveries.c.lane == bindparam("which"))
    # As the index has them: to put equals into order all of them would have to be read.
    .order_by(deliveries.c.priority, deliveries.c.due_at)
    .limit(bindparam("most"))
    # SQLite leaves this out: there is one writer.
    .with_for_update(skip_locked=True)
)


def _names() -> Subquery:
    """Of all lanes behind `after` in which anything waits, from each to the next."""
    lane = deliveries.c.lane
    first = select(func.min(lane).label("lane")).where(WAITS, lane > bindparam("after"))
    names = first.cte("names", recursive=True)
    behind = (
        select(func.min(lane)).where(WAITS, lane > names.c.lane).correlate(names).scalar_subquery()
    )
    names = names.union_all(select(behind).where(names.c.lane.is_not(None)))
    return select(names.c.lane).where(names.c.lane.is_not(None)).subquery("lanes")


def _walked() -> Select[Any]:
    """Of each lane and priority: since when, and how many are due; `enough` is counted."""
    lanes = _names()
    ranks = union_all(*(select(literal(rank).label("rank")) for rank in (NOW, SOON, SOMETIME)))
    ranks_of_all = ranks.subquery("ranks")
    both = (lanes, ranks_of_all)
    due = (*DUE, deliveries.c.lane == lanes.c.lane, deliveries.c.priority == ranks_of_all.c.rank)
    # A join to the row itself would be quicker to write, and PostgreSQL would read all rows for it.
    since = select(deliveries.c.due_at).where(*due).order_by(deliveries.c.due_at).limit(1)
    some = select(deliveries.c.id).where(*due).limit(bindparam("enough")).correlate(*both)
    waiting = select(func.count()).select_from(some.subquery("some")).scalar_subquery()
    return (
        select(
            lanes.c.lane,
            ranks_of_all.c.rank,
            since.correlate(*both).scalar_subquery().label("since"),
            waiting.label("waiting"),
            turns.c.free_at,
            turns.c.rests_until,
        )
        .select_from(lanes.join(ranks_of_all, literal(True)))
        .outerjoin(turns, turns.c.lane == lanes.c.lane)
    )


def _to_people() -> Select[Any]:
    """As `WALKED`, of the lanes that have some of the `MOST` longest due."""
    row = (deliveries.c.lane, deliveries.c.priority, deliveries.c.due_at)
    longest = [
        select(*row)
        .where(text(PEOPLES), *DUE, deliveries.c.priority == rank)
        .order_by(deliveries.c.due_at)
        .limit(MOST)
        .subquery(f"longest_{rank}")
        for rank in (NOW, SOON, SOMETIME)
    ]
    due = union_all(*(select(each) for each in longest)).subquery("due")
    lane = (due.c.lane, due.c.priority.label("rank"))
    turn = (turns.c.free_at, turns.c.rests_until)
    return (
        select(*lane, func.min(due.c.due_at).label("since"), func.count().label("waiting"), *turn)
        .outerjoin_from(due, turns, turns.c.lane == due.c.lane)
        .group_by(due.c.lane, due.c.priority, *turn)
    )


WALKED = _walked()
TO_PEOPLE = _to_people()
