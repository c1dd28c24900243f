"""Those who carry cards and tickets: stumbling, hanging, told to go home in the middle."""

import asyncio
from pathlib import Path

from bot.app import at_work
from bot.care.deliveries import Pace
from bot.manual import manifest_for
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from tests.faults.databases import count, without_table
from tests.faults.waiting import until, until_told
from tests.running import QUICK, VAULT_KEY, Page, Running, case_number, heard, running, write_home

CHANNEL = "#care-billing"


def test_after_days_without_an_answer_it_still_knows_when_to_try_again() -> None:
    waits = [Pace().backoff(attempts) for attempts in (0, 1, 2, 8, 100, 5000)]
    assert waits == sorted(waits)
    assert waits[-1] == Pace().longest_wait


async def test_a_database_that_errs_for_a_while_stops_no_lane_for_ever(
    house: Running, database_url: str
) -> None:
    async with without_table(database_url, "deliveries"):
        # Every lane asks at least once, and is told something nobody thought of.
        await asyncio.sleep(2.5)
    await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")


async def test_a_courier_who_hangs_is_called_home_and_sent_again(
    tmp_path: Path, database_url: str
) -> None:
    async with running(tmp_path, database_url, pace=Pace(first_wait=0.1, carry=0.5)) as house:
        house.sandbox.workspace.faults.inject("chat.postMessage", kind="delay:5")
        await house.sandbox.x.posts("jane", "@acme refund now")
        await house.person("cora").sees("refund now", channel=CHANNEL, timeout=4)


async def test_a_card_on_its_way_when_we_end_is_noted_and_not_posted_again(
    tmp_path: Path, database_url: str
) -> None:
    async with Sandbox(manifest=manifest_for("")) as sandbox:
        variables = {
            **sandbox.environment(),
            "DATABASE_URL": database_url,
            "USHER_VAULT_KEY": VAULT_KEY,
            "USHER_HTTP": "127.0.0.1:0",
        }
        settings = load_settings(write_home(tmp_path), variables)
        faults, calls = sandbox.workspace.faults, sandbox.workspace.journal.calls
        faults.inject("chat.postMessage", kind="delay:0.7")
        async with at_work(settings, listen_every=0.1, pace=QUICK):
            await sandbox.x.posts("jane", "@acme refund now")
            # Taken up: the call is under way.
            await until(lambda: not faults._waiting)
        assert await count(database_url, "cards") == 1
        async with at_work(settings, listen_every=0.1, pace=QUICK) as usher:
            house = Running(sandbox, usher, tmp_path)
            await house.card("tom", "@acme refund two", channel=CHANNEL, seen="refund two")
        assert len(calls("chat.postMessage")) == 2


async def test_a_card_in_a_channel_that_was_archived_is_posted_where_its_route_points_now(
    tmp_path: Path, database_url: str
) -> None:
    def moved(page: Page) -> None:
        for route in page["routes"]:
            if route["channel"] == CHANNEL:
                route["channel"] = "#care-general"

    async with Sandbox(manifest=manifest_for("")) as sandbox:
        variables = {
            **sandbox.environment(),
            "DATABASE_URL": database_url,
            "USHER_VAULT_KEY": VAULT_KEY,
            "USHER_HTTP": "127.0.0.1:0",
        }
        settings = load_settings(write_home(tmp_path), variables)
        async with at_work(settings, listen_every=0.1, pace=QUICK) as usher:
            house = Running(sandbox, usher, tmp_path)
            anna, mina = await house.enrolled("anna"), house.person("mina")
            card = await house.card("jane", "@acme refund", channel=CHANNEL, seen="refund")
            sandbox.workspace.channels[card.channel].archived = True
            await anna.types(f"/claim {case_number(card)}")

            async def told() -> bool:
                return "is archived" in heard(await mina.types("/usher status"))

            await until_told(told)
        settings = load_settings(write_home(tmp_path, moved), variables)
        async with at_work(settings, listen_every=0.1, pace=QUICK):
            await mina.sees("refund", channel="#care-general", timeout=10)
