"""The JSON the page lives on: a screen, gestures, and a bell that rings."""

import asyncio
import json
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

    async def asks(self, gesture: str, asked: object) -> tuple[int, dict[str, Any]]:
        """Anything at all as the body: what a page of somebody else's making might send."""
        body = asked if isinstance(asked, bytes) else json.dumps(asked).encode()
        headers = {"content-type": "application/json"}
        answer = await self._session.post(self._base + gesture, data=body, headers=headers)
        return answer.status, await answer.json()

    async def journal(self, after: str) -> tuple[int, dict[str, Any]]:
        answer = await self._session.get(f"{self._base}journal", params={"after": after})
        return answer.status, await answer.json()

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
    assert [p["name"] for p in mine["people"]] == [
        *("anna", "ben", "sam", "cora", "mina", "gus", "rosa"),
    ]
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


WRONG = (None, 5, True, 1.5, [], ["x"], {}, {"a": 1})


@pytest.mark.parametrize(
    ("gesture", "right"),
    [
        ("slash", {"channel": "C0GENERAL", "text": "/nothing"}),
        ("say", {"channel": "C0GENERAL", "text": "hello"}),
        ("click", {"channel": "C0GENERAL", "ts": "1.1", "block_id": "b", "action_id": "a"}),
        ("click", {"view_id": "V0", "block_id": "b", "action_id": "a"}),
        ("submit", {"view_id": "V0"}),
        ("close", {"view_id": "V0"}),
        ("shortcut", {"callback_id": "c"}),
        ("message_shortcut", {"channel": "C0GENERAL", "ts": "1.1", "callback_id": "c"}),
        ("x", {"handle": "jane", "text": "hello"}),
    ],
)
async def test_a_wrong_type_is_answered_with_a_sentence(
    page: Page, gesture: str, right: dict[str, Any]
) -> None:
    for name in right:
        for wrong in WRONG:
            status, said = await page.asks(gesture, {**right, name: wrong})
            words = "is missing" if wrong is None else f"{name!r} must be a text"
            assert (status, words in said["error"]) == (400, True), (wrong, said)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("thread_ts", 5), ("thread_ts", ["1.1"]), ("as", 5), ("in_reply_to", {}), ("in_reply_to", 7)],
)
async def test_so_is_what_may_be_left_out(page: Page, name: str, wrong: object) -> None:
    gesture = "x" if name == "in_reply_to" else "say"
    said = {"channel": "C0GENERAL", "handle": "jane", "text": "hello", name: wrong}
    assert await page.asks(gesture, said) == (400, {"error": f"{name!r} must be a text"})


@pytest.mark.parametrize("wrong", [5, "x", ["a"], {"a": 5}, {"a": ["b"]}, {"a": {"b": "c"}}])
async def test_so_are_inputs_of_another_shape(sandbox: Sandbox, page: Page, wrong: object) -> None:
    async with connected(sandbox, listeners) as app:
        await app.client.chat_postMessage(channel="C0BILLING", text="card", blocks=CARD)
        (card,) = (await page.state())["messages"]["C0BILLING"]
        place = {"block_id": card["blocks"][1]["block_id"], "action_id": "claim"}
        asked = {"channel": "C0BILLING", "ts": card["ts"], **place}
        for more in ({"values": wrong}, {"value": [wrong]}):
            status, said = await page.asks("click", {**asked, **more})
            assert (status, "must be" in said["error"]) == (400, True)


@pytest.mark.parametrize("body", [b"[]", b"5", b"null", b'"x"', b"{", b"\xff", b"[" * 5000])
async def test_what_is_no_json_object_is_answered_with_a_sentence(page: Page, body: bytes) -> None:
    status, said = await page.asks("x", body)
    assert status == 400
    assert said["error"]


async def test_a_question_that_makes_no_sense_is_answered_too(page: Page) -> None:
    assert (await page.state("nobody"))["error"].startswith("nobody: known are anna, ")
    for after in ("x", "-1", "\N{SUPERSCRIPT TWO}", "9" * 5000):
        assert await page.journal(after) == (
            400,
            {"error": "'after' must be the number of an entry"},
        )
    assert (await page.journal("0"))[0] == 200


async def test_nonsense_is_answered_with_a_sentence(page: Page) -> None:
    assert "known are" in (await page.does("say", channel="#nowhere", text="x"))["error"]
    assert (await page.does("close", view_id="V0NONE"))["error"] == "not_found"
