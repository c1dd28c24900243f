"""A token that Slack takes no more is shown to it once a minute, not with every word."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError
from structlog.testing import capture_logs

from bot.errors import Unavailable
from bot.sandbox.server import Sandbox
from bot.slack.client import PatientClient, make_client, open_session
from bot.slack.welcome import Welcome

LOOK_AGAIN = 2.0
"""Seconds: longer than five calls take on a busy machine."""


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(rate_limited=False, event_retries=()) as running:
        yield running


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[PatientClient]:
    async with open_session() as session:
        token = sandbox.workspace.bot_token
        made = make_client(token, session=session, api_url=sandbox.slack_api_url)
        made.welcome = Welcome(look_again=LOOK_AGAIN)
        yield made


def asked(sandbox: Sandbox) -> list[str]:
    return [call.method for call in sandbox.workspace.journal.calls()]


async def test_a_removed_app_asks_once_and_waits(sandbox: Sandbox, client: PatientClient) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="here I am")
    await sandbox.person("cora").uninstalls_the_app()
    with capture_logs() as logged:
        for _ in range(5):
            with pytest.raises(Unavailable, match="does not take the bot's token") as away:
                await client.chat_postMessage(channel="C0GENERAL", text="and again")
            assert 0 < (away.value.retry_after or 0) <= LOOK_AGAIN
    assert [line["event"] for line in logged] == ["slack.token_refused"]
    assert asked(sandbox) == ["chat.postMessage"] * 2 + ["auth.test"]
    assert ["removed from the workspace" in one for one in client.welcome.sentences()] == [True]


async def test_who_is_let_in_again_goes_on(sandbox: Sandbox, client: PatientClient) -> None:
    cora = sandbox.person("cora")
    await cora.revokes_the_token()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()
    with pytest.raises(Unavailable):
        await client.chat_postMessage(channel="C0GENERAL", text="once more")
    await cora.lets_the_app_in()
    await client.auth_test()
    await client.chat_postMessage(channel="C0GENERAL", text="here I am")
    assert client.welcome.sentences() == ()


async def test_one_odd_answer_is_not_believed(sandbox: Sandbox, client: PatientClient) -> None:
    sandbox.workspace.faults.inject("chat.postMessage", kind="error:invalid_auth")
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.chat_postMessage(channel="C0GENERAL", text="x")
    assert client.welcome.sentences() == ()
    await client.chat_postMessage(channel="C0GENERAL", text="x")
