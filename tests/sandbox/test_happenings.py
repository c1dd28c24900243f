"""What people do to the workspace reaches the app once, in the event that Slack has for it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driver import Person
from bot.sandbox.happenings import Happenings
from bot.sandbox.records import Json
from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import client_of, connected

NOW = datetime(2026, 11, 20, 9, 0, 0, 500_000, tzinfo=UTC)
EVENTS = [
    *("message.channels", "message.im", "member_joined_channel", "member_left_channel"),
    *("channel_left", "channel_rename", "channel_archive", "channel_unarchive", "channel_shared"),
    *("channel_unshared", "user_change", "user_status_changed", "dnd_updated_user"),
    *("subteam_updated", "subteam_members_changed", "app_mention"),
]
SCOPES = [
    *("channels:history", "channels:read", "channels:join", "chat:write", "dnd:read"),
    *("users:read", "users.profile:read", "usergroups:read", "app_mentions:read", "im:write"),
]


def listeners(app: AsyncApp) -> None:
    @app.event({"type": "message"})
    async def heard(ack: Any) -> None:
        await ack()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    made = Sandbox(
        clock=lambda: NOW, events=EVENTS, scopes=SCOPES, event_retries=(), rate_limited=False
    )
    async with made as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    return client_of(sandbox)


async def told(sandbox: Sandbox) -> list[Json]:
    """Every event so far, the envelope's own time checked on the way."""
    await asyncio.sleep(0.02)
    payloads = [d.payload for d in sandbox.workspace.journal.deliveries("events_api")]
    assert {p["event_time"] for p in payloads} <= {int(NOW.timestamp())}
    assert len({p["event_id"] for p in payloads}) == len(payloads)
    return [p["event"] for p in payloads]


Deed = Callable[[Person], Awaitable[object]]
JOINED = {"channel": "C0GENERAL", "channel_type": "C", "team": "T0USHER"}
HAPPENINGS: list[tuple[Deed, list[Json]]] = [
    (
        lambda anna: anna.renames("#care-billing", to="#care-money"),
        [{"type": "channel_rename", "channel": {
            "id": "C0BILLING", "name": "care-money", "name_normalized": "care-money", "created": 1,
        }}],
    ),
    (
        lambda anna: anna.archives("#care-outage"),
        [{"type": "channel_archive", "channel": "C0OUTAGE", "user": "U0ANNA", "is_moved": 0}],
    ),
    (
        lambda anna: anna.unarchives("#archived"),
        [{"type": "channel_unarchive", "channel": "C0ARCHIVED", "user": "U0ANNA"}],
    ),
    (
        lambda anna: anna.shares("#care-general", with_="eve"),
        [
            {"type": "channel_shared", "connected_team_id": "T0OTHER", "channel": "C0GENERAL"},
            {"type": "member_joined_channel", "user": "U0EVE", **JOINED, "team": "T0OTHER"},
        ],
    ),
    (
        lambda anna: anna.invites("gus", to="#care-general"),
        [{"type": "member_joined_channel", "user": "U0GUS", "inviter": "U0ANNA", **JOINED}],
    ),
    (
        lambda anna: anna.leaves("#managers"),
        [{"type": "member_left_channel", "user": "U0ANNA", **JOINED, "channel": "C0MANAGERS"}],
    ),
    (
        lambda anna: anna.removes("usher", from_="#care-general"),
        [{"type": "channel_left", "channel": "C0GENERAL"}],
    ),
    (
        lambda anna: anna.snoozes(NOW + timedelta(hours=1)),
        [{"type": "dnd_updated_user", "user": "U0ANNA", "dnd_status": {
            "dnd_enabled": True,
            "next_dnd_start_ts": int(NOW.timestamp()),
            "next_dnd_end_ts": int(NOW.timestamp()) + 3600,
        }}],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "events"), HAPPENINGS)
async def test_a_happening_is_told_once(sandbox: Sandbox, deed: Deed, events: list[Json]) -> None:
    await deed(sandbox.person("anna"))
    seen = await told(sandbox)
    assert all(float(event.pop("event_ts")) >= NOW.timestamp() for event in seen)
    assert seen == events


async def test_what_is_not_subscribed_or_not_granted_is_not_told() -> None:
    for rules in ({"events": ["app_mention"]}, {"scopes": ["chat:write"]}):
        given: Any = {"events": EVENTS, "scopes": SCOPES, "event_retries": (), **rules}
        async with Sandbox(clock=lambda: NOW, **given) as sandbox:
            for deed, _ in HAPPENINGS:
                await deed(sandbox.person("ben"))
            await sandbox.person("ben").says("hello", channel="C0BILLING")
            assert await told(sandbox) == []


async def test_a_person_changes(sandbox: Sandbox) -> None:
    anna = sandbox.person("anna")
    await anna.sets_status(":palm_tree:", "away until Monday")
    await anna.makes_guest("ben", "multi-channel")
    await anna.deactivates("cora")
    seen = [(e["type"], e["user"]["name"]) for e in await told(sandbox)]
    assert sorted(seen) == [
        ("user_change", "anna"),
        ("user_change", "ben"),
        ("user_change", "cora"),
        ("user_status_changed", "anna"),
    ]
    users = {e["user"]["name"]: e["user"] for e in await told(sandbox)}
    assert users["anna"]["profile"]["status_emoji"] == ":palm_tree:"
    assert (users["ben"]["is_restricted"], users["ben"]["is_ultra_restricted"]) == (True, False)
    assert users["cora"]["deleted"]


async def test_a_group_changes(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await sandbox.person("anna").changes_group("@coordinators", ["ben", "sam"])
    updated, changed = await told(sandbox)
    assert updated["subteam"]["users"] == ["U0BEN", "U0SAM"]
    assert (changed["added_users"], changed["removed_users"]) == (["U0BEN", "U0SAM"], ["U0CORA"])
    listed = await client.usergroups_users_list(usergroup="S0COORD")
    assert listed["users"] == ["U0BEN", "U0SAM"]


async def test_an_edit_has_a_time_of_its_own(sandbox: Sandbox) -> None:
    anna = sandbox.person("anna")
    said = await anna.says("frist")
    await anna.edits(said, "first")
    posted, changed = await told(sandbox)
    assert (posted["ts"], posted["event_ts"]) == (said.ts, said.ts)
    assert (changed["subtype"], changed["channel_type"]) == ("message_changed", "channel")
    assert changed["ts"] == changed["event_ts"] != said.ts
    assert changed["message"]["ts"] == changed["previous_message"]["ts"] == said.ts
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("frist", "first")
    assert "frist" in str(posted["blocks"])
    assert "first" in str(changed["message"]["blocks"])
    assert changed["message"]["edited"]["ts"] not in (said.ts, changed["ts"])
    assert "edited" not in changed["previous_message"]


async def test_a_deletion_names_what_is_gone(sandbox: Sandbox) -> None:
    anna = sandbox.person("anna")
    said = await anna.says("oops")
    await anna.deletes(said)
    deleted = (await told(sandbox))[-1]
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)
    assert deleted["ts"] == deleted["event_ts"] != said.ts
    assert deleted["previous_message"]["text"] == "oops"


async def test_another_app_speaks(sandbox: Sandbox) -> None:
    happenings = Happenings(sandbox.workspace)
    channel = sandbox.workspace.channel("#care-general")
    happenings.other_app_says(channel, "<@U0USHER> deployed", name="Deployer")
    (event,) = await told(sandbox)
    assert (event["type"], event["subtype"]) == ("message", "bot_message")
    assert (event["bot_id"], event["username"]) == ("B0OTHER", "Deployer")
    assert "user" not in event


async def test_another_apps_words_reach_a_real_app(sandbox: Sandbox) -> None:
    async with connected(sandbox, listeners):
        channel = sandbox.workspace.channel("#care-general")
        Happenings(sandbox.workspace).other_app_says(channel, "deployed", name="Deployer")
        await asyncio.sleep(0.2)
        (delivery,) = sandbox.workspace.journal.deliveries("events_api")
        assert delivery.outcome == "acked"


async def test_usher_is_shown_out_and_comes_again(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await sandbox.person("anna").removes("usher", from_="#care-general")
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.chat_postMessage(channel="C0GENERAL", text="x")
    joined = await client.conversations_join(channel="C0GENERAL")
    assert joined["channel"]["is_member"]
    await client.chat_postMessage(channel="C0GENERAL", text="x")
    again = await client.conversations_join(channel="C0GENERAL")
    assert again["warning"] == "already_in_channel"
    kinds = [event["type"] for event in await told(sandbox)]
    assert kinds == ["channel_left", "member_joined_channel", "message"]


async def test_a_shared_channel_is_marked_whoever_speaks(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    anna, eve = sandbox.person("anna"), sandbox.person("eve")
    await anna.says("before")
    await anna.shares("#care-general", with_="eve")
    await anna.says("hers")
    await eve.says("theirs")
    await anna.says("elsewhere", channel="#care-billing")
    await told(sandbox)
    payloads = [d.payload for d in sandbox.workspace.journal.deliveries("message")]
    marked = {p["event"]["text"]: p["is_ext_shared_channel"] for p in payloads}
    assert marked == {"before": False, "hers": True, "theirs": True, "elsewhere": False}
    theirs = next(p["event"] for p in payloads if p["event"]["text"] == "theirs")
    assert (theirs["team"], theirs["user_team"]) == ("T0OTHER", "T0OTHER")
    shown = (await client.conversations_info(channel="C0GENERAL"))["channel"]
    assert (shown["is_shared"], shown["is_ext_shared"]) == (True, True)
    assert shown["shared_team_ids"] == ["T0USHER", "T0OTHER"]
    assert shown["connected_team_ids"] == ["T0OTHER"]
    assert shown["is_pending_ext_shared"] is False
    await anna.unshares("#care-general")
    again = (await client.conversations_info(channel="C0GENERAL"))["channel"]
    assert (again["is_ext_shared"], again["connected_team_ids"]) == (False, [])
    left, unshared = (await told(sandbox))[-2:]
    assert (left["type"], left["user"]) == ("member_left_channel", "U0EVE")
    assert unshared["previously_connected_team_id"] == "T0OTHER"


async def test_a_root_deleted_above_its_replies_leaves_a_tombstone(sandbox: Sandbox) -> None:
    anna, ben = sandbox.person("anna"), sandbox.person("ben")
    root = await anna.says("root")
    await ben.says("reply", thread=root)
    await anna.deletes(root)
    stone = sandbox.workspace.messages.find("C0GENERAL", root.ts)
    assert stone.wire()["subtype"] == "tombstone"
    assert [m.text for m in ben.messages("#care-general")] == [stone.text, "reply"]
    changed = (await told(sandbox))[-1]
    assert (changed["subtype"], changed["message"]["subtype"]) == ("message_changed", "tombstone")
    assert changed["previous_message"]["text"] == "root"
