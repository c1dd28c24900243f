"""A storm of hostile posts: the rolling card, its list and whoever is taken from it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.sandbox.driver import Message
from tests import hostile
from tests.journeys.hurried import all_delivered, hurried
from tests.journeys.judged import judged
from tests.journeys.storming import OUTAGE, STORMY, told
from tests.running import Mode, Running

AT_ONCE = 6


@pytest.fixture
async def house(tmp_path: Path, database_url: str, mode: Mode) -> AsyncIterator[Running]:
    async with hurried(
        tmp_path, database_url, mode=mode, weather=STORMY, listen_every=0.5
    ) as started:
        await started.enrolled("anna")
        yield started


@pytest.mark.timeout(180)
@settings(hostile.FEW, max_examples=3)
@example([*hostile.WORST])
@given(st.lists(hostile.texts, min_size=AT_ONCE, max_size=AT_ONCE))
async def test_no_storm_of_posts_is_refused_raises_or_pings(
    house: Running, texts: list[str]
) -> None:
    since, before = len(house.sandbox.workspace.journal), len(house.sandbox.x.timeline())
    for number, text in enumerate(texts, start=before):
        words = f"@acme outage {text}"
        await house.sandbox.x.posts(f"storm{number}", words, name=text or None)
    cora, anna = house.person("cora"), house.person("anna")
    card = await cora.sees(f"Storm · {before + len(texts)} cases", channel=OUTAGE, timeout=20)
    shown: Message | None = await told(cora, "Show the list", on=card)
    while shown and "Show more" in shown.buttons:
        shown = await told(cora, "Show more", on=shown)
    await told(anna, "Take the next one", on=card)
    await all_delivered(house)
    judged(house, since=since)
