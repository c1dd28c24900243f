"""Names of views, the judgement asked for beforehand, and what a message may carry."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox.server import Sandbox
from tests.sandbox.block_kit import modal, question, section
from tests.sandbox.bolt_app import client_of

HOME = {"type": "home", "blocks": [section("x")]}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    return client_of(sandbox)


async def opened(sandbox: Sandbox, user: str, **more: Any) -> dict[str, Any]:
    trigger = sandbox.workspace.triggers.new(user)
    answer = await client_of(sandbox).views_open(
        trigger_id=trigger, view=modal(section("x"), **more)
    )
    view: dict[str, Any] = answer["view"]
    return view


async def test_a_view_takes_a_new_name_when_it_is_changed(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    await opened(sandbox, "U0ANNA", external_id="old")
    changed = modal(section("y"), external_id="new")
    answer = await client.views_update(external_id="old", view=changed)
    assert answer["view"]["external_id"] == "new"
    await client.views_update(external_id="new", view=changed)
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(external_id="old", view=changed)


async def test_a_name_that_another_view_has(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await opened(sandbox, "U0ANNA", external_id="hers")
    his = await opened(sandbox, "U0BEN", external_id="his")
    taken = modal(section("y"), external_id="hers")
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await client.views_update(view_id=his["id"], view=taken)
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await opened(sandbox, "U0CORA", external_id="his")


async def test_a_home_tab_is_published_again_under_its_name_and_can_be_changed(
    client: AsyncWebClient,
) -> None:
    named = {**HOME, "external_id": "home"}
    await client.views_publish(user_id="U0ANNA", view=named)
    home = (await client.views_publish(user_id="U0ANNA", view=named))["view"]
    changed = await client.views_update(view_id=home["id"], view={**HOME, "callback_id": "new"})
    assert (changed["view"]["id"], changed["view"]["callback_id"]) == (home["id"], "new")
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_update(view_id=home["id"], view=modal(section("x")))


async def test_modals_stand_three_high(sandbox: Sandbox, client: AsyncWebClient) -> None:
    stack = [await opened(sandbox, "U0ANNA")]
    for _ in range(2):
        trigger = sandbox.workspace.triggers.new("U0ANNA")
        pushed = await client.views_push(trigger_id=trigger, view=modal(section("y")))
        assert pushed["view"]["previous_view_id"] == stack[-1]["id"]
        stack.append(pushed["view"])
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(
            trigger_id=sandbox.workspace.triggers.new("U0ANNA"), view=modal(section("z"))
        )
    top = sandbox.person("anna").view
    assert top is not None
    assert top.id == stack[-1]["id"]


@pytest.mark.parametrize("asked", [True, False])
async def test_that_a_view_was_closed_is_told_where_it_asked_for_it(
    sandbox: Sandbox, *, asked: bool
) -> None:
    await opened(sandbox, "U0ANNA", notify_on_close=asked)
    anna = sandbox.person("anna")
    assert anna.view is not None
    await anna.closes(anna.view)
    assert anna.view is None
    assert len(sandbox.workspace.journal.deliveries("view_closed")) == asked


@pytest.mark.parametrize(
    ("element", "wanted", "given"),
    [
        ({"type": "channels_select", "initial_channel": "C0RANDOM"}, True, True),
        ({"type": "conversations_select", "initial_conversation": "C0RANDOM"}, True, True),
        ({"type": "channels_select", "initial_channel": "C0RANDOM"}, False, False),
    ],
)
async def test_a_form_is_answered_in_the_room_that_was_chosen_in_it(
    sandbox: Sandbox, element: dict[str, Any], *, wanted: bool, given: bool
) -> None:
    select = {**element, "action_id": "a", "response_url_enabled": wanted}
    asked = modal(question(select, block_id="b"), submit={"type": "plain_text", "text": "Send"})
    trigger = sandbox.workspace.triggers.new("U0ANNA")
    await client_of(sandbox).views_open(trigger_id=trigger, view=asked)
    anna = sandbox.person("anna")
    assert anna.view is not None
    await anna.submits(anna.view)
    (told,) = sandbox.workspace.journal.deliveries("view_submission")
    assert len(told.payload["response_urls"]) == given
    for room in told.payload["response_urls"]:
        url = room.pop("response_url")
        assert room == {"block_id": "b", "action_id": "a", "channel_id": "C0RANDOM"}
        said = {"text": "done", "response_type": "in_channel"}
        assert (await AsyncWebhookClient(url).send_dict(said)).status_code == 200
        await sandbox.person("ben").sees("done", channel="#random")


async def test_what_slack_finds_wrong_beforehand(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.blocks_validate(blocks=[section("x"), section("x" * 3001)])
    assert refused.value.response["error"] == "invalid_blocks"
    assert refused.value.response["errors"] == [
        {
            "pointer": "/blocks/1/text/text",
            "code": "failed_constraint",
            "message": "must be less than 3001 characters",
            "constraint": {"type": "max_length", "expected": 3000, "got": 3001},
        }
    ]
    with pytest.raises(SlackApiError) as refused:
        await client.blocks_validate(view=modal(question()))
    assert refused.value.response["error"] == "invalid_view"
    assert refused.value.response["errors"] == [
        {
            "pointer": "",
            "code": "failed_constraint",
            "message": "missing required field: submit",
            "constraint": {"type": "required", "expected": "submit", "got": None},
            "field": "submit",
        }
    ]


@pytest.mark.parametrize(
    ("args", "error", "pointer"),
    [
        ({"message": {"blocks": [{"type": "alert"}]}}, "invalid_message", "/blocks/0/type"),
        ({"message": []}, "invalid_message", ""),
        ({"blocks": {"type": "divider"}}, "invalid_blocks", "/blocks"),
        ({"view": {**HOME, "blocks": [{"type": "plan"}]}}, "invalid_view", "/blocks/0/type"),
        ({"view": []}, "invalid_view", ""),
    ],
)
async def test_what_is_judged(
    client: AsyncWebClient, args: dict[str, Any], error: str, pointer: str
) -> None:
    spelled = {name: json.dumps(value) for name, value in args.items()}
    with pytest.raises(SlackApiError, match=error) as refused:
        await client.api_call("blocks.validate", params=spelled)
    assert refused.value.response["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("args", [{}, {"blocks": "[]", "view": "{}"}, {"blocks": "["}])
async def test_one_thing_is_judged_at_a_time(client: AsyncWebClient, args: dict[str, str]) -> None:
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.api_call("blocks.validate", params=args)


async def test_what_is_right_is_told_so(client: AsyncWebClient) -> None:
    for args in (
        {"blocks": [section("x")]},
        {"message": {"blocks": [section("x")]}},
        {"view": HOME},
    ):
        assert (await client.blocks_validate(**args))["ok"]


async def test_a_message_is_changed_up_to_four_thousand_characters(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="x" * 5000))["ts"]
    await client.chat_update(channel="C0GENERAL", ts=ts, text="x" * 4000)
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_update(channel="C0GENERAL", ts=ts, text="x" * 4001)


@pytest.mark.parametrize(("letter", "fits"), [("x", True), ("ü", False)])
async def test_metadata_is_counted_in_bytes(
    client: AsyncWebClient, letter: str, *, fits: bool
) -> None:
    metadata = {"event_type": "case", "event_payload": {"words": letter * 5000}}
    args = {"channel": "C0GENERAL", "text": "x", "metadata": metadata}
    if fits:
        await client.api_call("chat.postMessage", json=args)
        return
    with pytest.raises(SlackApiError, match="metadata_too_large"):
        await client.api_call("chat.postMessage", json=args)


@pytest.mark.parametrize("enabled", [True, False])
async def test_who_has_no_messages_tab_gets_no_direct_messages(*, enabled: bool) -> None:
    tabs = {"home_tab_enabled": True, "messages_tab_enabled": enabled}
    scopes = {"scopes": {"bot": ["chat:write", "im:write"]}}
    manifest = {"features": {"app_home": tabs}, "oauth_config": scopes}
    async with Sandbox(manifest=manifest) as sandbox:
        client = client_of(sandbox)
        await client.conversations_open(users="U0ANNA")
        for method, place in (
            ("chat.postMessage", "U0ANNA"),
            ("chat.postMessage", "D0ANNA"),
            ("chat.postEphemeral", "D0ANNA"),
        ):
            args = {"channel": place, "user": "U0ANNA", "text": "x"}
            if enabled:
                await client.api_call(method, json=args)
                continue
            with pytest.raises(SlackApiError, match="messages_tab_disabled"):
                await client.api_call(method, json=args)
