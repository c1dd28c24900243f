"""A real Bolt app over a real WebSocket: what the sandbox exists for."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.sandbox.driver import Errors, Heard, View
from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import connected

FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "claim_form",
    "title": {"type": "plain_text", "text": "Claim"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "summary",
            "label": {"type": "plain_text", "text": "Your summary"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        }
    ],
}
CARD: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "plain_text", "text": "charged me twice"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "claim",
                "text": {"type": "plain_text", "text": "Claim"},
                "value": "42",
            }
        ],
    },
]


def listeners(app: AsyncApp) -> None:
    @app.command("/claim")
    async def claim(ack: Any, command: Any, client: Any) -> None:
        if command["text"] == "form":
            await client.views_open(trigger_id=command["trigger_id"], view=FORM)
            await ack()
            return
        await ack(f"case {command['text']} is yours")

    @app.action("claim")
    async def clicked(ack: Any, body: Any, client: Any, respond: Any) -> None:
        ts, channel = body["message"]["ts"], body["channel"]["id"]
        await client.chat_update(channel=channel, ts=ts, text="taken", blocks=[CARD[0]])
        await respond("yours now", replace_original=False)
        await ack()

    @app.view("claim_form")
    async def submitted(ack: Any, view: Any) -> None:
        words = view["state"]["values"]["summary"]["words"]["value"]
        if words == "bad":
            await ack(response_action="errors", errors={"summary": "say more"})
            return
        await ack()

    @app.event("app_mention")
    async def mentioned(event: Any, say: Any) -> None:
        await say(f"hello <@{event['user']}>")


async def test_a_person_types_clicks_and_submits() -> None:
    async with Sandbox() as sandbox, connected(sandbox, listeners) as app:
        anna = sandbox.person("anna")
        heard = await anna.types("/claim 42", channel="#care-billing")
        assert heard == Heard("case 42 is yours")

        await app.client.chat_postMessage(channel="C0BILLING", text="card", blocks=CARD)
        card = await anna.sees("charged me twice", channel="#care-billing")
        assert card.buttons == ["Claim"]
        pressed = await anna.clicks("Claim", on=card)
        assert isinstance(pressed, Heard)
        assert pressed.text == "yours now"
        assert anna.messages("#care-billing")[1].edited

        form = await anna.types("/claim form")
        assert isinstance(form, View)
        errors = await anna.submits(form, {"Your summary": "bad"})
        assert isinstance(errors, Errors)
        assert errors == {"summary": "say more"}
        assert await anna.submits(form, {"Your summary": "charged twice"}) is None
        assert anna.view is None

        await anna.says("hi @usher")
        await anna.sees("hello <@U0ANNA>", channel="#care-general")
