"""Slack as the bot sees it over HTTP: signed forms, a house that listens, and Bolt alone."""

import asyncio
import gc
import hashlib
import hmac
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.model.ids import VisitKey
from bot.model.person import Membership, Person, Workspace
from bot.model.visit import Visit
from bot.sandbox.server import Sandbox
from bot.web import make_web, serve, slack_endpoint
from tests.postgres import fresh_database
from tests.running import Running, running

CALLS, AT_ONCE = 80, 50
SECRET = "bench-signing-secret"  # noqa: S105  protects nothing but this run
Listen = Callable[[AsyncAck], Awaitable[None]]
_triggers = count(1)


@asynccontextmanager
async def listening_house(engine: str) -> AsyncIterator[tuple[Running, str]]:
    """A whole Usher in HTTP mode, Anna enrolled; and its database's address."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = fresh_database() if engine == "postgresql" else f"sqlite:///{home / 'usher.db'}"
        http = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET}
        async with running(home, url, environ=http, listen_every=3600, canaries=None) as house:
            ambassadors = house.usher.care.ambassadors
            anna = Person(Workspace("T0USHER"), "U0ANNA", "Anna Berg", Membership.MEMBER)
            visit = Visit(VisitKey("bench-guidebook"), anna)
            await ambassadors.accept(ambassadors.guidebook().version, claim=None, visit=visit)
            gc.collect()
            # As `run` does; what is measured beside it gains as much.
            gc.freeze()
            yield house, url
            gc.unfreeze()


@asynccontextmanager
async def bolt_alone(sandbox: Sandbox, command: str, listen: Listen) -> AsyncIterator[str]:
    """Bolt as it is, awaited, with one listener and no Usher."""
    client = AsyncWebClient(token=sandbox.workspace.bot_token, base_url=sandbox.slack_api_url)
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)
    app.command(command)(listen)
    web = make_web(checks={}, slack=slack_endpoint(app, signing_secret=SECRET))
    async with serve(web, host="127.0.0.1", port=0) as url:
        yield url


@dataclass(frozen=True, slots=True)
class SignedCalls:
    """Each slash command a signed form; one session for all."""

    session: aiohttp.ClientSession

    async def types(self, url: str, command: str, text: str) -> str:
        fields = {
            "team_id": "T0USHER",
            "user_id": "U0ANNA",
            "user_name": "anna",
            "channel_id": "C0GENERAL",
            "command": command,
            "text": text,
            "api_app_id": "A0USHER",
            "trigger_id": f"{next(_triggers)}.1.bench",
            "response_url": f"{url}/nowhere",
        }
        body, now = urlencode(fields), str(int(time.time()))
        digest = hmac.new(SECRET.encode(), f"v0:{now}:{body}".encode(), hashlib.sha256)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": f"v0={digest.hexdigest()}",
        }
        async with self.session.post(f"{url}/slack/events", data=body, headers=headers) as answer:
            assert answer.status == 200, answer.status
            return await answer.text()

    async def per_second(self, url: str, command: str, texts: list[str], expected: str) -> float:
        """All of them, fifty at once; the client shares the loop, with ours and with the floor."""
        waiting = iter(texts)

        async def one_after_another() -> None:
            for text in waiting:
                said = await self.types(url, command, text)
                assert expected in said, said

        start = perf_counter()
        await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))
        return len(texts) / (perf_counter() - start)

    async def median_ms(self, url: str, command: str, text: str, expected: str) -> float:
        taken = []
        for _ in range(CALLS):
            start = perf_counter()
            said = await self.types(url, command, text)
            taken.append(perf_counter() - start)
            assert expected in said, said
        return median(taken) * 1000
