"""Slack counts a workspace's posts: we stay below that, and when it is full all of them rest."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from bot.care.deliveries import Pace
from bot.care.storms import Weather
from bot.model.lanes import POSTS, Rate, Rates
from storage.tables.types import EPOCH
from tests.faults.databases import rows
from tests.faults.test_turns import (
    CHANNELS,
    IN_HASTE,
    SPEED,
    cards,
    customers,
    hasty,
    refusals,
    replicas,
)
from tests.faults.waiting import until, until_told
from tests.fixtures.houses import SOCKETS, only_on
from tests.running import running

FEW_POSTS = Rates(post=Rate(1.1 / SPEED), edit=Rate(0.5 / SPEED), posts=Rate(0.21, burst=3))
"""Slack's minute is six seconds long, and takes thirty."""
ONE_BY_ONE = Weather(opens_above=10_000)
CUSTOMERS = 26
"""In each of two channels: as fast as those go, the minute would be too full."""
REST = 300
"""Longer than any machine is busy: a test ends it by itself."""


@only_on(SOCKETS[1])
async def test_the_workspaces_limit_is_never_heard_of(tmp_path: Path, database_url: str) -> None:
    async with running(
        tmp_path,
        database_url,
        pace=Pace(first_wait=0.1, idle=0.1, rates=FEW_POSTS),
        weather=ONE_BY_ONE,
        post_burst=1,
        posts_per_minute=30,
        seconds=hasty,
    ) as house:
        for word in CHANNELS.values():
            await customers(house, CUSTOMERS, word)
        await until(
            lambda: all(len(cards(house, each)) == CUSTOMERS for each in CHANNELS), seconds=80
        )
        assert refusals(house) == []


async def test_when_slack_refuses_a_post_all_posts_rest_and_edits_go_on(
    tmp_path: Path, database_url: str
) -> None:
    async with replicas(tmp_path, database_url, 2, pace=IN_HASTE, seconds=hasty) as house:
        anna = await house.enrolled("anna")
        card = await house.card("jane", "@acme refund first", channel="#care-billing", seen="first")
        calls = house.sandbox.workspace.journal.calls
        house.sandbox.workspace.faults.inject("chat.postMessage", kind=f"429:{REST}")
        for word in CHANNELS.values():
            await customers(house, 5, word)
        await until(lambda: bool(refusals(house)))
        (refused,) = refusals(house)
        noted = await rest_noted(database_url) - timedelta(seconds=REST)
        assert noted >= refused.at
        await anna.clicks("Claim", on=card)
        await house.person("cora").sees("Anna Berg", channel="#care-billing", timeout=30)
        # Long enough for all that wait, if they did not rest.
        await asyncio.sleep(1)
        # In each channel one may have been under way.
        assert sum(call.at > noted for call in calls("chat.postMessage")) <= len(CHANNELS)
        before = len(calls("chat.postMessage"))
        await rows(database_url, "UPDATE turns SET rests_until = 0 RETURNING lane")
        await until(lambda: len(calls("chat.postMessage")) > before, seconds=40)
        assert refusals(house) == [refused]


async def rest_noted(database_url: str) -> datetime:
    """Until when all posts rest."""
    asked = f"SELECT rests_until FROM turns WHERE lane = '{POSTS}' AND rests_until > 0"  # noqa: S608  our own word

    async def is_noted() -> bool:
        return bool(await rows(database_url, asked))

    await until_told(is_noted)
    ((microseconds,),) = await rows(database_url, asked)
    return EPOCH + timedelta(microseconds=microseconds)
