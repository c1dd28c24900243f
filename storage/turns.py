"""Turns: a token bucket for each lane, one for all replicas together, and one over all posts.

A turn is reserved before the call, by whoever sees the bucket first as the others left it. Where no
burst is allowed, the next turn counts from the end of a call: how long it was under way matters to
Slack as well.

Whoever needs the bucket over all posts takes that first, so that none waits for one that waits for
it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, select, update

from bot.model.lanes import POSTS, Rate, Rates, is_post
from storage.noun import Noun, upsert
from storage.tables import turns
from storage.tables.types import EPOCH

HOLD = timedelta(seconds=3)
"""So long a lane without bursts waits for the one who is under way, and who may have died."""
LONGEST_REST = timedelta(minutes=5)
_FAR_REST = 2 * LONGEST_REST

TAKE = upsert(
    turns,
    on=("lane",),
    setting=lambda new: {"free_at": new.free_at},
    # Two who saw the same reserve the same turn: the second one's update meets another row.
    where=lambda _new: turns.c.free_at == bindparam("seen"),
)
REST = upsert(
    turns,
    on=("lane",),
    setting=lambda new: {
        # A shorter rest, of which we hear later, ends no longer one.
        "rests_until": case(
            (
                turns.c.rests_until.between(new.rests_until, bindparam("far")),
                turns.c.rests_until,
            ),
            else_=new.rests_until,
        )
    },
)
THIS = turns.c.lane == bindparam("which")
HOME = update(turns).where(THIS).values(free_at=bindparam("next"))
GET = select(turns.c.free_at, turns.c.rests_until).where(THIS)
# Others wait until we are through with it. SQLite leaves this out: there is one writer.
HOLD_IT = GET.with_for_update()


@dataclass(frozen=True, slots=True)
class Mark:
    """How a lane was seen at `now`. A moment too far ahead is from a clock that was set back."""

    now: datetime
    free_at: datetime = EPOCH
    rests_until: datetime = EPOCH

    def opens_at(self, rate: Rate) -> datetime:
        """When the next turn is free; in the past as far as the burst reaches."""
        far = self.now + 2 * max(HOLD, _every(rate))
        free = self.free_at if self.free_at <= far else self.now
        rest = self.rests_until if self.rests_until <= self.now + _FAR_REST else EPOCH
        return max(free, rest, self.now - (rate.burst - 1) * _every(rate))

    def room(self, rate: Rate) -> int:
        """How many turns are free."""
        waited = self.now - self.opens_at(rate)
        return 0 if waited < timedelta() else min(rate.burst, waited // _every(rate) + 1)

    def after(self, rate: Rate, count: int) -> datetime:
        """When the next turn is free, once `count` of them are taken."""
        if rate.burst == 1:
            return self.now + max(HOLD, _every(rate))
        return self.opens_at(rate) + count * _every(rate)


class Turns(Noun):
    __slots__ = ()

    def take(self, lane: str, rates: Rates) -> float:
        """One turn. 0 when it was got, else the seconds until there may be one."""
        marks = [(each, rates.of(each), self.mark(each, held=True)) for each in _chain(lane)]
        if not all(mark.room(rate) for _, rate, mark in marks):
            opens = max(mark.opens_at(rate) for _, rate, mark in marks)
            return (opens - self.now).total_seconds()
        # Only where a row is quite new may somebody have come between.
        if all(self.reserve(each, rate, mark, 1) for each, rate, mark in marks):
            return 0.0
        return rates.of(lane).every

    def reserve(self, lane: str, rate: Rate, mark: Mark, count: int) -> bool:
        """False where somebody else was faster."""
        values = {
            "lane": lane,
            "free_at": mark.after(rate, count),
            "rests_until": EPOCH,
            "seen": mark.free_at,
        }
        return self.change(TAKE, values).rowcount == 1

    def home(self, lane: str, rate: Rate, *, rest: float = 0.0) -> None:
        """A call came back: a lane without bursts is free again, so much later.

        `rest`: Slack refused, and nobody goes before so many seconds are over, in no replica. It
        does not say whether a channel or the workspace had too much. Our own turn was kept, so
        that after a post we rest all posts.
        """
        if rest:
            for each in _chain(lane):
                self._rest(each, rest)
        if rate.burst == 1:
            self.change(HOME, {"which": lane, "next": self.now + _every(rate)})

    def _rest(self, lane: str, seconds: float) -> None:
        until = self.now + min(timedelta(seconds=seconds), LONGEST_REST)
        far = self.now + _FAR_REST
        self.change(REST, {"lane": lane, "free_at": EPOCH, "rests_until": until, "far": far})

    def mark(self, lane: str, *, held: bool = False) -> Mark:
        """`held`: until this transaction ends nobody else changes it."""
        row = self.conn.execute(HOLD_IT if held else GET, {"which": lane}).one_or_none()
        return Mark(self.now) if row is None else Mark(self.now, row.free_at, row.rests_until)


def _chain(lane: str) -> tuple[str, ...]:
    """All buckets that a turn is taken from."""
    return (POSTS, lane) if is_post(lane) else (lane,)


def _every(rate: Rate) -> timedelta:
    return timedelta(seconds=rate.every)
