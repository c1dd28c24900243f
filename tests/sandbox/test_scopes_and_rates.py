"""What the app was granted, by kind of conversation, and how often it may ask."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.limits import SPECIAL, TIERS
from bot.sandbox.records import Channel
from bot.sandbox.seed import BOT_USER
from bot.sandbox.server import Sandbox
from bot.sandbox.web_api import METHODS
from bot.sandbox.web_api.scopes import NEEDED
from tests.sandbox.bolt_app import client_of

PRIVATE = {"C0SECRET": Channel("C0SECRET", "secret", [BOT_USER, "U0ANNA"], private=True)}


def world(*scopes: str, **more: Any) -> Sandbox:
    """With one direct message and a private channel that the app is in."""
    sandbox = Sandbox(scopes=["chat:write", *scopes], **more)
    sandbox.workspace.channels.update(PRIVATE)
    sandbox.workspace.dm("U0ANNA")
    return sandbox


async def refusal(sandbox: Sandbox, method: str, **args: str) -> dict[str, Any]:
    """What Slack answered when it said no; empty when it went well."""
    try:
        await client_of(sandbox).api_call(method, params=args)
    except SlackApiError as no:
        return dict(no.response.data)
    return {}


ALL = ("channels", "groups", "im", "mpim")


@pytest.mark.parametrize(
    ("method", "args", "needed"),
    [
        ("conversations.info", {"channel": "C0GENERAL"}, "channels:read"),
        ("conversations.info", {"channel": "C0SECRET"}, "groups:read"),
        ("conversations.info", {"channel": "D0ANNA"}, "im:read"),
        ("conversations.members", {"channel": "C0SECRET"}, "groups:read"),
        ("conversations.history", {"channel": "C0SECRET"}, "groups:history"),
        ("conversations.history", {"channel": "D0ANNA"}, "im:history"),
        ("conversations.replies", {"channel": "C0SECRET", "ts": "1.0"}, "groups:history"),
        ("conversations.list", {}, "channels:read"),
        ("conversations.list", {"types": "private_channel"}, "groups:read"),
        ("conversations.list", {"types": "public_channel, im"}, "im:read"),
        ("conversations.open", {"users": "U0BEN"}, "im:write"),
        ("conversations.open", {"users": "U0BEN,U0ANNA"}, "mpim:write"),
        ("conversations.open", {"channel": "D0ANNA"}, "im:write"),
        ("users.info", {"user": "U0ANNA"}, "users:read"),
        ("users.profile.get", {"user": "U0ANNA"}, "users.profile:read"),
        ("dnd.info", {"user": "U0ANNA"}, "dnd:read"),
        ("dnd.teamInfo", {"users": "U0ANNA"}, "dnd:read"),
        ("conversations.join", {"channel": "C0RANDOM"}, "channels:join"),
    ],
)
async def test_the_one_scope_that_is_missing(
    method: str, args: dict[str, str], needed: str
) -> None:
    verb = needed.partition(":")[2]
    others = {f"{kind}:{verb}" for kind in ALL} - {needed}
    async with world(*others) as sandbox:
        answer = await refusal(sandbox, method, **args)
        assert (answer["error"], answer["needed"]) == ("missing_scope", needed)
        assert needed not in answer["provided"].split(",")
        sandbox.workspace.scopes.add(needed)
        assert (await refusal(sandbox, method, **args)).get("error") != "missing_scope"


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
async def test_nothing_is_read_where_the_app_is_not(method: str) -> None:
    async with world("channels:history", "groups:history") as sandbox:
        said = await sandbox.person("anna").says("x", channel="#random")
        sandbox.workspace.channels["C0CLOSED"] = Channel("C0CLOSED", "closed", private=True)
        for channel, error in (("C0RANDOM", "not_in_channel"), ("C0CLOSED", "channel_not_found")):
            answer = await refusal(sandbox, method, channel=channel, ts=said.ts)
            assert answer["error"] == error


async def test_every_scope_that_is_missing() -> None:
    async with world("im:read") as sandbox:
        types = "public_channel,private_channel,im"
        answer = await refusal(sandbox, "conversations.list", types=types)
        assert answer["needed"] == "channels:read,groups:read"


async def test_a_channel_nobody_knows_needs_any_of_the_scopes() -> None:
    async with world("im:read") as sandbox:
        assert (await refusal(sandbox, "conversations.info", channel="C0NONE"))["error"] == (
            "channel_not_found"
        )
        sandbox.workspace.scopes.clear()
        answer = await refusal(sandbox, "conversations.info", channel="C0NONE")
        assert answer["needed"] == "channels:read,groups:read,im:read,mpim:read"


async def test_every_answer_says_what_was_granted() -> None:
    async with world("channels:read") as sandbox:
        client = client_of(sandbox)
        told = [(await client.auth_test()).headers["x-oauth-scopes"]]
        for call in (client.users_info(user="U0ANNA"), client.conversations_info(channel="C0NO")):
            with pytest.raises(SlackApiError) as refused:
                await call
            told.append(refused.value.response.headers["x-oauth-scopes"])
        assert told == ["channels:read,chat:write"] * 3
        client.token = "xoxb-wrong"
        with pytest.raises(SlackApiError) as unknown:
            await client.auth_test()
        assert "x-oauth-scopes" not in unknown.value.response.headers


TIER_2 = [
    *("conversations.list", "dnd.teamInfo", "usergroups.list", "usergroups.users.list"),
    "users.list",
]
TIER_3 = [
    *("apps.connections.open", "chat.delete", "chat.update", "conversations.history"),
    *("conversations.info", "conversations.join", "conversations.open"),
    *("conversations.replies", "dnd.info"),
]
TIER_4 = [
    *("chat.postEphemeral", "conversations.members", "files.completeUploadExternal"),
    *("files.getUploadURLExternal", "users.info", "users.profile.get", "views.open"),
    *("views.publish", "views.push", "views.update"),
]


@pytest.mark.parametrize(
    ("methods", "calls", "wait"), [(TIER_2, 1, 3), (TIER_3, 2, 1), (TIER_4, 5, 1)]
)
async def test_each_method_has_its_tier(methods: list[str], calls: int, wait: int) -> None:
    """A twentieth of what a minute lets through."""
    async with Sandbox(seconds=lambda: 7.0, tier_burst=0.05) as sandbox:
        for needed in NEEDED.values():
            sandbox.workspace.scopes |= {needed} if isinstance(needed, str) else {*needed.values()}
        for method in methods:
            client = client_of(sandbox)
            if method == "apps.connections.open":
                client.token = sandbox.workspace.app_token
            for _ in range(calls):
                assert await status(client, method) == (200, None)
            assert await status(client, method) == (429, str(wait))


async def status(client: AsyncWebClient, method: str) -> tuple[int, str | None]:
    """Of a call that may be refused for what it lacks, which costs as much as any."""
    try:
        response: Any = await client.api_call(method)
    except SlackApiError as no:
        response = no.response
    return response.status_code, response.headers.get("Retry-After")


def test_no_method_is_forgotten_by_the_tiers() -> None:
    assert METHODS.keys() == {*TIER_2, *TIER_3, *TIER_4, *SPECIAL}
    assert TIERS.keys().isdisjoint(SPECIAL)


@pytest.mark.parametrize("most", [300, 5])
async def test_so_many_posts_a_minute_in_all_channels(most: int) -> None:
    settings = {} if most == 300 else {"posts_per_minute": most}
    async with world(seconds=lambda: 7.0, **settings) as sandbox:
        for number in range(most + 1):
            place = f"C{number}"
            sandbox.workspace.channels[place] = Channel(place, place.lower(), [BOT_USER])
        post = client_of(sandbox).chat_postMessage
        for number in range(most):
            await post(channel=f"C{number}", text="x")
        with pytest.raises(SlackApiError) as refused:
            await post(channel=f"C{most}", text="x")
        assert refused.value.response.status_code == 429
        assert int(refused.value.response.headers["Retry-After"]) == (1 if most == 300 else 12)


async def test_a_person_and_her_direct_message_are_one_place() -> None:
    async with world(seconds=lambda: 7.0, post_burst=2) as sandbox:
        post = client_of(sandbox).chat_postMessage
        await post(channel="U0ANNA", text="x")
        await post(channel="D0ANNA", text="x")
        for place in ("U0ANNA", "D0ANNA"):
            with pytest.raises(SlackApiError) as refused:
                await post(channel=place, text="x")
            assert refused.value.response.status_code == 429
        await post(channel="U0BEN", text="x")


async def test_what_is_refused_costs_nothing() -> None:
    now = [0.0]
    async with world(seconds=lambda: now[0], post_burst=1) as sandbox:
        post = client_of(sandbox).chat_postMessage
        await post(channel="C0GENERAL", text="x")
        for _ in range(3):
            with pytest.raises(SlackApiError):
                await post(channel="C0GENERAL", text="x")
        now[0] = 1.0
        await post(channel="C0GENERAL", text="x")
