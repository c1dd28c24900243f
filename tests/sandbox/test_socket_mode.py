"""Slack's side of the socket: tickets for one, a hello, ten connections and no more."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.server import Sandbox


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
        while not sandbox.workspace.journal.deliveries("slash_commands"):
            await sandbox.workspace.bell.until(lambda: None, timeout=0.05)
        assert sandbox.workspace.journal.deliveries("slash_commands")[0].outcome == outcome
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
