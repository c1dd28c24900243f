"""A wish in one statement: it joins the one that waits, and may make it more urgent."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, literal, literal_column, type_coerce

from bot.model.lanes import NOW
from storage.bulk import Bulk
from storage.noun import upsert
from storage.tables import deliveries
from storage.tables.types import EPOCH, Number

MUCH_TOO_LATE = 15_000_000
"""Microseconds, as the table counts: so long it may stand behind what is more urgent."""
TOO_LATE = literal_column(str(MUCH_TOO_LATE), Number)
URGENT = literal_column(str(NOW), Integer)
"""In the very text, as the other one: what is handed over in bulk has no room for more values."""

NEVER = literal(EPOCH, deliveries.c.leased_until.type)
"""Inside a CASE a bare value has no column to take its type from."""


def _waits(new: Any) -> ColumnElement[bool]:
    """It is wanted already, and nobody is under way with it."""
    return and_(deliveries.c.state == new.state, deliveries.c.leased_until == new.leased_until)


def _late_by(new: Any) -> ColumnElement[int]:
    return type_coerce(new.due_at, Number) - type_coerce(deliveries.c.due_at, Number)


# Everything in terms of the new row, so that it can be handed over in bulk.
WANT = Bulk(
    deliveries,
    upsert(
        deliveries,
        on=("kind", "subject"),
        setting=lambda new: {
            "wanted": deliveries.c.wanted + new.wanted,
            "state": new.state,
            # What is overdue stays so, else a busy card would never be the oldest; but what is
            # under way was in time, and the next time is as soon as this wish says.
            "due_at": case(
                (_waits(new) & (deliveries.c.due_at < new.due_at), deliveries.c.due_at),
                else_=new.due_at,
            ),
            "attempts": case(
                (deliveries.c.state == new.state, deliveries.c.attempts), else_=new.attempts
            ),
            # Whoever is in a hurry makes it urgent, and so does waiting, or what comes behind the
            # others would never come; the lane is what the row itself knows best.
            "priority": case(
                (_waits(new) & (_late_by(new) > TOO_LATE), URGENT),
                (
                    (deliveries.c.state == new.state) & (deliveries.c.priority < new.priority),
                    deliveries.c.priority,
                ),
                else_=new.priority,
            ),
        },
    ),
)
