"""A loopback Slack, the real Bolt app over a web socket, the door, and a stand-in behind it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast

import pytest
from slack_bolt.async_app import AsyncApp

import handlers
from bot.care import Care
from bot.sandbox.server import Sandbox
from bot.slack.bolt import authorization, make_app
from bot.slack.channel import SlackChannel
from bot.slack.client import make_client, open_session
from bot.slack.manifest import manifest
from bot.slack.people import People
from bot.slack.socket_mode import connect
from handlers import COMMANDS, EVENT_NAMES, SHORTCUTS
from handlers.door import Door
from tests.handlers.parts import Unhurried
from tests.handlers.standin import StandIn

ROLES = {"coordinator": ("@coordinators",), "manager": ("S0MANAGERS",), "service": ("U0SAM",)}


@dataclass
class House:
    sandbox: Sandbox
    app: AsyncApp
    door: Door
    care: StandIn
    people: People


@pytest.fixture
async def house() -> AsyncIterator[House]:
    made = manifest(COMMANDS, events=EVENT_NAMES, shortcuts=SHORTCUTS)
    async with (
        Sandbox(manifest=made, post_burst=50, tier_burst=50.0) as sandbox,
        open_session() as session,
    ):
        client = make_client(
            sandbox.workspace.bot_token, session=session, api_url=sandbox.slack_api_url
        )
        secret = sandbox.workspace.signing_secret
        app = make_app(client, signing_secret=secret, authorize=await authorization(client))
        care = StandIn()
        people = People(client, roles=ROLES)
        door = handlers.register(
            app,
            cast("Care", care),
            people=people,
            channel=SlackChannel(client, Unhurried()),
            patience=1.0,
        )
        sockets = await connect(app, sandbox.workspace.app_token, connections=1)
        await sandbox.connected()
        yield House(sandbox, app, door, care, people)
        await sockets.close()
        assert await door.drain(seconds=5) == 0
