"""Who is not in a room sees nothing of it, and nobody does what Slack would not let her do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driver import Heard, Message, Person
from bot.sandbox.records import NotThere
from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import client_of, connected
from tests.sandbox.test_bolt import CARD

MANIFEST: dict[str, Any] = {
    "features": {
        "app_home": {"home_tab_enabled": False, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/claim", "description": "Take a case"}],
        "shortcuts": [
            {"name": "Add to a case", "type": "message", "callback_id": "add_to_case"},
            {"name": "Bring in a customer", "type": "global", "callback_id": "bring_in"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "users:read"]}},
    "settings": {
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {"bot_events": ["app_home_opened", "user_change"]},
    },
}


def listeners(app: AsyncApp) -> None:
    @app.command("/claim")
    async def claim(ack: Any) -> None:
        await ack("yours")

    @app.action("claim")
    async def clicked(ack: Any, respond: Any, body: Any) -> None:
        await respond(f"pressed by {body['user']['name']}", replace_original=False)
        await ack()

    @app.shortcut("add_to_case")
    async def add(ack: Any, respond: Any) -> None:
        await respond("added")
        await ack()

    @app.shortcut("bring_in")
    async def bring_in(ack: Any) -> None:
        await ack()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest=MANIFEST) as running, connected(running, listeners):
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    return client_of(sandbox)


@pytest.fixture
async def card(sandbox: Sandbox, client: AsyncWebClient) -> Message:
    await client.chat_postMessage(channel="C0GENERAL", text="card", blocks=CARD)
    return await sandbox.person("anna").sees("charged me twice", channel="#care-general")


Deed = Callable[[Person, Message], Awaitable[object]]
DEEDS: dict[str, Deed] = {
    "sees": lambda who, _: who.sees("charged me twice", channel="#care-general", timeout=0.1),
    "sees_not": lambda who, _: who.sees_not("nothing", channel="#care-general", within=0.1),
    "clicks": lambda who, card: who.clicks("Claim", on=card),
    "types": lambda who, _: who.types("/claim"),
    "says": lambda who, _: who.says("hello"),
    "replies": lambda who, card: who.says("hello", thread=card),
    "uses on": lambda who, card: who.uses("Add to a case", on=card),
    "renames": lambda who, _: who.renames("#care-general", to="#mine"),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
@pytest.mark.parametrize("name", ["eve", "mina", "gus", "ben"])
async def test_who_is_not_in_the_room_can_do_nothing_there(
    sandbox: Sandbox, card: Message, deed: Deed, name: str
) -> None:
    anna = sandbox.person("anna")
    await anna.deactivates("mina")
    await anna.removes("ben", from_="#care-general")
    told = len(sandbox.workspace.journal.deliveries("interactive"))
    with pytest.raises(NotThere):
        await deed(sandbox.person(name), card)
    assert len(sandbox.workspace.journal.deliveries("interactive")) == told
    assert sandbox.workspace.messages.history("C0GENERAL") == [card]
    await deed(anna, card)


@pytest.mark.parametrize("name", ["eve", "mina"])
async def test_who_is_not_here_at_all_has_no_screen(sandbox: Sandbox, name: str) -> None:
    await sandbox.person("anna").deactivates("mina")
    outside = sandbox.person(name)
    for deed in (
        lambda: outside.sees("x", timeout=0.1),
        lambda: outside.uses("Bring in a customer"),
        outside.opens_messages,
        lambda: outside.joins("#random"),
        lambda: outside.sets_status(":wave:", "hi"),
        lambda: outside.types("/claim", channel="@usher"),
    ):
        with pytest.raises(NotThere):
            await deed()


@pytest.mark.parametrize(
    ("gesture", "asked"),
    [
        ("slash", {"text": "/claim"}),
        ("say", {"text": "hello"}),
        ("click", {"block_id": "b", "action_id": "claim"}),
        ("message_shortcut", {"callback_id": "add_to_case"}),
        ("shortcut", {"callback_id": "unlisted"}),
    ],
)
async def test_neither_does_the_pages_api_let_them(
    sandbox: Sandbox, card: Message, gesture: str, asked: dict[str, str]
) -> None:
    await sandbox.person("anna").deactivates("mina")
    block = card.blocks[1]["block_id"]
    place = {"channel": "C0GENERAL", "ts": card.ts, **asked}
    async with aiohttp.ClientSession() as session:
        for name in ("eve", "mina", "gus"):
            sent = {"as": name, **place, **({"block_id": block} if gesture == "click" else {})}
            async with session.post(f"{sandbox.base_url}/sim/{gesture}", json=sent) as answer:
                assert (answer.status, "error" in await answer.json()) == (400, True), name
        for name, status in (("eve", 400), ("mina", 400), ("gus", 200)):
            async with session.get(f"{sandbox.base_url}/sim/state?as={name}") as answer:
                assert answer.status == status
    assert sandbox.workspace.messages.history("C0GENERAL") == [card]


async def test_an_archived_room_is_read_and_takes_no_words(sandbox: Sandbox, card: Message) -> None:
    anna = sandbox.person("anna")
    await anna.archives("#care-general")
    await anna.sees("charged me twice", channel="#care-general")
    for deed in (anna.says("x"), anna.types("/claim")):
        with pytest.raises(NotThere, match="archived"):
            await deed
    await anna.unarchives("#care-general")
    await anna.says("x")


async def test_a_guest_lives_in_his_own_channels_and_slack_tells_which_kind_he_is(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    gus, rosa = sandbox.person("gus"), sandbox.person("rosa")
    assert await gus.types("/claim", channel="#care-billing") == Heard("yours")
    assert await rosa.types("/claim", channel="#care-general") == Heard("yours")
    with pytest.raises(NotThere):
        await gus.types("/claim", channel="#random")
    flags = [
        ((await client.users_info(user=user))["user"]) for user in ("U0GUS", "U0ROSA", "U0ANNA")
    ]
    assert [(u["is_restricted"], u["is_ultra_restricted"]) for u in flags] == [
        (True, True),
        (True, False),
        (False, False),
    ]


async def test_somebody_of_another_organisation_presses_buttons_in_a_shared_channel(
    sandbox: Sandbox, client: AsyncWebClient, card: Message
) -> None:
    with pytest.raises(SlackApiError, match="user_not_visible"):
        await client.users_info(user="U0EVE")
    anna, eve = sandbox.person("anna"), sandbox.person("eve")
    await anna.shares("#care-general", with_="eve")
    assert (await client.users_info(user="U0EVE"))["user"]["is_stranger"]
    pressed = await eve.clicks("Claim", on=card)
    assert isinstance(pressed, Heard)
    assert pressed.text == "pressed by eve"
    for deed in (eve.types("/claim"), eve.uses("Add to a case", on=card)):
        with pytest.raises(NotThere, match="another organisation"):
            await deed
    await anna.unshares("#care-general")
    with pytest.raises(NotThere):
        await eve.sees("charged me twice", timeout=0.1)


async def test_the_manifest_alone_says_what_is_offered(sandbox: Sandbox, card: Message) -> None:
    anna = sandbox.person("anna")
    unknown = await anna.types("/other")
    assert unknown == Heard("/other is not a valid command.", failed=True)
    added = await anna.uses("Add to a case", on=card)
    assert isinstance(added, Heard)
    assert added.text == "added"
    assert await anna.uses("Bring in a customer") is None
    for deed in (
        anna.uses("Bring in a customer", on=card),
        anna.uses("Add to a case"),
        anna.shortcut("unlisted"),
    ):
        with pytest.raises(AssertionError, match="not offered"):
            await deed
    with pytest.raises(AssertionError, match="home tab is not offered"):
        await anna.opens_home()
    await anna.opens_messages()
    assert sandbox.workspace.scopes == {"chat:write", "commands", "users:read"}
    assert sandbox.workspace.events.subscribed == {"app_home_opened", "user_change"}


async def test_her_words_are_hers_to_change(sandbox: Sandbox, card: Message) -> None:
    anna, ben = sandbox.person("anna"), sandbox.person("ben")
    said = await anna.says("frist")
    with pytest.raises(NotThere, match="did not write"):
        await ben.edits(said, "mine now")
    await anna.edits(said, "first")
    assert (await ben.sees("first")).edited
    await anna.deletes(said)
    assert anna.messages("#care-general") == [card]
