"""Who changed is told to one of two Ushers, and is the same at the other: at once for a yes."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.app import at_work
from bot.manual import manifest_for
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from tests.faults.waiting import until_told
from tests.journeys.approving import asked, on_hold, says_yes, two_persons
from tests.postgres import fresh_database
from tests.running import QUICK, VAULT_KEY, Running, heard, write_home


@asynccontextmanager
async def both(home: Path, database_url: str) -> AsyncIterator[Running]:
    """Two principals end a hold, which those of a group may set."""
    async with (
        Sandbox(manifest=manifest_for(""), rate_limited=False) as sandbox,
        AsyncExitStack() as stack,
    ):
        variables = {
            **sandbox.environment(),
            "DATABASE_URL": database_url,
            "USHER_VAULT_KEY": VAULT_KEY,
            "USHER_HTTP": "127.0.0.1:0",
        }
        change = two_persons(coordinator="@service", channel="")
        settings = load_settings(write_home(home, change), variables)
        ushers = [await stack.enter_async_context(at_work(settings, pace=QUICK)) for _ in "ab"]
        house = Running(sandbox, ushers[0], home)
        await house.usher.care.roles.look()
        yield house


def first(house: Running) -> None:
    """From now on Slack speaks to the one of them alone."""
    house.sandbox.sockets.pick = lambda there: there[0]


def other(house: Running) -> None:
    house.sandbox.sockets.pick = lambda there: there[-1]


async def until_heard(house: Running, name: str, typed: str, words: str) -> None:
    async def so() -> bool:
        return words in heard(await house.person(name).types(typed))

    await until_told(so)


async def test_a_colleague_who_changed_is_known_to_both(tmp_path: Path) -> None:
    async with both(tmp_path, fresh_database()) as house:
        for side in (first, other):
            side(house)
            for name in ("mina", "ben", "sam"):
                heard(await house.person(name).types("/usher holds"))
        first(house)
        await asked(house)
        await says_yes(house, "mina")
        people = house.sandbox.workspace.people
        # Slack's word of it is on its way for as long as this lasts.
        people["U0MINA"] = replace(people["U0MINA"], deleted=True)
        other(house)
        assert "1 of 2 have said yes" in await says_yes(house, "cora")
        assert await on_hold(house)
        first(house)
        await house.person("cora").makes_guest("ben", "multi-channel")
        await house.person("cora").changes_group("service", ["anna"])
        for told in ("user_change", "subteam_members_changed"):
            await house.sandbox.workspace.journal.told(told, outcome="acked")
        other(house)
        await until_heard(house, "ben", "/case open", "guest")
        await until_heard(house, "sam", "/usher hold refund Not yet.", "Why: /case why")
