"""Modals that grow and stack, menus, shortcuts and answers for all to see, in a real Bolt app."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.sandbox.driver import Heard, View
from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import connected

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def question(name: str, label: str, element: Json) -> Json:
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}


REASONS = [{"text": plain("Billing"), "value": "b"}, {"text": plain("Outage"), "value": "o"}]
WHY = question("why", "Why", {"type": "plain_text_input", "action_id": "w", "max_length": 20})
KIND = question("kind", "Kind", {"type": "static_select", "action_id": "k", "options": REASONS})
MORE = {
    "type": "actions",
    "block_id": "more",
    "elements": [{"type": "button", "action_id": "grow", "text": plain("More")}],
}


def form(*blocks: Json, title: str = "Case", **more: Any) -> Json:
    shown = {"type": "modal", "title": plain(title), "submit": plain("Send")}
    return {**shown, "callback_id": title, "blocks": list(blocks), **more}


def listeners(app: AsyncApp) -> None:
    @app.shortcut("new_case")
    async def new_case(ack: Any, client: Any, shortcut: Any) -> None:
        await client.views_open(
            trigger_id=shortcut["trigger_id"], view=form(WHY, MORE, notify_on_close=True)
        )
        await ack()

    @app.action("grow")
    async def grow(ack: Any, client: Any, body: Any) -> None:
        typed = body["view"]["state"]["values"]["why"]["w"]["value"]
        hint = {**KIND, "label": plain(f"Kind of {typed}")}
        view = form(WHY, hint, notify_on_close=True)
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)
        await ack()

    @app.shortcut("take")
    async def take(ack: Any, shortcut: Any, respond: Any) -> None:
        await respond(f"took {shortcut['message']['text']}", response_type="in_channel")
        await ack()

    @app.command("/loud")
    async def loud(ack: Any) -> None:
        await ack("for all", response_type="in_channel")

    answers_to_modals(app)


def answers_to_modals(app: AsyncApp) -> None:
    @app.view("Case")
    async def sent(ack: Any, view: Any) -> None:
        values = view["state"]["values"]
        if "kind" not in values:
            await ack(response_action="push", view=form(KIND, title="Kind"))
            return
        chosen = values["kind"]["k"]["selected_option"]["value"]
        said = f"{values['why']['w']['value']} is {chosen}"
        await ack(response_action="update", view=form(MORE, title=said))

    @app.view("Kind")
    async def finished(ack: Any) -> None:
        await ack(response_action="clear")

    @app.view_closed("Case")
    async def closed(ack: Any) -> None:
        await ack()


async def test_a_modal_grows_and_keeps_what_was_typed() -> None:
    async with Sandbox() as sandbox, connected(sandbox, listeners):
        anna = sandbox.person("anna")
        view = await anna.shortcut("new_case")
        assert isinstance(view, View)
        anna.fills(view, {"Why": "charged"})
        grown = await anna.clicks("More", on=view)
        assert isinstance(grown, View)
        assert grown.labels == ["Why", "Kind of charged"]
        done = await anna.submits(grown, {"kind/k": "Outage"})
        assert isinstance(done, View)
        assert done.title == "charged is o"


async def test_modals_stack_and_clear() -> None:
    async with Sandbox() as sandbox, connected(sandbox, listeners):
        anna = sandbox.person("anna")
        view = await anna.shortcut("new_case")
        assert isinstance(view, View)
        too_long = await anna.submits(view, {"Why": "x" * 21})
        assert too_long == {"why": "Please make this 20 characters or fewer."}
        pushed = await anna.submits(view, {"Why": "charged"})
        assert isinstance(pushed, View)
        assert pushed.title == "Kind"
        assert await anna.submits(pushed, {"Kind": "Billing"}) is None
        assert anna.view is None


async def test_closing_is_told_when_the_view_asks_for_it() -> None:
    async with Sandbox() as sandbox, connected(sandbox, listeners):
        anna = sandbox.person("anna")
        view = await anna.shortcut("new_case")
        assert isinstance(view, View)
        await anna.closes(view)
        (told,) = sandbox.workspace.journal.deliveries("view_closed")
        assert told.outcome == "acked"
        with pytest.raises(Exception, match="not_found"):
            await anna.submits(view, {})


async def test_answers_for_all_and_message_shortcuts() -> None:
    async with Sandbox() as sandbox, connected(sandbox, listeners):
        anna, ben = sandbox.person("anna"), sandbox.person("ben")
        heard = await anna.types("/loud", channel="#random")
        assert heard == Heard("for all", ephemeral=False)
        await ben.sees("for all", channel="#random")
        assert [m.text for m in ben.messages("#random")] == ["/loud", "for all"]
        refused = await anna.types("/loud", thread=ben.messages("#random")[0])
        assert refused == Heard("/loud is not supported in threads. Sorry!", failed=True)
        said = await ben.says("help me", channel="#random")
        await anna.message_shortcut("take", on=said)
        (told,) = sandbox.workspace.journal.deliveries("message_action")
        (block,) = told.payload["message"]["blocks"]
        assert block["elements"][0]["elements"] == [{"type": "text", "text": "help me"}]
        assert told.payload["message"]["client_msg_id"]
        assert not (await ben.sees("took help me", channel="#random")).ephemeral
