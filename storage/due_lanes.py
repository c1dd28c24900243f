"""The lanes in which something is due, and which of them should have gone the longest ago."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from bot.model.lanes import NONE, NOW, SOMETIME, SOON
from storage.due import BEHIND_PEOPLE, MOST, TO_PEOPLE, WALKED
from storage.tables.types import EPOCH
from storage.wanting import MUCH_TOO_LATE

FEW = 20
"""People who may keep all couriers busy, whoever stands behind them."""
PATIENCE = {
    NOW: timedelta(),
    SOON: timedelta(microseconds=MUCH_TOO_LATE),
    # A morning's messages are all due at once: even of a thousand no card waits for the last.
    SOMETIME: timedelta(minutes=4),
}
"""So long it stands behind what is due now, and after that before whatever is due later."""


@dataclass(slots=True)
class DueLane:
    """`before`: the moment of the row that should have gone first."""

    name: str
    before: datetime
    free_at: datetime
    rests_until: datetime
    waiting: int = 0


def due_lanes(conn: Connection, due: Mapping[str, object], *, enough: int) -> list[DueLane]:
    """Who should have gone first stands first. `waiting` is no more than a few times `enough`."""
    rows = list(conn.execute(TO_PEOPLE, due))
    crowded = any(_crowded([row for row in rows if row.rank == rank]) for rank in PATIENCE)
    behind = {**due, "enough": enough, "after": NONE if crowded else BEHIND_PEOPLE}
    walked = [row for row in conn.execute(WALKED, behind) if row.waiting]
    return _together(walked if crowded else rows + walked)


def _crowded(rows: list[Row[Any]]) -> bool:
    """So much is due to so few that others with a turn may stand behind, unseen."""
    return len(rows) < FEW and sum(row.waiting for row in rows) >= MOST


def _together(rows: list[Row[Any]]) -> list[DueLane]:
    lanes: dict[str, DueLane] = {}
    for row in rows:
        before = row.since + PATIENCE[row.rank]
        if (lane := lanes.get(row.lane)) is None:
            turn = (row.free_at or EPOCH, row.rests_until or EPOCH)
            lane = lanes[row.lane] = DueLane(row.lane, before, *turn)
        lane.before = min(lane.before, before)
        lane.waiting += row.waiting
    return sorted(lanes.values(), key=lambda lane: (lane.before, lane.name))
