"""Slack counts a workspace's posts: we stay below that, and when it is full all of them rest."""

import time
from datetime import timedelta
from pathlib import Path

from bot.care.deliveries import Pace
from bot.care.storms import Weather
from bot.model.lanes import Rate, Rates
from tests.faults.test_turns import CHANNELS, cards, customers, refusals, replicas
from tests.faults.waiting import until
from tests.running import running

SPEED = 10
"""Slack's minute is six seconds long."""
IN_HASTE = Rates(post=Rate(1.1 / SPEED), edit=Rate(0.5 / SPEED), posts=Rate(0.21, burst=3))
ONE_BY_ONE = Weather(opens_above=10_000)
CUSTOMERS = 40
REST = 10


async def test_the_workspaces_limit_is_never_heard_of(tmp_path: Path, database_url: str) -> None:
    async with running(
        tmp_path,
        database_url,
        pace=Pace(first_wait=0.1, idle=0.1, rates=IN_HASTE),
        weather=ONE_BY_ONE,
        post_burst=1,
        posts_per_minute=30,
        seconds=lambda: time.monotonic() * SPEED,
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
    async with replicas(tmp_path, database_url, 2) as house:
        anna = await house.enrolled("anna")
        card = await house.card("jane", "@acme refund first", channel="#care-billing", seen="first")
        calls = house.sandbox.workspace.journal.calls
        house.sandbox.workspace.faults.inject("chat.postMessage", kind=f"429:{REST}")
        for word in CHANNELS.values():
            await customers(house, 3, word)
        await until(lambda: bool(refusals(house)))
        (refused,) = refusals(house)
        over = refused.at + timedelta(seconds=REST)
        await anna.clicks("Claim", on=card)
        await house.person("cora").sees("Anna Berg", channel="#care-billing", timeout=REST)
        await until(lambda: len(cards(house, "#care-outage")) == 3, seconds=40)
        # What was under way with it had left before.
        just_then = refused.at + timedelta(seconds=1)
        posts = [call.at for call in calls("chat.postMessage") if call.at > just_then]
        assert posts
        assert min(posts) >= over
        assert min(call.at for call in calls("chat.update")) < over
        assert refusals(house) == [refused]
