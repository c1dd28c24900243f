"""`/lookup @handle` over signed HTTP, beside a bare Bolt listener that reads and writes once."""

import hashlib
import hmac
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
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
from sqlalchemy import Connection, bindparam, insert, select

from bench.bare import Transact, bare
from bench.engines import ENGINES
from bench.floors import in_turns
from bench.report import AT_MOST, Figure
from bot.model.clock import utc_now
from bot.model.ids import VisitKey
from bot.model.person import Membership, Person, Workspace
from bot.model.visit import Visit
from bot.sandbox.server import Sandbox
from bot.web import make_web, serve
from storage import tables
from tests.postgres import fresh_database
from tests.running import Running, running

GOAL = 3.0
CALLS = 80
SECRET = "bench-signing-secret"  # noqa: S105  protects nothing but this run
_triggers = count(1)

SELECT = select(tables.links).where(tables.links.c.network_user_id == bindparam("user"))
INSERT = insert(tables.visits)


async def lookup_http_vs_floor() -> Sequence[Figure]:
    return [await _on(engine) for engine in ENGINES]


async def _on(engine: str) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        url = fresh_database() if engine == "postgresql" else f"sqlite:///{home / 'usher.db'}"
        http = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET}
        async with (
            running(home, url, environ=http, listen_every=3600) as house,
            bare(url, threaded=True) as transact,
            _bare_listener(house.sandbox, transact) as floor_url,
            aiohttp.ClientSession() as session,
        ):
            slack = SignedCalls(session)
            await _accept_guidebook(house)
            await house.sandbox.x.posts("jane", "@acme I would like an offer")
            await house.usher.care.listening.listen("x")
            claimed = await slack.types(house.usher.web_url, "/claim", "1")
            assert "is yours" in claimed, claimed
            ours, floor = await in_turns(
                lambda: slack.median_ms(house.usher.web_url, "/lookup", "@jane", "on file"),
                lambda: slack.median_ms(floor_url, "/lookup", "@jane", "done"),
            )
    return Figure(f"lookup_http_vs_floor ({engine})", ours, "ms p50", floor, AT_MOST, GOAL)


async def _accept_guidebook(house: Running) -> None:
    ambassadors = house.usher.care.ambassadors
    anna = Person(Workspace("T0USHER"), "U0ANNA", "Anna Berg", Membership.MEMBER)
    visit = Visit(VisitKey("bench-guidebook"), anna)
    await ambassadors.accept(ambassadors.guidebook().version, claim=None, visit=visit)


@asynccontextmanager
async def _bare_listener(sandbox: Sandbox, transact: Transact) -> AsyncIterator[str]:
    """Bolt as it is, awaited: one select, one committed insert, one word."""
    client = AsyncWebClient(token=sandbox.workspace.bot_token, base_url=sandbox.slack_api_url)
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)

    def both(conn: Connection) -> None:
        conn.execute(SELECT, {"user": "2001"}).one_or_none()
        key = f"floor-{next(_triggers)}"
        conn.execute(INSERT, {"key": key, "at": utc_now(), "answer_sealed": b""})

    @app.command("/lookup")
    async def lookup(ack: AsyncAck) -> None:
        await transact(both)
        await ack("done")

    async with serve(make_web(checks={}, slack=app), host="127.0.0.1", port=0) as url:
        yield url


@dataclass(frozen=True, slots=True)
class SignedCalls:
    """Slack as the bot sees it: each slash command a signed form."""

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

    async def median_ms(self, url: str, command: str, text: str, expected: str) -> float:
        taken = []
        for _ in range(CALLS):
            start = perf_counter()
            said = await self.types(url, command, text)
            taken.append(perf_counter() - start)
            assert expected in said, said
        return median(taken) * 1000
