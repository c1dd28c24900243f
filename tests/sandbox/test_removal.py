"""The app removed, its token revoked; a group nobody may be called by; attachments that stay."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.records import Json
from bot.sandbox.server import Sandbox
from tests.sandbox.bolt_app import client_of, connected

EVENTS = ["message.channels", "app_uninstalled", "tokens_revoked", "subteam_updated"]
SCOPES = ["channels:history", "channels:read", "chat:write", "usergroups:read"]
ROOM = "C0GENERAL"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    made = Sandbox(events=EVENTS, scopes=SCOPES, rate_limited=False, event_retries=())
    async with made as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    return client_of(sandbox)


def listeners(app: AsyncApp) -> None:
    for event in ("message", "app_uninstalled", "tokens_revoked"):

        @app.event(event)
        async def heard(ack: Any) -> None:
            await ack()


async def told(sandbox: Sandbox) -> list[Json]:
    await asyncio.sleep(0.1)
    answered = sandbox.workspace.journal.deliveries("events_api")
    return [each.payload["event"] for each in answered if each.outcome != "unconnected"]


async def test_a_removed_app_hears_of_it_and_then_nothing(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    async with connected(sandbox, listeners):
        await sandbox.person("cora").uninstalls_the_app()
        await sandbox.person("anna").says("is anybody there?")
        events = await told(sandbox)
        assert [event["type"] for event in events] == ["tokens_revoked", "app_uninstalled"]
        assert events[0]["tokens"] == {"oauth": [], "bot": ["U0USHER"]}
        with pytest.raises(SlackApiError, match="account_inactive"):
            await client.chat_postMessage(channel=ROOM, text="x")
        await sandbox.person("cora").lets_the_app_in()
        await client.chat_postMessage(channel=ROOM, text="x")


async def test_a_revoked_token_is_of_no_use(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await sandbox.person("cora").revokes_the_token()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()


async def test_a_disabled_group_is_listed_only_to_who_asks(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    anna = sandbox.person("anna")
    assert (await anna.says("@managers, look")).text == "<!subteam^S0MANAGERS>, look"
    await anna.disables_group("@managers")
    listed = [group["handle"] for group in (await client.usergroups_list())["usergroups"]]
    assert listed == ["coordinators", "service"]
    whole = (await client.usergroups_list(include_disabled=True, include_users=True))["usergroups"]
    disabled = {group["handle"]: group for group in whole if group["date_delete"]}
    assert set(disabled) == {"managers"}
    assert disabled["managers"]["users"] == ["U0MINA"]
    with pytest.raises(SlackApiError, match="no_such_subteam"):
        await client.usergroups_users_list(usergroup="S0MANAGERS")
    users = await client.usergroups_users_list(usergroup="S0MANAGERS", include_disabled=True)
    assert users["users"] == ["U0MINA"]
    assert (await anna.says("@managers, look")).text == "@managers, look"
    await anna.enables_group("@managers")
    assert (await anna.says("@managers!")).text == "<!subteam^S0MANAGERS>!"


async def test_attachments_stay_until_an_edit_names_them(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    bar = [{"color": "#c00", "title": "Outage", "text": "since noon"}]
    posted = await client.chat_postMessage(channel=ROOM, text="news", attachments=bar)
    assert posted["message"]["attachments"] == [{**bar[0], "id": 1, "fallback": "since noon"}]
    ben = sandbox.person("ben")
    assert (await ben.sees("Outage since noon", channel=ROOM)).text == "news"
    await client.chat_update(channel=ROOM, ts=posted["ts"], text="older news")
    assert (await ben.sees("since noon", channel=ROOM)).text == "older news"
    await client.chat_update(channel=ROOM, ts=posted["ts"], text="no news", attachments=[])
    assert (await ben.sees("no news", channel=ROOM)).words == "no news"


async def test_an_attachments_blocks_are_checked_too(client: AsyncWebClient) -> None:
    broken = [{"blocks": [{"type": "section"}]}]
    with pytest.raises(SlackApiError, match="invalid_attachments"):
        await client.chat_postMessage(channel=ROOM, text="x", attachments=broken)
    fine = [{"blocks": [{"type": "divider"}]}]
    posted = await client.chat_postMessage(channel=ROOM, text="x", attachments=fine)
    assert posted["message"]["attachments"][0]["fallback"] == "[no preview available]"
