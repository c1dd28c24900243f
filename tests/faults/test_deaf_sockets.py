"""A socket can be dead and look well: it is found out, replaced, and meanwhile the other works."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.driver import Heard
from bot.sandbox.server import Sandbox
from bot.slack.line import WORKING, Hearing
from tests.faults.waiting import until, until_told
from tests.fixtures.houses import SOCKETS, only_on
from tests.running import Running, case_number, heard, running

SOON = Hearing(
    ping=0.2, hello=2.0, pong=3.0, missed=5, look=0.05, first_wait=0.2, longest_wait=2.0, recount=1
)
"""What takes a minute outside takes two seconds here."""
ENOUGH = 20.0


@pytest.fixture
async def quick(tmp_path: Path, database_url: str) -> AsyncIterator[Running]:
    async with running(tmp_path, database_url, hearing=SOON) as started:
        await started.sandbox.connected(count=2)
        yield started


def numbers(sandbox: Sandbox) -> set[int]:
    return {connection.number for connection in sandbox.sockets.connections}


async def ready(house: Running) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{house.usher.web_url}/ready") as answer,
    ):
        return answer.status, str((await answer.json())["slack"])


async def until_ready(house: Running, status: int, state: str) -> None:
    async def so() -> bool:
        return await ready(house) == (status, state)

    await until_told(so)


async def test_a_deaf_socket_is_replaced_while_the_other_one_works(quick: Running) -> None:
    """Its pings are answered: only that the other one hears so much tells that it hears nothing."""
    sandbox, anna = quick.sandbox, quick.person("anna")
    deaf, well = sandbox.sockets.connections
    deaf.deafen()
    async with asyncio.timeout(ENOUGH):
        while deaf in sandbox.sockets.connections:
            sandbox.sockets.pick = lambda _all: well
            assert "is at work" in heard(await anna.types("/usher status"))
    await sandbox.connected(count=2, timeout=ENOUGH)
    assert well in sandbox.sockets.connections, "the one that worked was closed"
    fresh = next(one for one in sandbox.sockets.connections if one is not well)
    sandbox.sockets.pick = lambda _all: fresh
    assert "is at work" in heard(await anna.types("/usher status"))
    await until_ready(quick, 200, "ok")


async def fewest_until(house: Running, gone: set[int]) -> int:
    """How many connections stood at the worst moment until none of these was left."""
    sandbox, fewest = house.sandbox, 9
    async with asyncio.timeout(ENOUGH):
        while numbers(sandbox) & gone:
            fewest = min(fewest, sandbox.sockets.count)
            await asyncio.sleep(0.01)
    return fewest


@only_on(SOCKETS[0])
async def test_after_a_few_misses_and_a_silence_a_socket_is_renewed(
    tmp_path: Path, database_url: str
) -> None:
    """In a small workspace twenty are hours, and nobody presses again by themselves."""
    hearing = replace(SOON, missed=WORKING.missed, silence=0.5)
    async with running(tmp_path, database_url, hearing=hearing) as house:
        sandbox, anna = house.sandbox, house.person("anna")
        await sandbox.connected(count=2)
        deaf, well = sandbox.sockets.connections
        deaf.deafen()
        asked = len(list(sandbox.workspace.journal.calls("apps.connections.open")))
        sandbox.sockets.pick = lambda _all: well
        for _ in range(hearing.doubts):
            assert "is at work" in heard(await anna.types("/usher status"))
        assert await fewest_until(house, {deaf.number}) >= 2
        assert well in sandbox.sockets.connections
        assert len(list(sandbox.workspace.journal.calls("apps.connections.open"))) == asked + 1
        await until_ready(house, 200, "ok")


@only_on(SOCKETS[1])
async def test_sockets_that_hear_nothing_at_all_are_renewed_one_after_the_other(
    tmp_path: Path, database_url: str
) -> None:
    """Each is deaf, both answer pings: no witness is left, so that only time can tell."""
    hearing = replace(SOON, quiet=3.0)
    async with running(tmp_path, database_url, hearing=hearing) as house:
        sandbox = house.sandbox
        await sandbox.connected(count=2)
        both = numbers(sandbox)
        for connection in sandbox.sockets.connections:
            connection.deafen()
        await until(lambda: len(numbers(sandbox) & both) == 1)
        first = asyncio.get_running_loop().time()
        assert await fewest_until(house, both) >= 2
        assert asyncio.get_running_loop().time() - first > hearing.quiet / 4, "both at one moment"
        await sandbox.connected(count=2, timeout=ENOUGH)
        for connection in sandbox.sockets.connections:
            sandbox.sockets.pick = lambda _all, one=connection: one
            assert "is at work" in heard(await house.person("anna").types("/usher status"))
        await until_ready(house, 200, "ok")


async def test_a_half_open_socket_is_known_by_its_silence_alone(quick: Running) -> None:
    sandbox = quick.sandbox
    ghost, well = sandbox.sockets.connections
    ghost.half_open()
    sandbox.sockets.pick = lambda _all: well
    async with asyncio.timeout(ENOUGH):
        while not {one.number for one in sandbox.sockets.connections} - {ghost.number, well.number}:
            said = heard(await quick.person("anna").types("/usher status"))
            assert "Usher is at work" in said
            await asyncio.sleep(0.1)


async def test_a_renewed_socket_follows_before_the_old_one_is_gone(quick: Running) -> None:
    """Slack renews each every few hours: a press in that second must find somebody."""
    sandbox, anna = quick.sandbox, quick.person("anna")
    before, fewest = numbers(sandbox), 9
    await sandbox.refresh_sockets()
    async with asyncio.timeout(ENOUGH):
        while numbers(sandbox) & before:
            fewest = min(fewest, sandbox.sockets.count)
            answer = await anna.types("/usher status")
            assert isinstance(answer, Heard)
            await asyncio.sleep(0.01)
    assert fewest >= 2
    await sandbox.connected(count=2)


async def test_too_many_sockets_are_told_and_asked_for_ever_more_slowly(
    quick: Running,
) -> None:
    """A library alone would connect anew at once, for as long as Slack says no."""
    sandbox = quick.sandbox
    async with aiohttp.ClientSession() as session:
        others = [await session.ws_connect(sandbox.sockets.ticket_url()) for _ in range(8)]
        asked = len(list(sandbox.workspace.journal.calls("apps.connections.open")))
        going, ours = sandbox.sockets.connections[:2]
        sandbox.sockets.pick = lambda _all: ours
        await going.disconnect("link_disabled")
        await until(lambda: sandbox.sockets.count == 9)
        others += [await session.ws_connect(sandbox.sockets.ticket_url())]

        async def full() -> bool:
            said = heard(await quick.person("anna").types("/usher status"))
            return "has ten already" in said

        await until_told(full)
        assert await ready(quick) == (200, "1 of 2 connections")
        await asyncio.sleep(2.0)
        tries = len(list(sandbox.workspace.journal.calls("apps.connections.open"))) - asked
        assert 2 <= tries <= 6, "neither given up nor in a loop"
        for other in others:
            await other.close()
    await until_ready(quick, 200, "ok")


async def test_connections_that_nobody_holds_are_told_until_they_are_gone(quick: Running) -> None:
    sandbox, cora = quick.sandbox, quick.person("cora")
    sandbox.sockets.claimed = 5
    await sandbox.refresh_sockets()

    async def told() -> bool:
        return "Slack counts 5 connections" in heard(await cora.types("/usher status"))

    async def well() -> bool:
        return "Slack counts" not in heard(await cora.types("/usher status"))

    await until_told(told)
    sandbox.sockets.claimed = None
    await until_told(well)


async def test_no_line_at_all_is_no_readiness_and_comes_back(quick: Running) -> None:
    sandbox = quick.sandbox
    sandbox.workspace.faults.inject("apps.connections.open", kind="503", times=4)
    await sandbox.drop_sockets()
    await until_ready(quick, 503, "unavailable")
    await sandbox.connected(count=2, timeout=ENOUGH)
    card = await quick.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna = await quick.enrolled("anna")
    assert "is yours" in heard(await anna.types(f"/claim {case_number(card)}"))


async def test_a_token_that_is_taken_away_is_told_in_a_sentence(quick: Running) -> None:
    sandbox = quick.sandbox
    sandbox.workspace.faults.inject("apps.connections.open", kind="error:invalid_auth", times=3)
    await sandbox.sockets.connections[0].disconnect("link_disabled")

    async def told() -> bool:
        said = heard(await quick.person("cora").types("/usher status"))
        return "does not accept the app-level token" in said

    await until_told(told)
    await sandbox.connected(count=2, timeout=ENOUGH)
