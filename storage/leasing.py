"""Who carries what now: rows that are due, as many of each lane as it has turns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update

from bot.model.delivery import TO_SLACK, Delivery, DeliveryKind, Leased
from bot.model.lanes import NONE, POSTS, Rate, Rates, is_post
from storage.due import PICK
from storage.due_lanes import DueLane, due_lanes
from storage.noun import Noun
from storage.tables import deliveries
from storage.turns import Mark, Turns

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

    def nothing_before(self, moment: datetime) -> None:
        self.take, self.opens_at = 0, moment


@dataclass(slots=True)
class _Posts:
    """The bucket over all lanes that post, and how many turns of it are promised."""

    mark: Mark
    rate: Rate
    promised: int = 0

    def allow(self, lane: _Lane) -> None:
        if self.promised + lane.take > self.mark.room(self.rate):
            lane.nothing_before(self.opens_at)
        self.promised += lane.take

    @property
    def opens_at(self) -> datetime:
        return max(self.mark.opens_at(self.rate), _next(self.mark.now, self.rate))


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
        ids = list(self.conn.scalars(PICK, {**due, "which": NONE, "most": limit}))
        lanes: list[_Lane] = []
        if TO_SLACK.intersection(kinds) and len(ids) < limit:
            lanes = self._planned(due, limit - len(ids), rates)
        # One order for all replicas, so that none waits for one that waits for it.
        for lane in sorted(lanes, key=lambda lane: lane.name):
            ids += self._picked(lane, due, rates)
        rows = self._leased(ids, owner=owner, end=self.now + timedelta(seconds=seconds))
        return Leased(rows, self._again_in(lanes))

    def _planned(self, due: Mapping[str, object], limit: int, rates: Rates) -> list[_Lane]:
        """Who should have gone first is first, as long as somebody is there to carry."""
        planned: list[_Lane] = []
        posts: _Posts | None = None
        for waits in due_lanes(self.conn, due, enough=limit + 1):
            lane = _turns_of(waits, self.now, limit, rates)
            if lane.take and is_post(lane.name):
                posts = posts or self._posts(rates)
                posts.allow(lane)
            limit -= lane.take
            planned.append(lane)
        if posts is not None:
            self._pay(posts, planned)
        return planned

    def _posts(self, rates: Rates) -> _Posts:
        return _Posts(Turns(self.scope).mark(POSTS, held=True), rates.of(POSTS))

    def _pay(self, posts: _Posts, lanes: list[_Lane]) -> None:
        """Takes what is promised; where somebody was faster with the very first of all posts…"""
        taken = posts.promised
        if not taken or Turns(self.scope).reserve(POSTS, posts.rate, posts.mark, taken):
            return
        for lane in lanes:
            if is_post(lane.name):
                # … they have it, and we are next.
                lane.nothing_before(posts.opens_at)

    def _picked(self, lane: _Lane, due: Mapping[str, object], rates: Rates) -> list[int]:
        if not lane.take:
            return []
        values = {**due, "which": lane.name, "most": lane.take}
        ids = list(self.conn.scalars(PICK, values))
        rate = rates.of(lane.name)
        if not ids or Turns(self.scope).reserve(lane.name, rate, lane.mark, len(ids)):
            return ids
        lane.nothing_before(_next(self.now, rate))
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


def _turns_of(waits: DueLane, now: datetime, limit: int, rates: Rates) -> _Lane:
    rate = rates.of(waits.name)
    mark = Mark(now, waits.free_at, waits.rests_until)
    room = mark.room(rate)
    take = min(waits.waiting, limit, room)
    if take == waits.waiting or take < room:
        # None is left behind, or not for want of a turn.
        return _Lane(waits.name, mark, take, None)
    return _Lane(waits.name, mark, take, mark.after(rate, take) if take else mark.opens_at(rate))


def _next(now: datetime, rate: Rate) -> datetime:
    return now + timedelta(seconds=rate.every)
