"""Slack's side of the socket: tickets for one, a hello, ten connections and no more."""

import asyncio
import logging
import struct
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from socket import SHUT_RDWR, SO_LINGER, SOL_SOCKET

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.socket_mode import Lives


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def ticket(sandbox: Sandbox, session: aiohttp.ClientSession) -> str:
    headers = {"Authorization": f"Bearer {sandbox.workspace.app_token}"}
    answer = await session.post(f"{sandbox.slack_api_url}apps.connections.open", headers=headers)
    return str((await answer.json())["url"])


async def test_a_ticket_is_good_for_one_connection(session: aiohttp.ClientSession) -> None:
    async with Sandbox() as sandbox:
        url = await ticket(sandbox, session)
        socket = await session.ws_connect(url)
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        await socket.close()


@pytest.mark.parametrize(("seconds", "taken"), [(30, True), (31, False)])
async def test_a_ticket_is_good_for_thirty_seconds(
    session: aiohttp.ClientSession, *, seconds: int, taken: bool
) -> None:
    now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    async with Sandbox(clock=lambda: now) as sandbox:
        url = await ticket(sandbox, session)
        now += timedelta(seconds=seconds)
        if not taken:
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(url)
        else:
            async with session.ws_connect(url) as socket:
                assert (await socket.receive_json())["type"] == "hello"
        told = [entry.what for entry in sandbox.workspace.journal.sockets()]
        assert told[0] == ("opened" if taken else "refused")


@pytest.mark.parametrize(("asked", "left"), [("&debug_reconnects=true", 0), ("", 1)])
async def test_a_socket_that_wants_to_reconnect_ages_fast(
    session: aiohttp.ClientSession, asked: str, left: int
) -> None:
    async with Sandbox(lives=Lives(debug=0.2, notice=0.1)) as sandbox:
        socket = await session.ws_connect(await ticket(sandbox, session) + asked)
        assert (await socket.receive_json())["type"] == "hello"
        if asked:
            warned, told = await socket.receive_json(), await socket.receive_json()
            assert [warned["type"], told["type"]] == ["disconnect"] * 2
            assert [warned["reason"], told["reason"]] == ["warning", "refresh_requested"]
            assert (await socket.receive(timeout=2)).type is aiohttp.WSMsgType.CLOSE
        else:
            with pytest.raises(TimeoutError):
                await socket.receive(timeout=0.5)
        assert sandbox.sockets.count == left
        await socket.close()


async def test_an_old_socket_is_closed_when_the_app_does_not_come_anew(
    session: aiohttp.ClientSession,
) -> None:
    async with Sandbox(lives=Lives(normal=0.1, notice=0.1)) as sandbox:
        socket = await session.ws_connect(await ticket(sandbox, session))
        kinds = [(await socket.receive_json()).get("reason") for _ in range(2)]
        assert kinds == [None, "refresh_requested"]
        assert (await socket.receive(timeout=2)).type is aiohttp.WSMsgType.CLOSE


@pytest.mark.parametrize("nonsense", ["meow", "[1]", '"x"', "null", "", "{}", b"\x00\xff"])
async def test_a_frame_of_nonsense_leaves_the_connection_alive(
    session: aiohttp.ClientSession, nonsense: str | bytes
) -> None:
    async with Sandbox() as sandbox:
        socket = await session.ws_connect(await ticket(sandbox, session))
        await socket.receive_json()
        send = socket.send_str if isinstance(nonsense, str) else socket.send_bytes
        await send(nonsense)  # type: ignore[arg-type]  # one of the two
        sandbox.workspace.deliveries.spawn(sandbox.person("anna").types("/x"))
        heard = await socket.receive_json()
        await socket.send_json({"envelope_id": heard["envelope_id"], "payload": "words"})
        assert (await sandbox.told("slash_commands")).ack is None
        assert "nonsense" in [entry.what for entry in sandbox.workspace.journal.sockets()]
        await socket.close()


async def test_stopping_is_quiet_when_the_other_side_was_cut(
    session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with Sandbox() as sandbox:
        sockets = [await session.ws_connect(await ticket(sandbox, session)) for _ in range(3)]
        await sandbox.connected(count=3)
        sandbox.sockets.connections[1].half_open()
        for socket in sockets:
            transport = socket.get_extra_info("socket")
            assert transport is not None
            transport.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
            transport.shutdown(SHUT_RDWR)
    assert sandbox.sockets.count == 0
    assert [entry.getMessage() for entry in caplog.records if entry.levelno >= logging.ERROR] == []


async def test_a_sockets_life_is_in_the_journal(session: aiohttp.ClientSession) -> None:
    async with Sandbox() as sandbox:
        socket = await session.ws_connect(await ticket(sandbox, session))
        await sandbox.connected()
        await sandbox.sockets.refresh("warning")
        await socket.close()
        found = sandbox.workspace.journal.sockets
        await sandbox.workspace.bell.until(lambda: True if len(found()) > 2 else None, timeout=2)
        assert [(entry.what, entry.detail) for entry in found()] == [
            ("opened", "num_connections 1"),
            ("told", "warning"),
            ("ended", ""),
        ]


async def test_a_ping_comes_back_with_its_words(session: aiohttp.ClientSession) -> None:
    async with Sandbox() as sandbox:
        url = await ticket(sandbox, session)
        async with session.ws_connect(url, autoping=False) as socket:
            await socket.receive_json()
            await socket.ping(b"sdk-ping-pong:1")
            assert (await socket.receive()).data == b"sdk-ping-pong:1"


async def test_the_eleventh_connection_is_sent_away(session: aiohttp.ClientSession) -> None:
    async with Sandbox() as sandbox:
        sockets = [await session.ws_connect(await ticket(sandbox, session)) for _ in range(10)]
        late = await session.ws_connect(await ticket(sandbox, session))
        assert (await late.receive_json())["reason"] == "too_many_websockets"
        assert sandbox.sockets.count == 10
        for socket in sockets:
            await socket.close()


async def test_each_envelope_goes_over_one_connection_and_none_is_spared(
    session: aiohttp.ClientSession,
) -> None:
    many = 40
    async with Sandbox(ack_seconds=0.05, event_retries=()) as sandbox:
        sockets = [await session.ws_connect(await ticket(sandbox, session)) for _ in range(2)]
        for socket in sockets:
            await socket.receive_json()
        anna = sandbox.person("anna")
        await asyncio.gather(*(anna.types("/x") for _ in range(many)))
        await sandbox.sockets.refresh("warning")
        heard = [await until_the_warning(socket) for socket in sockets]
        assert sum(heard) == many
        assert all(heard)
        for socket in sockets:
            await socket.close()


async def until_the_warning(socket: aiohttp.ClientWebSocketResponse) -> int:
    """How many envelopes came before it."""
    envelopes = 0
    while (await socket.receive_json())["type"] != "disconnect":
        envelopes += 1
    return envelopes


@pytest.mark.parametrize(("strict", "outcome"), [(False, "acked"), (True, "timeout")])
async def test_an_ack_over_another_connection(
    session: aiohttp.ClientSession, *, strict: bool, outcome: str
) -> None:
    async with Sandbox(ack_seconds=0.3, strict_acks=strict, event_retries=()) as sandbox:
        sockets = [await session.ws_connect(await ticket(sandbox, session)) for _ in range(2)]
        first, second = sockets
        await first.receive_json()
        await second.receive_json()
        await sandbox.sockets.refresh("warning")
        for socket in sockets:
            assert (await socket.receive_json())["type"] == "disconnect"
        typing = sandbox.person("anna").types("/x")
        sandbox.workspace.deliveries.spawn(typing)
        heard, other = await whoever(sockets)
        await other.send_json({"envelope_id": heard["envelope_id"]})
        assert (await sandbox.told("slash_commands")).outcome == outcome
        for socket in sockets:
            await socket.close()


async def whoever(
    sockets: list[aiohttp.ClientWebSocketResponse],
) -> tuple[dict[str, str], aiohttp.ClientWebSocketResponse]:
    """The envelope, and the connection it did not come over."""
    for socket in sockets:
        try:
            envelope: dict[str, str] = await socket.receive_json(timeout=0.1)
        except TimeoutError:
            continue
        return envelope, sockets[1 - sockets.index(socket)]
    raise AssertionError("no envelope came")


async def test_somebody_leaves_the_organisation() -> None:
    async with Sandbox() as sandbox:
        sandbox.workspace.leaves("mina")
        assert sandbox.workspace.groups["S0MANAGERS"].users == []
        assert "U0MINA" not in sandbox.workspace.channels["C0GENERAL"].members
        assert sandbox.workspace.person("mina").wire()["deleted"] is True
