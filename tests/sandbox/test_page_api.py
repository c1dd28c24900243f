"""The JSON the page lives on: a screen, gestures, and a bell that rings."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import connected
from tests.sandbox.test_bolt import CARD, listeners

COMMANDS = [{"command": "/claim", "description": "Take a case", "usage_hint": "[number]"}]


class Page:
    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self._session = session
        self._base = f"{base_url}/sim/"

    async def state(self, who: str = "anna") -> dict[str, Any]:
        answer = await self._session.get(f"{self._base}state", params={"as": who})
        found: dict[str, Any] = await answer.json()
        return found

    async def does(self, gesture: str, **asked: Any) -> dict[str, Any]:
        answer = await self._session.post(self._base + gesture, json={"as": "anna", **asked})
        found: dict[str, Any] = await answer.json()
        return found

    async def rings(self) -> AsyncIterator[str]:
        async with self._session.get(f"{self._base}events", params={"as": "anna"}) as stream:
            async for line in stream.content:
                if line.strip():
                    yield line.decode().strip()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(commands=COMMANDS) as running:
        yield running


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, sandbox.base_url)


async def test_a_screen_shows_what_one_person_may_see(sandbox: Sandbox, page: Page) -> None:
    sandbox.workspace.messages.post(
        "C0GENERAL", user="U0USHER", text="psst", bot=True, ephemeral_for="U0ANNA"
    )
    await page.does("x", handle="jane", text="@acme hello")
    mine, bens = await page.state(), await page.state("ben")
    assert [m["text"] for m in mine["messages"]["C0GENERAL"]] == ["psst"]
    assert bens["messages"]["C0GENERAL"] == []
    assert [p["name"] for p in mine["people"]] == ["anna", "ben", "sam", "cora", "mina", "gus"]
    assert mine["posts"][0]["text"] == "@acme hello"
    assert mine["commands"] == COMMANDS
    assert mine["connected"] is False


async def test_slash_click_and_submit(sandbox: Sandbox, page: Page) -> None:
    async with connected(sandbox, listeners) as app:
        await app.client.chat_postMessage(channel="C0BILLING", text="card", blocks=CARD)
        (card,) = (await page.state())["messages"]["C0BILLING"]
        place = {"block_id": card["blocks"][1]["block_id"], "action_id": "claim"}
        clicked = await page.does("click", channel="C0BILLING", ts=card["ts"], **place)
        assert clicked == {"shown": None}
        assert (await page.state())["messages"]["C0BILLING"][0]["text"] == "taken"

        await page.does("slash", channel="C0GENERAL", text="/claim form")
        view = (await page.state())["view"]
        empty = await page.does("submit", view_id=view["id"], values={})
        assert empty["errors"] == {"summary": "Please complete this required field."}
        typed = {"type": "plain_text_input", "value": "charged twice"}
        sent = await page.does("submit", view_id=view["id"], values={"summary": {"words": typed}})
        assert sent["errors"] is None
        assert (await page.state())["view"] is None

        unknown = await page.does("slash", channel="C0GENERAL", text="/nothing")
        assert unknown["shown"] == "/nothing is not a valid command."


async def test_the_bell_rings_on_every_change(page: Page) -> None:
    rings = page.rings()
    assert await anext(rings) == "data: changed"
    await page.does("say", channel="C0GENERAL", text="hello")
    async with asyncio.timeout(1):
        assert await anext(rings) == "data: changed"


async def test_nonsense_is_answered_with_a_sentence(page: Page) -> None:
    assert "known are" in (await page.does("say", channel="#nowhere", text="x"))["error"]
    assert (await page.does("close", view_id="V0NONE"))["error"] == "not_found"
