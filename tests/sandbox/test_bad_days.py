"""Late acks, lost sockets, doubles and cut connections: Slack on a bad day."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.sandbox.driver import Heard
from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import BUTTON, client_of, connected


def listeners(app: AsyncApp) -> None:
    @app.command("/quick")
    async def quick(ack: Any) -> None:
        await ack("here")

    @app.command("/slow")
    async def slow(ack: Any) -> None:
        await asyncio.sleep(0.6)
        await ack("too late")

    @app.event("app_mention")
    async def mentioned(ack: Any) -> None:
        await ack()


async def test_what_a_person_sees_when_the_app_is_late_or_gone() -> None:
    async with Sandbox(ack_seconds=0.4) as sandbox:
        anna = sandbox.person("anna")
        gone = await anna.types("/quick")
        assert gone == Heard('/quick failed with the error "dispatch_failed"', failed=True)
        async with connected(sandbox, listeners):
            late = await anna.types("/slow")
            assert late == Heard('/slow failed with the error "operation_timeout"', failed=True)
            await asyncio.sleep(0.4)
            outcomes = [d.outcome for d in sandbox.workspace.journal.deliveries("slash_commands")]
            assert outcomes == ["unconnected", "timeout", "late"]
            await sandbox.person("ben").sees_not("failed", within=0.05)


async def test_nobody_listens_to_a_button() -> None:
    async with Sandbox(ack_seconds=0.3) as sandbox, connected(sandbox, listeners) as app:
        await app.client.chat_postMessage(channel="C0GENERAL", text="card", blocks=BUTTON)
        anna = sandbox.person("anna")
        pressed = await anna.clicks("Go", on=await anna.sees("Go"))
        assert isinstance(pressed, Heard)
        assert pressed.failed


@pytest.mark.parametrize("way", ["drop_sockets", "refresh_sockets"])
async def test_the_app_comes_back_on_a_new_socket(way: str) -> None:
    async with Sandbox() as sandbox, connected(sandbox, listeners):
        await getattr(sandbox, way)()
        await asyncio.sleep(0.3)
        await sandbox.connected()
        assert len(sandbox.workspace.journal.calls("apps.connections.open")) == 2
        assert await sandbox.person("anna").types("/quick") == Heard("here")


async def test_a_delivery_comes_twice() -> None:
    async with Sandbox() as sandbox, connected(sandbox, listeners):
        sandbox.workspace.faults.duplicate_next()
        await sandbox.person("anna").types("/quick")
        await asyncio.sleep(0.1)
        acks = [d.ack for d in sandbox.workspace.journal.deliveries("slash_commands")]
        assert acks == [{"text": "here"}] * 2


async def test_events_are_told_again_until_acknowledged() -> None:
    async with Sandbox(event_retries=(0.0, 0.3)) as sandbox:
        await sandbox.person("anna").says("hello @usher")
        async with connected(sandbox, listeners):
            await asyncio.sleep(0.5)
            told = sandbox.workspace.journal.deliveries("app_mention")
            assert [(d.attempt, d.outcome) for d in told] == [
                (0, "unconnected"),
                (1, "unconnected"),
                (2, "acked"),
            ]
            assert len({d.payload["event_id"] for d in told}) == 1


async def test_a_cut_connection_makes_the_sdk_post_twice() -> None:
    async with Sandbox() as sandbox:
        sandbox.workspace.faults.inject("chat.postMessage", kind="hang_up")
        await client_of(sandbox).chat_postMessage(channel="C0GENERAL", text="once")
        assert len(sandbox.workspace.messages.history("C0GENERAL")) == 2


async def test_injected_answers() -> None:
    async with Sandbox() as sandbox:
        client, faults = client_of(sandbox), sandbox.workspace.faults
        faults.inject("users.info", kind="429:7")
        with pytest.raises(SlackApiError) as limited:
            await client.users_info(user="U0ANNA")
        assert limited.value.response.headers["Retry-After"] == "7"
        faults.inject("users.info", kind="error:token_revoked")
        with pytest.raises(SlackApiError, match="token_revoked"):
            await client.users_info(user="U0ANNA")
        faults.inject("users.info", kind="503")
        with pytest.raises(SlackApiError):
            await client.users_info(user="U0ANNA")
        assert (await client.users_info(user="U0GUS"))["user"]["is_ultra_restricted"]
