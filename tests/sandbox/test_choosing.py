"""Options that an app offers while somebody types, inputs that tell at once, and the home tab."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.sandbox.driver import Heard, Message, Person, View
from bot.sandbox.records import NotThere
from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import client_of, connected
from tests.sandbox.test_gestures import Json, form, plain, question

WHO = {"type": "external_select", "action_id": "customer", "placeholder": plain("Who?")}
EAGER = {**WHO, "min_query_length": 0}
ASK = {"type": "section", "block_id": "ask", "text": plain("Whose?"), "accessory": EAGER}
QUIET = question("quiet", "Quiet", {"type": "plain_text_input", "action_id": "q"})
LOUD = question("loud", "Loud", {"type": "plain_text_input", "action_id": "l"})
LOUD["dispatch_action"] = True
OPTIONAL = [{**each, "optional": True} for each in (QUIET, LOUD)]
FORM = form(question("who", "Customer", WHO), *OPTIONAL)
REFRESH = {"type": "button", "action_id": "refresh", "text": plain("Refresh")}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


def home(title: str) -> Json:
    shown = {"type": "section", "text": plain(title)}
    pressed = {"type": "actions", "elements": [REFRESH]}
    return {"type": "home", "blocks": [shown, pressed, ASK, *OPTIONAL]}


def offers_options(app: AsyncApp) -> None:
    @app.options("customer")
    async def offers(ack: Any, payload: Any) -> None:
        match payload["value"]:
            case "many":
                await ack(options=[option(f"Customer {n}") for n in range(101)])
            case "long":
                await ack(options=[option("x" * 76)])
            case "late":
                await asyncio.sleep(0.5)
                await ack(options=[])
            case "grouped":
                await ack(option_groups=[{"label": plain("Ours"), "options": [option("Jane")]}])
            case typed:
                await ack(options=[option("Jane Doe"), option("Tom")] if typed != "none" else [])


def listeners(app: AsyncApp) -> None:
    offers_options(app)

    @app.shortcut("new_case")
    async def new_case(ack: Any, client: Any, shortcut: Any) -> None:
        await client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)
        await ack()

    @app.view("Case")
    async def sent(ack: Any, view: Any) -> None:
        chosen = view["state"]["values"]["who"]["customer"]["selected_option"]
        await ack(response_action="update", view=form(ASK, title=f"Got {chosen['value']}"))

    for name in ("customer", "l"):

        @app.action(name)
        async def acted(ack: Any, action: Any, respond: Any, body: Any) -> None:
            await ack()
            if "message" in body:
                await respond(f"took {action['selected_option']['value']}", replace_original=False)

    @app.event("app_home_opened")
    async def opened(client: Any, event: Any) -> None:
        await client.views_publish(user_id=event["user"], view=home("Fresh"))

    @app.action("refresh")
    async def refreshed(ack: Any, client: Any, body: Any) -> None:
        await ack()
        await client.views_publish(user_id=body["user"]["id"], view=home("Fresher"))


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(ack_seconds=0.3) as running, connected(running, listeners):
        yield running


@pytest.fixture
def anna(sandbox: Sandbox) -> Person:
    return sandbox.person("anna")


async def place(sandbox: Sandbox, anna: Person, where: str) -> Message | View:
    if where == "message":
        await client_of(sandbox).chat_postMessage(channel="C0GENERAL", text="x", blocks=[ASK])
        return await anna.sees("Whose?")
    found = await (anna.opens_home() if where == "home" else anna.shortcut("new_case"))
    assert isinstance(found, View)
    return found


@pytest.mark.parametrize("where", ["message", "modal", "home"])
async def test_options_come_while_she_types_and_can_be_chosen(
    sandbox: Sandbox, anna: Person, where: str
) -> None:
    on = await place(sandbox, anna, where)
    assert await anna.looks_for("jane", on=on, label="customer") == ["Jane Doe", "Tom"]
    assert await anna.looks_for("grouped", on=on, label="customer") == ["Jane"]
    assert await anna.looks_for("none", on=on, label="customer") == []
    (asked, *_) = sandbox.workspace.journal.deliveries("block_suggestion")
    assert asked.payload["value"] == "jane"
    assert asked.payload["container"]["type"] == ("message" if where == "message" else "view")
    assert ("message" in asked.payload, "view" in asked.payload) == (
        where == "message",
        where != "message",
    )
    with pytest.raises(LookupError):
        await anna.chooses("Jane Doe", on=on, action_id="customer")
    await anna.looks_for("jane", on=on, label="customer")
    said = await anna.chooses("Jane Doe", on=on, action_id="customer")
    if where == "message":
        assert isinstance(said, Heard)
        assert said.text == "took jane doe"


async def test_nothing_is_asked_before_enough_is_typed(sandbox: Sandbox, anna: Person) -> None:
    modal, message = await place(sandbox, anna, "modal"), await place(sandbox, anna, "message")
    assert await anna.looks_for("ja", on=modal, label="Customer") == []
    assert sandbox.workspace.journal.deliveries("block_suggestion") == []
    assert await anna.looks_for("", on=message, label="customer") == ["Jane Doe", "Tom"]


@pytest.mark.parametrize("typed", ["many", "long", "late"])
async def test_an_app_that_offers_wrong_or_late_is_complained_of(
    sandbox: Sandbox, anna: Person, typed: str
) -> None:
    on = await place(sandbox, anna, "message")
    shown = await anna.looks_for(typed, on=on, label="customer")
    assert shown == Heard("Options could not be loaded.", failed=True)


async def test_an_offered_option_is_submitted_by_its_words(sandbox: Sandbox, anna: Person) -> None:
    modal = await place(sandbox, anna, "modal")
    assert isinstance(modal, View)
    await anna.looks_for("jane", on=modal, label="Customer")
    done = await anna.submits(modal, {"Customer": "Jane Doe"})
    assert isinstance(done, View)
    assert done.title == "Got jane doe"


async def test_only_an_input_that_asks_for_it_tells_at_once(sandbox: Sandbox, anna: Person) -> None:
    modal = await place(sandbox, anna, "modal")
    assert isinstance(modal, View)
    await anna.looks_for("jane", on=modal, label="Customer")
    await anna.chooses("Jane Doe", on=modal, action_id="customer")
    await anna.enters("hush", on=modal, action_id="q")
    assert sandbox.workspace.journal.deliveries("block_actions") == []
    await anna.enters("hear", on=modal, action_id="l")
    (told,) = sandbox.workspace.journal.deliveries("block_actions")
    assert [(a["action_id"], a["value"]) for a in told.payload["actions"]] == [("l", "hear")]
    values = told.payload["view"]["state"]["values"]
    assert values["quiet"]["q"]["value"] == "hush"
    assert values["who"]["customer"]["selected_option"]["value"] == "jane doe"


async def test_the_home_tab_comes_back_changed(sandbox: Sandbox, anna: Person) -> None:
    shown = await anna.opens_home()
    assert isinstance(shown, View)
    assert "Fresh Refresh" in shown.words
    changed = await anna.clicks("Refresh", on=shown)
    assert isinstance(changed, View)
    assert "Fresher" in changed.words
    assert anna.home == changed
    with pytest.raises(NotThere, match="not on ben's screen"):
        await sandbox.person("ben").clicks("Refresh", on=shown)
