"""Web sockets: a bad token is told at once, more than one connection, and an orderly end."""

import asyncio
from typing import Any

import pytest
import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from bot.errors import Misconfigured, Unavailable
from bot.sandbox.driver import Heard
from bot.slack.app_token import check_token
from bot.slack.bolt import make_app
from bot.slack.socket_mode import connect
from tests.slack.conftest import Loopback


def app_of(slack: Loopback) -> AsyncApp:
    return make_app(slack.client, signing_secret="secret")


@pytest.mark.parametrize("token", ["", "xoxb-1", "xapp-wrong"])
async def test_a_wrong_token_is_told_in_a_sentence(slack: Loopback, token: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        await check_token(app_of(slack), token)
    assert "SLACK_APP_TOKEN" in str(caught.value)
    assert token not in str(caught.value) or not token


async def test_slack_away_is_no_wrong_token(slack: Loopback) -> None:
    slack.fault("apps.connections.open", "503")
    with pytest.raises(Unavailable):
        await check_token(app_of(slack), slack.sandbox.workspace.app_token)


async def test_two_connections_and_what_is_under_way_is_answered_before_the_end(
    slack: Loopback,
) -> None:
    app = app_of(slack)

    async def slowly(body: dict[str, Any]) -> BoltResponse:
        await asyncio.sleep(0.3)
        return BoltResponse(status=200, body={"text": f"done {body['text']}"})

    app.command("/slow")(slowly)
    sockets = await connect(app, slack.sandbox.workspace.app_token)
    await slack.sandbox.connected(count=2)
    assert sockets.hearing == (2, 2)
    asking = asyncio.create_task(slack.sandbox.person("anna").types("/slow work"))
    await asyncio.sleep(0.1)
    await sockets.close()
    heard = await asking
    assert isinstance(heard, Heard)
    assert heard.words == "done work"


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        ({"type": "block_actions", "actions": None, "user": {"id": "U0ANNA"}}, ""),
        ({"type": "view_submission", "view": None, "user": None}, "reference: "),
    ],
)
async def test_what_bolt_itself_fails_on_is_acked_and_logged(
    slack: Loopback, odd: dict[str, Any], words: str
) -> None:
    sockets = await connect(app_of(slack), slack.sandbox.workspace.app_token, connections=1)
    await slack.sandbox.connected()
    with structlog.testing.capture_logs() as logs:
        answer = await slack.sandbox.workspace.deliveries.send("interactive", odd)
    assert answer.acked
    assert words in str(answer.payload)
    assert [line for line in logs if line["event"] == "mishap" and line["reference"]]
    await sockets.close()


async def test_a_connection_that_is_dropped_comes_back(slack: Loopback) -> None:
    sockets = await connect(app_of(slack), slack.sandbox.workspace.app_token, connections=1)
    await slack.sandbox.connected()
    await slack.sandbox.refresh_sockets()
    await slack.sandbox.connected()
    heard = await slack.sandbox.person("anna").types("/nobody knows")
    assert isinstance(heard, Heard)
    assert "I do not know this command" in heard.words
    await sockets.close()
