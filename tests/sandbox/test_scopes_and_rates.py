"""What the app was granted, by kind of conversation, and how often it may ask."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.records import Channel
from bot.sandbox.seed import BOT_USER
from bot.sandbox.server import Sandbox
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
