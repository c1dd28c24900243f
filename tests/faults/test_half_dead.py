"""A part that ends by itself takes the whole down in order: never is anything left half alive."""

import asyncio
from pathlib import Path

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.manual import manifest_for
from bot.sandbox.driver import Heard, View
from bot.sandbox.server import Sandbox
from bot.timetable import run
from bot.watch import Halted
from tests.faults.databases import count, locked
from tests.faults.process import bot_running
from tests.faults.waiting import until
from tests.running import Running, case_number, heard, write_home

DYING = """
import os
import uvicorn

lives = uvicorn.Server.on_tick

async def dies(server, counter):
    if os.path.exists(os.environ["DIE_WHEN"]):
        raise OSError("a customer's words")
    return await lives(server, counter)

uvicorn.Server.on_tick = dies
"""
"""Read by Python itself as it starts: uvicorn dies while the bot is at work."""


async def test_a_dead_door_ends_the_process_in_order(tmp_path: Path, database_url: str) -> None:
    write_home(tmp_path)
    (tmp_path / "sitecustomize.py").write_text(DYING, encoding="utf-8")
    order = tmp_path / "die"
    more = {"PYTHONPATH": str(tmp_path), "DIE_WHEN": str(order)}
    async with (
        Sandbox(manifest=manifest_for("")) as sandbox,
        bot_running(tmp_path, sandbox, database_url, more) as bot,
    ):
        anna = sandbox.person("anna")
        guidebook = await anna.types("/usher enroll")
        assert isinstance(guidebook, View)
        await anna.submits(guidebook, {})
        brought = await anna.types("/case new @jane wants a policy")
        assert isinstance(brought, Heard)
        number = case_number(brought)
        async with locked(database_url):
            assert "Still working" in heard(await anna.types(f"/case note {number} she wrote"))
            order.touch()
            await until(lambda: "usher.part_ended" in bot.log)
        assert await bot.ended(seconds=15) == 4
        assert await count(database_url, "notes") == 1
    (told,) = (line for line in bot.log.splitlines() if "usher.part_ended" in line)
    assert '"what":"the web door"' in told
    assert '"error":"OSError"' in told
    assert "Usher stopped because the web door ended by itself" in bot.log
    assert "Traceback" not in bot.log
    assert "customer's words" not in bot.log


@pytest.mark.parametrize("part", ["the web door", "the delivery worker", "the timetable"])
async def test_whichever_part_ends(house: Running, part: str) -> None:
    (task,) = (task for task in asyncio.all_tasks() if task.get_name() == part)
    waiting = asyncio.create_task(house.usher.watch.until(asyncio.Event()))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    task.cancel()
    with pytest.raises(Halted, match=part):
        await asyncio.wait_for(waiting, 5)


async def test_told_to_end_is_no_death(house: Running) -> None:
    ended = asyncio.Event()
    ended.set()
    await asyncio.wait_for(house.usher.watch.until(ended), 5)


async def test_a_timetable_that_stands_still_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    living = asyncio.create_task(run((), silence=0.3))
    await asyncio.sleep(0.8)
    assert not living.done()
    # As when an error in a bare callback of the loop leaves no next one.
    monkeypatch.setattr(AsyncIOScheduler, "_start_timer", lambda *_: None)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(living), 5)
    assert living.done()
