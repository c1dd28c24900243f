"""What is due, asked so that many thousands which wait cost no more than a few: along an index."""

from typing import Any

from sqlalchemy import Select, Subquery, bindparam, func, select

from bot.model.lanes import NONE
from storage.tables import deliveries, turns

WAITING = "waiting"

WAITS = deliveries.c.state == WAITING
DUE = (
    WAITS,
    deliveries.c.due_at <= bindparam("at"),
    # No lease reaches so far ahead: the clock was set back.
    (deliveries.c.leased_until <= bindparam("at")) | (deliveries.c.leased_until > bindparam("far")),
    deliveries.c.kind.in_(bindparam("kinds", expanding=True)),
)
TURN = (deliveries.c.priority, deliveries.c.due_at)
PICK = (
    select(deliveries.c.id)
    .where(*DUE, deliveries.c.lane == bindparam("which"))
    # As the index has them: to put equals into order all of them would have to be read.
    .order_by(*TURN)
    .limit(bindparam("most"))
    # SQLite leaves this out: there is one writer.
    .with_for_update(skip_locked=True)
)


def _names() -> Subquery:
    """Of all lanes in which anything waits, from each to the next."""
    first = select(func.min(deliveries.c.lane).label("lane")).where(WAITS, deliveries.c.lane > NONE)
    names = first.cte("names", recursive=True)
    behind = (
        select(func.min(deliveries.c.lane))
        .where(WAITS, deliveries.c.lane > names.c.lane)
        .correlate(names)
        .scalar_subquery()
    )
    names = names.union_all(select(behind).where(names.c.lane.is_not(None)))
    return select(names.c.lane).where(names.c.lane.is_not(None)).subquery("lanes")


def _lanes() -> Select[Any]:
    """Those that take turns, the most urgent first, and what waits there: `enough` is counted."""
    lanes = _names()
    due = (*DUE, deliveries.c.lane == lanes.c.lane)
    some = select(deliveries.c.id).where(*due).limit(bindparam("enough")).correlate(lanes)
    # A join to the row itself would be quicker to write, and PostgreSQL would read all rows for it.
    rank, since = (
        select(column).where(*due).order_by(*TURN).limit(1).correlate(lanes).scalar_subquery()
        for column in TURN
    )
    waiting = select(func.count()).select_from(some.subquery("some")).scalar_subquery()
    return (
        select(lanes.c.lane, waiting.label("waiting"), turns.c.free_at, turns.c.rests_until)
        .outerjoin_from(lanes, turns, turns.c.lane == lanes.c.lane)
        .order_by(rank, since, lanes.c.lane)
    )


LANES = _lanes()
