"""Two thousand mentions in ten minutes: none lost, no limit of Slack hit, the last soon seen.

Time is pressed together `SPEED` times: how fast they come, Slack's limits and our own rates alike.
What travels between processes is not, so that each call weighs as many times more than it should.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.engines import ENGINES
from bench.report import AT_MOST, Figure
from bot.care.deliveries import Pace
from bot.care.storms import Weather
from bot.model.lanes import Rate, Rates
from bot.sandbox.journal import Call
from tests.faults.databases import rows
from tests.postgres import fresh_database
from tests.running import Page, Running, running

SPEED = 10.0
MENTIONS, MINUTES = 2000, 10
ALLOWED = 60.0
"""Seconds the furthest may be behind, from the post on X to a card that shows or counts it."""
PATIENCE = 30.0

USUAL = Rates()
RATES = Rates(
    post=Rate(USUAL.post.every / SPEED),
    dm=Rate(USUAL.dm.every / SPEED),
    edit=Rate(USUAL.edit.every / SPEED, burst=USUAL.edit.burst),
    posts=Rate(USUAL.posts.every / SPEED, burst=USUAL.posts.burst),
)
PACE = Pace(idle=1 / SPEED, first_wait=1 / SPEED, rates=RATES)
WEATHER = Weather(
    ends_after=Weather().ends_after / SPEED,
    look_every=Weather().look_every / SPEED,
    redrawn_every=Weather().redrawn_every / SPEED,
)
WORDS = ("outage", "refund", "hello")
CHANNELS = ("#care-outage", "#care-billing", "#care-general")
SHAPES: dict[str, Callable[[int], int]] = {
    "even": lambda number: number % 3,
    "80 % in one": lambda number: 0 if number % 10 < 8 else 1 + number % 2,
}

SHOWN = (
    "SELECT cases.id, cases.storm_id, mentions.created_at FROM mentions "
    "JOIN cases ON cases.id = mentions.case_id ORDER BY cases.id"
)


async def storm() -> Sequence[Figure]:
    """Each engine has a storm of another shape, side by side: both wait most of the time."""
    async with AsyncExitStack() as stack:
        # Both at work before it begins: a database that is set up stops everything else.
        worlds = [await stack.enter_async_context(_house(engine)) for engine in ENGINES]
        found = await asyncio.gather(
            *(_behind(*world, SHAPES[shape]) for world, shape in zip(worlds, SHAPES, strict=True))
        )
    return [
        Figure(f"storm ({engine}, {shape})", behind, "s behind", ALLOWED, AT_MOST, 1.0)
        for engine, shape, behind in zip(ENGINES, SHAPES, found, strict=True)
    ]


async def _behind(house: Running, url: str, shape: Callable[[int], int]) -> float:
    # A quiet hour came before: each channel is known.
    for place, word in enumerate(WORDS):
        await house.card(f"early{place}", f"@acme {word} from me", channel=CHANNELS[place])
    await _struck(house, shape)
    behind = await _all_seen(house, url)
    calls = house.sandbox.workspace.journal.calls()
    refused = {call.method for call in calls if call.status == 429}
    assert not refused, f"Slack said 429 to {', '.join(refused)}"
    return behind


@asynccontextmanager
async def _house(engine: str) -> AsyncIterator[tuple[Running, str]]:
    def change(page: Page) -> None:
        # Posts asked for once more are dropped once more, which must not weigh many times as much.
        page["networks"]["x"] |= {"poll_seconds": 1, "overlap_seconds": 1}

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = fresh_database() if engine == "postgresql" else f"sqlite:///{home / 'usher.db'}"
        async with running(
            home,
            url,
            change=change,
            listen_every=15 / SPEED,
            pace=PACE,
            weather=WEATHER,
            canaries=None,
            post_burst=1,
            seconds=lambda: time.monotonic() * SPEED,
        ) as house:
            yield house, url


async def _struck(house: Running, channel: Callable[[int], int]) -> None:
    began = time.monotonic()
    for number in range(MENTIONS):
        due = began + number * MINUTES * 60 / SPEED / MENTIONS
        if (early := due - time.monotonic()) > 0:
            await asyncio.sleep(early)
        text = f"@acme {WORDS[channel(number)]}, and nobody answers my message number {number}"
        await house.sandbox.x.posts(f"customer{number}", text)


async def _all_seen(house: Running, url: str) -> float:
    """How many seconds, not pressed together, the furthest mention was behind."""
    deadline = time.monotonic() + PATIENCE
    while True:
        kept = [Kept(*row) for row in await rows(url, SHOWN)][len(WORDS) :]
        seen = Seen.in_calls(house.sandbox.workspace.journal.calls())
        moments = seen.moments(kept)
        if len(moments) == MENTIONS:
            return max(moments) * SPEED
        left = deadline - time.monotonic()
        assert left > 0, f"{MENTIONS} were said, {len(kept)} are kept, {len(moments)} are seen"
        await asyncio.sleep(0.5)


@dataclass(frozen=True, slots=True)
class Kept:
    case_id: int
    storm_id: int | None
    microseconds: int

    def until(self, seen_at: datetime) -> float:
        said_at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=self.microseconds)
        return (seen_at - said_at).total_seconds()


@dataclass(frozen=True, slots=True)
class Seen:
    """When a card of a case was posted, and when the card of a storm counted how many."""

    cards: dict[int, datetime]
    counted: dict[int, list[tuple[int, datetime]]]

    @classmethod
    def in_calls(cls, calls: Sequence[Call]) -> "Seen":
        seen = cls({}, {})
        for call in calls:
            blocks = call.args.get("blocks") if call.answer.get("ok") else None
            if not blocks or call.method not in ("chat.postMessage", "chat.update"):
                continue
            kind, number, *_ = (*str(blocks[-1].get("block_id")).split("."), "")
            if kind == "case":
                seen.cards.setdefault(int(number), call.at)
            elif kind == "storm":
                (count,) = re.findall(r"([\d,]+) cases", str(blocks[0]))
                counts = seen.counted.setdefault(int(number), [])
                counts.append((int(count.replace(",", "")), call.at))
        return seen

    def moments(self, kept: Sequence[Kept]) -> list[float]:
        """For each that was seen the seconds from the post to that."""
        joined: dict[int, int] = {}
        found = []
        for one in kept:
            at = self.cards.get(one.case_id)
            if one.storm_id is not None:
                place = joined[one.storm_id] = joined.get(one.storm_id, 0) + 1
                counts = self.counted.get(one.storm_id, ())
                at = next((at for count, at in counts if count >= place), at)
            if at is not None:
                found.append(one.until(at))
        return found
