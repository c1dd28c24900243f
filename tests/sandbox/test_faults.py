"""Trouble on demand, at the socket and at the Web API: what is injected happens, and is noted."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp

from bot.sandbox.driver import Heard
from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import BUTTON, Frames, client_of, connected

PING = 0.5


class Told:
    """A Bolt app that keeps what it was told."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.clicks = 0

    def listeners(self, app: AsyncApp) -> None:
        @app.event("app_mention")
        async def mentioned(ack: Any, event: dict[str, Any]) -> None:
            self.words.append(event["text"].split()[0])
            await ack()

        @app.action("go")
        async def clicked(ack: Any) -> None:
            self.clicks += 1
            await ack()


async def click(sandbox: Sandbox) -> bool:
    """Whether Slack shows that the press went well."""
    anna = sandbox.person("anna")
    pressed = await anna.clicks("Go", on=await anna.sees("Go"))
    return not (isinstance(pressed, Heard) and pressed.failed)


async def test_a_half_open_socket_stays_as_a_ghost_that_swallows_clicks() -> None:
    told, frames = Told(), Frames()
    async with (
        Sandbox(ack_seconds=0.4) as sandbox,
        connected(sandbox, told.listeners, ping_interval=PING, frames=frames) as app,
    ):
        await app.client.chat_postMessage(channel="C0GENERAL", text="card", blocks=BUTTON)
        (ghost,) = sandbox.sockets.connections
        ghost.half_open()
        await sandbox.connected(count=2, timeout=15)
        sandbox.sockets.pick = lambda there: there[0]
        assert not await click(sandbox)
        await asyncio.sleep(0.5)
        (lost,) = sandbox.workspace.journal.deliveries("block_actions")
        assert (lost.outcome, lost.fault, told.clicks) == ("timeout", "half_open", 0)
        sandbox.sockets.pick = lambda there: there[-1]
        assert await click(sandbox)
        assert told.clicks == 1
        assert [f["num_connections"] for f in frames if f["type"] == "hello"][-1] == 2


async def test_a_deaf_socket_looks_well_and_is_told_nothing() -> None:
    told, frames = Told(), Frames()
    async with (
        Sandbox(ack_seconds=0.3, event_retries=(0,)) as sandbox,
        connected(sandbox, told.listeners, ping_interval=PING, frames=frames),
    ):
        sandbox.sockets.connections[0].deafen()
        await sandbox.person("anna").says("hello @usher")
        lost = await sandbox.told("app_mention", outcome="timeout", count=2)
        assert (lost.attempt, lost.fault) == (1, "deaf")
        await asyncio.sleep(PING * 5)
        assert sandbox.sockets.count == 1
        assert len(sandbox.workspace.journal.calls("apps.connections.open")) == 1
        assert told.words == []


async def test_hello_may_lie() -> None:
    frames = Frames()
    async with Sandbox() as sandbox:
        sandbox.sockets.claimed = 7
        async with connected(sandbox, Told().listeners, frames=frames):
            await asyncio.sleep(0.05)
    assert frames[0]["num_connections"] == 7


async def test_a_lost_event_is_told_again_and_a_lost_click_is_not() -> None:
    told = Told()
    async with (
        Sandbox(ack_seconds=0.3, event_retries=(0, 0)) as sandbox,
        connected(sandbox, told.listeners) as app,
    ):
        faults, journal = sandbox.workspace.faults, sandbox.workspace.journal
        faults.inject("delivery", kind="drop")
        await sandbox.person("anna").says("hello @usher")
        again = await sandbox.told("app_mention", outcome="acked")
        (lost, _) = journal.deliveries("app_mention")
        assert (lost.outcome, lost.reason, lost.fault) == ("timeout", "timeout", "drop")
        assert (again.attempt, again.fault, told.words) == (1, "", ["hello"])
        await app.client.chat_postMessage(channel="C0GENERAL", text="card", blocks=BUTTON)
        faults.inject("delivery", kind="drop")
        assert not await click(sandbox)
        await asyncio.sleep(0.2)
        assert (len(journal.deliveries("block_actions")), told.clicks) == (1, 0)


async def test_two_events_arrive_swapped() -> None:
    told = Told()
    async with Sandbox() as sandbox, connected(sandbox, told.listeners):
        sandbox.workspace.faults.inject("delivery", kind="reorder")
        await sandbox.person("anna").says("first @usher")
        await sandbox.person("anna").says("second @usher")
        await sandbox.told("app_mention", outcome="acked", count=2)
    assert told.words == ["second", "first"]


async def test_what_waits_to_be_overtaken_goes_in_the_end() -> None:
    told = Told()
    async with Sandbox(ack_seconds=0.3) as sandbox, connected(sandbox, told.listeners):
        sandbox.workspace.faults.inject("delivery", kind="reorder")
        await sandbox.person("anna").says("only @usher")
        event = await sandbox.told("app_mention", outcome="acked")
    assert (event.fault, told.words) == ("reorder", ["only"])


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("delivery", "503"),
        ("delivery", "hang_up"),
        ("delivery", "429:1"),
        ("chat.postMessage", "duplicate"),
        ("chat.postMessage", "drop"),
        ("*", "reorder"),
        ("chat.postMessage", "503:often"),
        ("chat.postMessage", "600"),
        ("chat.postMessage", "429"),
        ("chat.postMessage", "delay"),
        ("response_url", "error"),
        ("response_url", "meow"),
    ],
)
def test_no_fault_is_taken_that_would_do_nothing(method: str, kind: str) -> None:
    with pytest.raises(ValueError, match=f"{method.replace('*', '.')} knows no fault {kind}"):
        Sandbox().workspace.faults.inject(method, kind=kind)


@pytest.mark.parametrize(
    ("kind", "status", "posted"),
    [
        ("503", 503, 0),
        ("503:after", 503, 1),
        ("500:before", 500, 0),
        ("504:after", 504, 1),
        ("hang_up", None, 1),
        ("hang_up:after", None, 1),
        ("hang_up:before", None, 0),
    ],
)
async def test_trouble_before_and_after_the_effect(
    kind: str, status: int | None, posted: int
) -> None:
    async with Sandbox() as sandbox:
        sandbox.workspace.faults.inject("chat.postMessage", kind=kind)
        assert await post_once(sandbox) == status
        assert len(sandbox.workspace.messages.history("C0GENERAL")) == posted
        (call,) = sandbox.workspace.journal.calls("chat.postMessage")
        assert (call.fault, call.answer.get("ok")) == (kind, True if posted else None)


async def post_once(sandbox: Sandbox) -> int | None:
    """The status; None where the connection was cut."""
    url, headers = sandbox.slack_api_url, {"Authorization": client_of(sandbox).token or ""}
    body = {"channel": "C0GENERAL", "text": "once"}
    async with aiohttp.ClientSession() as session:
        try:
            async with session.post(f"{url}chat.postMessage", json=body, headers=headers) as answer:
                return answer.status
        except aiohttp.ClientError:
            return None
