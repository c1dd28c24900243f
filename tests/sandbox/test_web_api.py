"""The Web API says no where Slack says no, in Slack's words."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.records import Channel
from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import client_of

LONG = {"type": "section", "text": {"type": "plain_text", "text": "x" * 3001}}


class HeldClock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
async def sandbox(clock: HeldClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    return client_of(sandbox)


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("chat.postMessage", {"channel": "C0NONE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0RANDOM", "text": "x"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "C0ARCHIVED", "text": "x"}, "is_archived"),
        ("chat.postMessage", {"channel": "C0GENERAL"}, "no_text"),
        (
            "chat.postMessage",
            {"channel": "C0GENERAL", "text": "x", "thread_ts": "1.000001"},
            "cannot_reply_to_message",
        ),
        ("chat.update", {"channel": "C0GENERAL", "ts": "1.0", "text": "x"}, "message_not_found"),
        (
            "chat.postEphemeral",
            {"channel": "C0GENERAL", "user": "U0EVE", "text": "x"},
            "user_not_in_channel",
        ),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.history", {"channel": "C0GENERAL"}, "missing_scope"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam"),
        ("usergroups.users.list", {}, "invalid_arguments"),
        ("chat.meow", {}, "unknown_method"),
        ("apps.connections.open", {}, "not_allowed_token_type"),
    ],
)
async def test_refusals(
    client: AsyncWebClient, method: str, args: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, params={"team_id": "T0USHER", **args})
    assert refused.value.response["error"] == error


async def test_tokens_are_checked(sandbox: Sandbox) -> None:
    for token, error in (("", "not_authed"), ("xoxb-wrong", "invalid_auth")):
        async with aiohttp.ClientSession() as session:
            headers = {"Authorization": f"Bearer {token}"}
            url = sandbox.slack_api_url + "auth.test"
            answer = await (await session.get(url, headers=headers)).json()
        assert answer == {"ok": False, "error": error}


async def test_a_post_reads_the_same_in_form_json_and_query(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    blocks = '[{"type": "divider"}]'
    await client.api_call("chat.postMessage", data={"channel": "C0GENERAL", "blocks": blocks})
    await client.api_call(
        "chat.postMessage", json={"channel": "C0GENERAL", "blocks": [{"type": "divider"}]}
    )
    await client.api_call(
        "chat.postMessage", http_verb="GET", params={"channel": "C0GENERAL", "text": "plain"}
    )
    first, second, third = sandbox.workspace.messages.history("C0GENERAL")
    assert [m.blocks[0]["type"] for m in (first, second)] == ["divider", "divider"]
    assert third.text == "plain"
    assert float(first.ts) < float(second.ts) < float(third.ts)


async def test_bad_blocks_come_back_with_a_pointer(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[LONG])
    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_an_update_without_blocks_takes_the_blocks_away(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(
        channel="C0GENERAL", text="x", blocks=[{"type": "divider"}]
    )
    await client.chat_update(channel="C0GENERAL", ts=posted["ts"], text="only words")
    (message,) = sandbox.workspace.messages.history("C0GENERAL")
    assert (message.blocks, message.edited) == ((), True)


async def test_others_messages_are_not_the_bots_to_change(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    said = await sandbox.person("anna").says("mine")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        await client.chat_update(channel=said.channel, ts=said.ts, text="yours")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        await client.chat_delete(channel=said.channel, ts=said.ts)


async def test_ephemerals_live_on_one_screen_only(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sent = await client.chat_postEphemeral(channel="C0GENERAL", user="U0ANNA", text="psst")
    anna = sandbox.person("anna")
    assert (await anna.sees("psst")).ephemeral
    await sandbox.person("ben").sees_not("psst", within=0.05)
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel="C0GENERAL", ts=sent["message_ts"], text="x")
    anna.reloads()
    await anna.sees_not("psst", within=0.05)


async def test_one_message_a_second_and_channel(client: AsyncWebClient) -> None:
    for _ in range(3):
        await client.chat_postMessage(channel="C0GENERAL", text="x")
    await client.chat_postMessage(channel="C0BILLING", text="another channel has its own bucket")
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0GENERAL", text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"


async def test_a_trigger_opens_one_modal_within_three_seconds(
    sandbox: Sandbox, client: AsyncWebClient, clock: HeldClock
) -> None:
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Hi"},
        "blocks": [{"type": "divider"}],
    }
    trigger = sandbox.workspace.triggers.new("U0ANNA")
    await client.views_open(trigger_id=trigger, view=view)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger, view=view)
    late = sandbox.workspace.triggers.new("U0ANNA")
    clock.now += timedelta(seconds=3.1)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=late, view=view)


async def test_two_writers_of_one_view_meet_a_hash_conflict(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    first = await client.views_publish(user_id="U0ANNA", view=view)
    await client.views_publish(user_id="U0ANNA", view=view, hash=first["view"]["hash"])
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id="U0ANNA", view=view, hash=first["view"]["hash"])


async def test_a_response_url_ends_after_five_uses_or_thirty_minutes(
    sandbox: Sandbox, clock: HeldClock
) -> None:
    async with aiohttp.ClientSession() as session:
        url = sandbox.workspace.response_urls.new("U0ANNA", "C0RANDOM")
        for _ in range(5):
            assert (await session.post(url, json={"text": "x"})).status == 200
        spent = await session.post(url, json={"text": "x"})
        assert (spent.status, await spent.json()) == (404, {"ok": False, "error": "used_url"})
        old = sandbox.workspace.response_urls.new("U0ANNA", "C0RANDOM")
        clock.now += timedelta(minutes=31)
        expired = await session.post(old, json={"text": "x"})
        assert (await expired.json())["error"] == "expired_url"


async def test_lists_come_in_pages(client: AsyncWebClient) -> None:
    names = []
    async for page in await client.conversations_list(limit=2, exclude_archived=True):
        names += [channel["name"] for channel in page["channels"]]
    assert names == ["care-general", "care-billing", "care-outage", "managers", "random"]


NOT_SHARED = (
    ({"channel_id": "C0NONE"}, "channel_not_found"),
    ({"channel_id": "C0CLOSED"}, "channel_not_found"),
    ({"channel_id": "C0RANDOM"}, "not_in_channel"),
    ({"thread_ts": "1.000001"}, "cannot_reply_to_message"),
)


async def test_a_file_is_announced_brought_and_shared_each_once(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    asked = {"filename": "case.json", "length": 2}
    given = await client.files_getUploadURLExternal(**asked)
    wanted = [{"id": given["file_id"], "title": "Case"}]
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=wanted, channel_id="C0GENERAL")
    async with aiohttp.ClientSession() as session:
        for content, status in ((b"{} ", 400), (b"{}", 200), (b"{}", 400)):
            async with session.post(given["upload_url"], data=content) as answer:
                assert answer.status == status
    sandbox.workspace.channels["C0CLOSED"] = Channel("C0CLOSED", "closed", private=True)
    anna = sandbox.person("anna")
    root = await anna.says("Where is it?")
    shared = {"files": wanted, "channel_id": "C0GENERAL", "initial_comment": "Here it is."}
    for elsewhere, error in NOT_SHARED:
        with pytest.raises(SlackApiError, match=error):
            await client.files_completeUploadExternal(**{**shared, **elsewhere})
    shared["thread_ts"] = root.ts
    await client.files_completeUploadExternal(**shared)
    _, seen = anna.messages("#care-general")
    assert seen.thread_ts == root.ts
    assert (seen.text, [each["title"] for each in seen.files]) == ("Here it is.", ["Case"])
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(**shared)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.files_getUploadURLExternal(filename="empty.json", length=0)
    sandbox.workspace.scopes.discard("files:write")
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.files_getUploadURLExternal(**asked)
