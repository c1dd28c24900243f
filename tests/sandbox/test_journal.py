"""The journal says what crossed, when and how; it forgets the oldest, and wakes who waits."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import client_of

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
POST = {"channel": "C0GENERAL", "text": "x"}


async def test_a_call_says_when_and_how_it_came() -> None:
    async with Sandbox(clock=lambda: NOW) as sandbox:
        client = client_of(sandbox)
        await client.api_call("chat.postMessage", json=POST)
        await client.api_call("chat.postMessage", data=POST)
        sandbox.workspace.faults.inject("chat.postMessage", kind="delay:0.01")
        await client.api_call("chat.postMessage", http_verb="GET", params=POST)
        calls = sandbox.workspace.journal.calls("chat.postMessage")
    assert [call.encoding for call in calls] == ["json", "form", "query"]
    assert [call.fault for call in calls] == ["", "", "delay:0.01"]
    assert {call.at for call in calls} == {NOW}


async def test_only_the_newest_are_kept_under_their_own_numbers() -> None:
    async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
        journal = sandbox.workspace.journal
        journal.most = 3
        for number in range(5):
            await client_of(sandbox).api_call("auth.test", params={"number": number})
        assert [call.args["number"] for call in journal.calls()] == ["2", "3", "4"]

        async def shown(after: int) -> list[Any]:
            page = await session.get(f"{sandbox.base_url}/sim/journal?after={after}")
            return [(e["number"], e["args"]["number"]) for e in (await page.json())["entries"]]

        assert await shown(0) == [(3, "2"), (4, "3"), (5, "4")]
        assert await shown(4) == [(5, "4")]
        assert await shown(9) == []


async def test_who_waits_for_a_delivery_is_woken_by_it() -> None:
    async with Sandbox(event_retries=(0.05,)) as sandbox:
        rung = sandbox.workspace.bell.count
        waiting = asyncio.create_task(sandbox.told("app_mention", count=2))
        await asyncio.sleep(0.02)
        assert (waiting.done(), sandbox.workspace.bell.count) == (False, rung)
        await sandbox.person("anna").says("hello @usher")
        assert (await waiting).attempt == 1


async def test_who_waits_in_vain_hears_what_came_instead() -> None:
    async with Sandbox(event_retries=()) as sandbox:
        await sandbox.person("anna").says("hello @usher")
        with pytest.raises(AssertionError, match=r"acked did not come.*'unconnected', 0"):
            await sandbox.told("app_mention", outcome="acked", timeout=0.1)
