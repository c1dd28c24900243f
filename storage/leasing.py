"""Who carries what now: rows that are due, as many of each lane as it has turns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from bot.model.delivery import Delivery, DeliveryKind, Leased
from bot.model.lanes import NONE, Rates
from storage.noun import Noun
from storage.tables import deliveries, turns
from storage.tables.types import EPOCH
from storage.turns import Mark, Turns

WAITING = "waiting"

DUE = (
    deliveries.c.state == WAITING,
    deliveries.c.due_at <= bindparam("at"),
    # No lease reaches so far ahead: the clock was set back.
    (deliveries.c.leased_until <= bindparam("at")) | (deliveries.c.leased_until > bindparam("far")),
    deliveries.c.kind.in_(bindparam("kinds", expanding=True)),
)
LANES = (
    select(
        deliveries.c.lane,
        func.count().label("waiting"),
        turns.c.free_at,
        turns.c.rests_until,
    )
    .outerjoin_from(deliveries, turns, deliveries.c.lane == turns.c.lane)
    .where(*DUE)
    .group_by(deliveries.c.lane, turns.c.free_at, turns.c.rests_until)
    .order_by(func.min(deliveries.c.priority), func.min(deliveries.c.due_at), deliveries.c.lane)
)
PICK = (
    select(deliveries.c.id)
    .where(*DUE, deliveries.c.lane == bindparam("which"))
    .order_by(deliveries.c.priority, deliveries.c.due_at, deliveries.c.id)
    .limit(bindparam("most"))
    # SQLite leaves this out: there is one writer.
    .with_for_update(skip_locked=True)
)
LEASE = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        leased_by=bindparam("owner"),
        leased_until=bindparam("end"),
        attempts=deliveries.c.attempts + 1,
    )
    .returning(deliveries)
)


@dataclass(slots=True)
class _Lane:
    """`take` of the rows that wait are to go now; `opens_at` is when the others may."""

    name: str
    mark: Mark
    take: int
    opens_at: datetime | None


class Leasing(Noun):
    __slots__ = ()

    def lease(
        self,
        *,
        owner: str,
        limit: int,
        seconds: float,
        kinds: Sequence[DeliveryKind],
        rates: Rates,
    ) -> Leased:
        due = {
            "at": self.now,
            "far": self.now + timedelta(seconds=2 * seconds),
            "kinds": [kind.value for kind in kinds],
        }
        lanes = self._planned(self.conn.execute(LANES, due).all(), limit, rates)
        ids: list[int] = []
        # One order for all replicas, so that none waits for one that waits for it.
        for lane in sorted(lanes, key=lambda lane: lane.name):
            ids += self._picked(lane, due, rates)
        rows = self._leased(ids, owner=owner, end=self.now + timedelta(seconds=seconds))
        return Leased(rows, self._again_in(lanes))

    def _planned(self, found: Sequence[Row[Any]], limit: int, rates: Rates) -> list[_Lane]:
        """The most urgent lane first, as long as somebody is there to carry."""
        planned: list[_Lane] = []
        for row in found:
            mark = Mark(self.now, row.free_at or EPOCH, row.rests_until or EPOCH)
            if row.lane == NONE:
                lane = _Lane(row.lane, mark, min(row.waiting, limit), None)
            else:
                lane = _turns_of(row, mark, limit, rates)
            limit -= lane.take
            planned.append(lane)
        return planned

    def _picked(self, lane: _Lane, due: Mapping[str, object], rates: Rates) -> list[int]:
        if not lane.take:
            return []
        values = {**due, "which": lane.name, "most": lane.take}
        ids = list(self.conn.scalars(PICK, values))
        if not ids or lane.name == NONE:
            return ids
        rate = rates.of(lane.name)
        if Turns(self.scope).reserve(lane.name, rate, lane.mark, len(ids)):
            return ids
        lane.opens_at = self.now + timedelta(seconds=rate.every)
        return []

    def _leased(self, ids: list[int], *, owner: str, end: datetime) -> tuple[Delivery, ...]:
        if not ids:
            return ()
        rows = self.change(LEASE, {"ids": ids, "owner": owner, "end": end}).all()
        ordered = sorted(rows, key=lambda row: (row.priority, row.due_at, row.id))
        return tuple(
            Delivery(DeliveryKind(row.kind), row.subject, row.wanted, row.attempts, row.lane)
            for row in ordered
        )

    def _again_in(self, lanes: list[_Lane]) -> float | None:
        moments = [lane.opens_at for lane in lanes if lane.opens_at is not None]
        return (min(moments) - self.now).total_seconds() if moments else None


def _turns_of(row: Row[Any], mark: Mark, limit: int, rates: Rates) -> _Lane:
    rate = rates.of(row.lane)
    room = mark.room(rate)
    take = min(row.waiting, limit, room)
    if take == row.waiting or take < room:
        # None is left behind, or not for want of a turn.
        return _Lane(row.lane, mark, take, None)
    return _Lane(row.lane, mark, take, mark.after(rate, take) if take else mark.opens_at(rate))
