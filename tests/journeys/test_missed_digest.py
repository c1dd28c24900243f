"""A morning on which nobody was at work is made good at the next start; the first is quiet."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import at_work
from bot.manual import manifest_for
from bot.sandbox.server import Sandbox
from bot.settings import load_settings
from tests.canaries import watched
from tests.running import VAULT_KEY, Running, write_home


async def test_an_hour_that_struck_since_the_last_one_is_sent_for_once(house: Running) -> None:
    digests, mina = house.usher.care.digests, house.person("mina")
    await digests.send_due(lambda now: now)
    await digests.send_due(lambda now: now - timedelta(hours=1))
    await digests.send_due(lambda _now: None)
    await mina.sees("Nobody wrote", channel="#managers", timeout=10)
    await digests.send_due(lambda now: now - timedelta(minutes=1))
    assert len(mina.messages("#managers")) == 1


async def test_what_was_missed_is_sent_at_the_next_start(tmp_path: Path, database_url: str) -> None:
    off = timedelta()

    def clock() -> datetime:
        return datetime.now(UTC) + off

    async with (
        Sandbox(manifest=manifest_for("")) as sandbox,
        watched(sandbox, tmp_path, database_url),
    ):
        variables = {
            **sandbox.environment(),
            "DATABASE_URL": database_url,
            "USHER_VAULT_KEY": VAULT_KEY,
            "USHER_HTTP": "127.0.0.1:0",
        }
        settings = load_settings(write_home(tmp_path), variables)
        mina = sandbox.person("mina")
        async with at_work(settings, clock=clock) as usher:
            await Running(sandbox, usher, tmp_path).enrolled("anna")
            await mina.sees_not("what customers said", channel="#managers", within=0.3)
        off = timedelta(days=4)  # whatever today is, a working morning lies between
        async with at_work(settings, clock=clock):
            await mina.sees("Nobody wrote", channel="#managers", timeout=10)
        async with at_work(settings, clock=clock):
            await mina.sees_not("nothing like this", channel="#managers", within=0.3)
        assert len(mina.messages("#managers")) == 1
