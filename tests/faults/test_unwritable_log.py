"""A log that takes nothing more: the work goes on as if it did, and the figures tell of it."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.manual import manifest_for
from bot.sandbox.driver import Heard, View
from bot.sandbox.server import Sandbox
from tests.faults.databases import count
from tests.faults.process import bot_running
from tests.running import case_number, heard, write_home


@pytest.fixture(params=["a pipe nobody reads", "a full disk"])
def stderr(request: pytest.FixtureRequest) -> Iterator[int]:
    if request.param == "a full disk":
        taken = os.open("/dev/full", os.O_WRONLY)
    else:
        reads, taken = os.pipe()
        os.close(reads)
    yield taken
    os.close(taken)


@pytest.fixture
def door() -> str:
    """An address that is free: what the bot says of its own one is lost."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"127.0.0.1:{taken.getsockname()[1]}"


async def test_people_are_answered_though_no_line_can_be_written(
    tmp_path: Path, stderr: int, door: str
) -> None:
    write_home(tmp_path)
    url = f"sqlite:///{tmp_path / 'usher.db'}"
    async with (
        Sandbox(manifest=manifest_for("")) as sandbox,
        bot_running(tmp_path, sandbox, url, {"USHER_HTTP": door}, stderr=stderr) as bot,
    ):
        anna = sandbox.person("anna")
        guidebook = await anna.types("/usher enroll")
        assert isinstance(guidebook, View)
        await anna.submits(guidebook, {})
        brought = await anna.types("/case new @jane wants a policy")
        assert isinstance(brought, Heard)
        number = case_number(brought)
        assert "Noted" in heard(await anna.types(f"/case note {number} she wrote"))
        assert await count(url, "notes") == 1
        assert await lines_lost(door) > 0
        bot.terminate()
        assert await bot.ended(seconds=15) == 0


async def lines_lost(door: str) -> float:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://{door}/metrics") as answer,
    ):
        told = (await answer.text()).splitlines()
    (line,) = (one for one in told if one.startswith("usher_log_lines_lost_total "))
    return float(line.split()[1])
