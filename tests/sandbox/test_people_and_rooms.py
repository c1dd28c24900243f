"""What the app can ask about people and rooms, and what a thread says of itself."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import client_of

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SCOPES = [
    *("channels:read", "channels:join", "chat:write", "dnd:read", "im:write"),
    "mpim:write",
    *("users:read", "users.profile:read"),
]
HEARD: Any = {"events": ["app_mention"], "event_retries": ()}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=lambda: NOW, scopes=SCOPES, rate_limited=False) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    return client_of(sandbox)


async def test_a_thread_counts_its_replies_and_has_one_level(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    anna, ben = sandbox.person("anna"), sandbox.person("ben")
    root = await anna.says("root")
    first = await ben.says("first", thread=root)
    posted = await client.chat_postMessage(channel="C0GENERAL", text="second", thread_ts=first.ts)
    assert posted["message"]["thread_ts"] == root.ts
    shown = sandbox.workspace.messages.find("C0GENERAL", root.ts).wire()
    assert (shown["thread_ts"], shown["reply_count"]) == (root.ts, 2)
    assert (shown["reply_users"], shown["latest_reply"]) == (["U0BEN", "U0USHER"], posted["ts"])
    await ben.deletes(first)
    assert sandbox.workspace.messages.find("C0GENERAL", root.ts).wire()["reply_count"] == 1


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("conversations.join", {"channel": "C0ARCHIVED"}, "is_archived"),
        ("conversations.join", {"channel": "D0ANNA"}, "method_not_supported_for_channel_type"),
        ("conversations.join", {"channel": "C0NONE"}, "channel_not_found"),
        ("conversations.open", {"users": "U0EVE"}, "user_not_visible"),
        ("conversations.open", {"users": ",".join(["U0NOBODY"] * 8)}, "user_not_found"),
        ("conversations.open", {"users": ",".join(["U0NOBODY"] * 9)}, "too_many_users"),
        ("chat.postMessage", {"channel": "U0EVE", "text": "x"}, "channel_not_found"),
        ("users.profile.get", {"user": "U0NOBODY"}, "user_not_found"),
        ("dnd.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("dnd.info", {"user": "U0EVE"}, "user_not_visible"),
        ("dnd.teamInfo", {"users": ""}, "no_users_provided"),
        ("dnd.teamInfo", {"users": "U0ANNA,U0EVE"}, "user_not_visible"),
    ],
)
async def test_new_methods_refuse(
    sandbox: Sandbox, client: AsyncWebClient, method: str, args: dict[str, str], error: str
) -> None:
    await client.conversations_open(users="U0ANNA")
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, params=args)
    assert refused.value.response["error"] == error


@pytest.mark.parametrize("grid", [True, False])
async def test_where_it_belongs_to_an_organisation_everything_says_so(*, grid: bool) -> None:
    ours = "E0USHER" if grid else None
    async with Sandbox(grid=grid, scopes=[*SCOPES, "app_mentions:read"], **HEARD) as sandbox:
        client, anna = client_of(sandbox), sandbox.person("anna")
        assert (await client.auth_test()).get("enterprise_id") == ours
        user = (await client.users_info(user="U0ANNA"))["user"]
        assert user.get("enterprise_user", {}).get("enterprise_id") == ours
        await anna.types("/x")
        await anna.shortcut("y")
        await anna.says("hello @usher")
        event = await sandbox.told("events_api")
        journal = sandbox.workspace.journal
        (typed,), (used,) = journal.deliveries("slash_commands"), journal.deliveries("shortcut")
        assert typed.payload.get("enterprise_id") == ours
        assert (used.payload["enterprise"] or {}).get("id") == ours
        assert event.payload["context_enterprise_id"] == ours
        assert event.payload["authorizations"][0]["enterprise_id"] == ours


async def test_status_and_do_not_disturb_can_be_asked_for(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    anna = sandbox.person("anna")
    await anna.sets_status(":palm_tree:", "away")
    await anna.snoozes(NOW + timedelta(hours=1))
    profile = (await client.users_profile_get(user="U0ANNA"))["profile"]
    assert (profile["status_emoji"], profile["status_text"]) == (":palm_tree:", "away")
    assert (await client.users_info(user="U0ANNA"))["user"]["profile"] == profile
    assert (await client.dnd_info(user="U0ANNA"))["dnd_enabled"]
    both = (await client.dnd_teamInfo(users=["U0ANNA", "U0BEN"]))["users"]
    assert [both[user]["dnd_enabled"] for user in ("U0ANNA", "U0BEN")] == [True, False]
    await anna.snoozes(None)
    assert not (await client.dnd_info(user="U0ANNA"))["dnd_enabled"]
