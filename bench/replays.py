"""Ten thousand deliveries of all kinds, duplicated and out of order: each deed is done once."""

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.engines import ENGINES
from bench.report import AT_MOST, Figure
from bot.care.deliveries import Pace
from bot.model.lanes import Rate, Rates
from tests.faults.flood import CHANNEL, Flood, known
from tests.postgres import fresh_database
from tests.running import running

PEOPLE = ("anna", "ben", "cora")
DELIVERIES, COPIES = {"sqlite": 8_640, "postgresql": 1_440}, 48
AT_ONCE = Rate(0.01, burst=1000)
HURRIED = Pace(first_wait=0.1, rates=Rates(dm=AT_ONCE, whisper=AT_ONCE))
"""How fast Slack lets us answer is not what is measured here."""


async def replays() -> Sequence[Figure]:
    return [await _on(engine) for engine in ENGINES]


async def _on(engine: str) -> Figure:
    """One answer that differs is a failure, and no figure."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = fresh_database() if engine == "postgresql" else f"sqlite:///{home / 'usher.db'}"
        async with running(
            home,
            url,
            pace=HURRIED,
            mode="http",
            listen_every=5,
            canaries=None,
            tier_burst=10_000.0,
        ) as house:
            card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
            await known(house, card)
            flood = Flood(house, card, PEOPLE, random.Random(7))
            poured = 0
            while poured < DELIVERIES[engine]:
                poured += await flood.pours(copies=COPIES)
            assert flood.different == [], "a copy was answered differently"
            done = await flood.acts(url)
    name = f"replays ({engine}, {poured} deliveries)"
    return Figure(name, done, "deeds done", flood.made, AT_MOST, 1.0)
