"""A strict Slack: one post a second and channel, no burst at all, for two replicas together."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from bot.app import at_work
from bot.care.deliveries import Pace
from bot.care.storms import Weather
from bot.manual import manifest_for
from bot.model.clock import Clock, utc_now
from bot.model.lanes import SLACKS, Rates
from bot.sandbox.driver import Message
from bot.sandbox.journal import Call
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from tests.faults.databases import count, minute_passes
from tests.faults.process import bot_running
from tests.faults.waiting import until, until_told
from tests.fixtures.houses import SOCKETS, only_on
from tests.running import QUICK, VAULT_KEY, Running, case_number, write_home

MANY = 6
CALM = Weather(opens_above=10_000)
"""Each customer a card of their own: storms are for other tests."""
CHANNELS = {"#care-billing": "refund", "#care-outage": "outage"}
SPEED = 10
"""So much faster than Slack's is the clock of a sandbox in haste, and so are our rates."""
IN_HASTE = Pace(
    first_wait=0.1,
    rates=Rates(
        **{
            name: replace(getattr(SLACKS, name), every=getattr(SLACKS, name).every / SPEED)
            for name in ("post", "dm", "edit", "home", "whisper", "posts")
        }
    ),
)


def hasty() -> float:
    return time.monotonic() * SPEED


@asynccontextmanager
async def replicas(
    home: Path,
    database_url: str,
    number: int,
    weather: Weather = CALM,
    pace: Pace = QUICK,
    clocks: tuple[Clock, ...] = (utc_now,),
    **rules: object,
) -> AsyncIterator[Running]:
    async with (
        Sandbox(manifest=manifest_for(""), **rules) as sandbox,  # type: ignore[arg-type]  # its own rules
        AsyncExitStack() as all_of_them,
    ):
        variables = {
            **sandbox.environment(),
            "DATABASE_URL": database_url,
            "USHER_VAULT_KEY": VAULT_KEY,
            "USHER_HTTP": "127.0.0.1:0",
        }
        settings = load_settings(write_home(home), variables)
        ushers = [
            await all_of_them.enter_async_context(
                at_work(settings, clock=clock, listen_every=0.1, pace=pace, weather=weather)
            )
            for clock in islice(cycle(clocks), number)
        ]
        yield Running(sandbox, ushers[0], home)


async def customers(house: Running, number: int, word: str) -> None:
    for one in range(number):
        await house.sandbox.x.posts(f"{word}{one}", f"@acme {word} number {one} please")


def cards(house: Running, channel: str) -> list[Message]:
    return [one for one in house.person("cora").messages(channel) if "Case" in one.words]


def refusals(house: Running) -> list[Call]:
    return [call for call in house.sandbox.workspace.journal.calls() if call.status == 429]


async def jittery(house: Running) -> None:
    """Now and then a post or an edit takes a little longer on its way."""
    while True:
        late = random.uniform(0.02, 0.2)  # noqa: S311  a network is no secret
        method = random.choice(["chat.postMessage", "chat.update"])  # noqa: S311  nor is a fault
        house.sandbox.workspace.faults.inject(method, kind=f"delay:{late:.2f}")
        await asyncio.sleep(0.25)


async def test_two_replicas_and_a_shaky_line_never_hear_that_it_is_too_much(
    tmp_path: Path, database_url: str
) -> None:
    async with replicas(
        tmp_path, database_url, 2, pace=IN_HASTE, post_burst=1, seconds=hasty
    ) as house:
        anna = await house.enrolled("anna")
        shaking = asyncio.create_task(jittery(house))
        for word in CHANNELS.values():
            await customers(house, 30, word)
        for channel in CHANNELS:
            await until(lambda where=channel: len(cards(house, where)) >= 3, seconds=30)
            await anna.clicks("Claim", on=cards(house, channel)[0])
        await until(lambda: all(len(cards(house, each)) == 30 for each in CHANNELS), seconds=70)
        shaking.cancel()
        assert refusals(house) == []
        assert await count(database_url, "cases") == 60


async def test_what_somebody_does_is_seen_while_two_hundred_cards_wait(
    tmp_path: Path, database_url: str
) -> None:
    async with replicas(tmp_path, database_url, 1, post_burst=1) as house:
        anna = await house.enrolled("anna")
        card = await house.card("jane", "@acme refund first", channel="#care-billing", seen="first")
        await customers(house, 200, "refund")
        await until_told(lambda: _waiting(database_url, 150), seconds=30)
        await anna.clicks("Claim", on=card)
        await house.person("cora").sees("Anna Berg", channel="#care-billing", timeout=5)
        assert await count(database_url, "deliveries WHERE state = 'waiting'") > 100
        assert refusals(house) == []


async def _waiting(database_url: str, number: int) -> bool:
    return await count(database_url, "deliveries WHERE state = 'waiting'") > number


async def test_a_refusal_that_one_replica_hears_rests_both(
    tmp_path: Path, database_url: str
) -> None:
    async with replicas(tmp_path, database_url, 2) as house:
        calls = house.sandbox.workspace.journal.calls
        house.sandbox.workspace.faults.inject("chat.postMessage", kind="429:2")
        await customers(house, 5, "refund")
        await until(lambda: len(cards(house, "#care-billing")) >= 2)
        refused, *others = calls("chat.postMessage")
        assert refused.status == 429
        billing = [call for call in others if call.args["channel"] == refused.args["channel"]]
        assert (billing[0].at - refused.at).total_seconds() >= 2
        assert refusals(house) == [refused]


@only_on(SOCKETS[0])
async def test_killed_among_many_posts_it_loses_none_of_them(
    tmp_path: Path, database_url: str
) -> None:
    write_home(tmp_path)
    async with Sandbox(manifest=manifest_for(""), post_burst=1) as sandbox:
        for one in range(MANY):
            await sandbox.x.posts(f"customer{one}", f"@acme refund number {one} please")
        async with bot_running(tmp_path, sandbox, database_url) as program:
            posts = sandbox.workspace.journal.calls
            await until(lambda: len(posts("chat.postMessage")) >= 2, seconds=30)
            await program.kill()
        assert await _waiting(database_url, 0)
        await minute_passes(database_url)
        async with bot_running(tmp_path, sandbox, database_url):
            cora = sandbox.person("cora")

            def numbers() -> set[int]:
                seen = [one for one in cora.messages("#care-billing") if "Case" in one.words]
                return {case_number(one) for one in seen}

            await until(lambda: len(numbers()) == MANY, seconds=60)
        assert await count(database_url, "cases") == MANY
