"""`kill -9` in the middle and started again: nothing lost, nothing twice. SIGTERM: all in order."""

import time
from dataclasses import dataclass
from pathlib import Path

from bot.manual import manifest_for
from bot.sandbox.driver import Heard, View
from bot.sandbox.server import Sandbox
from tests.faults.databases import blocked, count, locked, minute_passes, rows
from tests.faults.process import Program, bot_running
from tests.faults.tracker import issues, to_roundup, variables
from tests.faults.waiting import until, until_told
from tests.peers.lossy_proxy import LossyProxy
from tests.peers.roundup import RoundupPeer
from tests.running import Page, case_number, heard, write_home

CHANNELS = {"#care-billing": "refund", "#care-outage": "outage", "#care-general": "hello"}
HANDLES = [f"customer{number}" for number in range(9)]
FILING = "/data/issue/@poe/"


@dataclass(frozen=True, slots=True)
class World:
    """What lives on while the bot dies."""

    sandbox: Sandbox
    database_url: str
    line: LossyProxy
    roundup: RoundupPeer

    def cards(self) -> list[str]:
        """The handle on each card that stands in any channel."""
        cora = self.sandbox.person("cora")
        seen = [one.words for channel in CHANNELS for one in cora.messages(channel)]
        return [handle for words in seen for handle in HANDLES if f"@{handle} " in words]


async def test_killed_twice_and_then_told_to_end(
    tmp_path: Path, database_url: str, roundup: RoundupPeer
) -> None:
    def change(page: Page) -> None:
        page["networks"]["x"]["poll_seconds"] = 1
        to_roundup(page, roundup)

    write_home(tmp_path, change)
    async with Sandbox(manifest=manifest_for("")) as sandbox, LossyProxy(roundup.address) as line:
        world, more = World(sandbox, database_url, line, roundup), variables(roundup, line.url)
        async with bot_running(tmp_path, sandbox, database_url, more) as bot:
            await killed_while_taking_mentions_in(world, bot)
        await minute_passes(database_url)
        async with bot_running(tmp_path, sandbox, database_url, more) as bot:
            number = await killed_while_handing_off(world, bot)
        await minute_passes(database_url)
        async with bot_running(tmp_path, sandbox, database_url, more) as bot:
            await nothing_lost_nothing_twice(world, number)
            await told_to_end_finishes_what_was_asked(world, bot, number)
            assert "Traceback" not in bot.log
            assert "mishap" not in bot.log


async def killed_while_taking_mentions_in(world: World, bot: Program) -> None:
    x = world.sandbox.x
    for number, handle in enumerate(HANDLES):
        word = tuple(CHANNELS.values())[number % 3]
        await x.posts(handle, f"@acme {word} from {handle}", late=True)
    x.faults.inject("timeout:1", on="mentions")
    # Taken up: the bot has asked, and X takes its time.
    await until(lambda: not x.faults._orders)
    for post in x.timeline():
        x.release(post)
    async with locked(world.database_url, table="audit_events"):
        answered = len(x.calls)
        await until(lambda: len(x.calls) > answered)
        await blocked(world.database_url)
        await bot.kill()
    assert await count(world.database_url, "mentions") == 0
    assert await count(world.database_url, "cases") == 0


async def killed_while_handing_off(world: World, bot: Program) -> int:
    """The request for a ticket is on its way, and so are some cards."""
    anna = world.sandbox.person("anna")
    guidebook = await anna.types("/usher enroll")
    assert isinstance(guidebook, View)
    await anna.submits(guidebook, {})
    brought = await anna.types("/case new @jane wants a policy")
    assert isinstance(brought, Heard)
    number = case_number(brought)
    await anna.sees("@customer", channel="#care-billing", timeout=15)
    world.line.delays("POST", FILING, seconds=0.3)
    await anna.types(f"/handoff {number} sales He asks for an offer.")
    await until(lambda: any(FILING in call for call in world.line.calls))
    await bot.kill()
    ((key,),) = await rows(world.database_url, "SELECT key FROM handoffs")

    async def arrived() -> bool:
        return bool(await issues(world.roundup, key))

    await until_told(arrived)
    return number


async def nothing_lost_nothing_twice(world: World, number: int) -> None:
    anna = world.sandbox.person("anna")
    await anna.sees(f"Case {number} is with sales now", channel="@usher", timeout=15)
    await until(lambda: set(world.cards()) == set(HANDLES))
    assert await count(world.database_url, "mentions") == len(HANDLES)
    assert await count(world.database_url, "cases") == len(HANDLES) + 1
    assert await count(world.database_url, "handoffs WHERE state = 'filed'") == 1
    ((key,),) = await rows(world.database_url, "SELECT key FROM handoffs")
    assert len(await issues(world.roundup, key)) == 1
    # A card comes again only where the kill fell between Slack's doing and our noting it.
    assert len(world.cards()) - len(HANDLES) <= len(CHANNELS)


async def told_to_end_finishes_what_was_asked(world: World, bot: Program, number: int) -> None:
    ben = world.sandbox.person("ben")
    async with locked(world.database_url):
        said = heard(await ben.types(f"/case note {number} they wrote last week"))
        assert "Still working" in said
        bot.terminate()
        began = time.monotonic()
        await until(lambda: world.sandbox.sockets.count == 0)
    await ben.sees("Noted", channel="#care-general", timeout=10)
    assert await bot.ended(seconds=15) == 0
    assert time.monotonic() - began < 15
    assert await count(world.database_url, "notes") == 1
