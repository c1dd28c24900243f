"""The clock jumps back while the bot works: cards still come, and nothing comes twice."""

from datetime import timedelta
from pathlib import Path

from bot.app import at_work
from bot.manual import manifest_for
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from tests.faults.databases import count
from tests.running import QUICK, VAULT_KEY, Running, Wandering, case_number, heard, write_home

CHANNEL = "#care-billing"


async def test_an_hour_back_in_the_middle_of_the_day(tmp_path: Path, database_url: str) -> None:
    clock = Wandering()
    async with Sandbox(manifest=manifest_for("")) as sandbox:
        variables = {
            **sandbox.environment(),
            "DATABASE_URL": database_url,
            "USHER_VAULT_KEY": VAULT_KEY,
            "USHER_HTTP": "127.0.0.1:0",
        }
        settings = load_settings(write_home(tmp_path), variables)
        async with at_work(settings, clock=clock, listen_every=0.1, pace=QUICK) as usher:
            house = Running(sandbox, usher, tmp_path)
            anna = await house.enrolled("anna")
            first = await house.card("jane", "@acme refund one", channel=CHANNEL, seen="refund one")
            await anna.types(f"/claim {case_number(first)}")
            clock.off = timedelta(hours=-1)
            second = await house.card("tom", "@acme refund two", channel=CHANNEL, seen="refund two")
            assert "is yours" in heard(await anna.types(f"/claim {case_number(second)}"))
            shown = heard(await anna.types(f"/case {case_number(first)}"))
            assert "-" not in shown.partition("opened ")[2].partition(" ago")[0]
            # My last act, not the one with the latest hour on it.
            assert f"case {case_number(second)}" in heard(await anna.types("/case undo"))
            assert (await usher.verify()).broken == ()
        async with at_work(settings, clock=clock, listen_every=0.1, pace=QUICK):
            # The first one's leases end in an hour: the next process does not wait for that.
            await sandbox.x.posts("mia", "@acme refund three")
            await anna.sees("refund three", channel=CHANNEL, timeout=10)
        assert await count(database_url, "mentions") == 3
