"""Usher at work: rooms opened, verbs put together, doors opened; and all of it closed in order."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot import timetable
from bot.care import Care
from bot.care.deliveries import Pace
from bot.care.evidence import verify
from bot.care.links import Imported, import_links
from bot.errors import Misconfigured, Unavailable
from bot.kitchen import kitchen
from bot.model.audit import AuditReport
from bot.model.clock import Clock, utc_now
from bot.rooms import Rooms, address_of, open_rooms
from bot.settings import Settings
from bot.slack.bolt import make_app
from bot.slack.channel import SlackChannel
from bot.slack.client import make_client, open_session
from bot.slack.people import People
from bot.slack.slashes import slashes
from bot.slack.socket_mode import SocketMode, check_token, connect
from bot.slack.workspace import whoami
from bot.watch import Watch, home
from bot.web import Check, make_web, serve
from storage.database import migrate

log = structlog.get_logger(__name__)

WORKING_PACE = Pace()
LAST_ROUND_SECONDS = 5.0
"""How long what is on its way out may take when we end; the rest goes out at the next start."""


@dataclass(frozen=True, slots=True)
class Usher:
    """What a command line or a test may ask of a running Usher."""

    settings: Settings
    rooms: Rooms
    care: Care
    web_url: str
    watch: Watch

    async def import_customers(self) -> Imported:
        return await import_links(self.rooms.db, self.rooms.outside.directories.values())

    async def verify(self) -> AuditReport:
        return await verify(self.rooms.db)


@asynccontextmanager
async def at_work(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    listen_every: float | None = None,
    pace: Pace = WORKING_PACE,
) -> AsyncIterator[Usher]:
    """Everything `python -m bot run` does, for as long as the context lasts.

    Raises `Misconfigured` or `Unavailable` before any door opens. `listen_every` (seconds) replaces
    the networks' own pace and `pace` the couriers', for the demo and for tests.
    """
    environment = settings.environment
    if missing := environment.missing():
        raise Misconfigured(missing)
    await asyncio.to_thread(migrate, address_of(settings))
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(open_session())
        rooms = await open_rooms(settings, session, clock)
        stack.push_async_callback(rooms.close)
        bot_token = environment.slack_bot_token.get_secret_value()
        client = make_client(bot_token, session=session, api_url=environment.slack_api_url)
        slack = SlackChannel(client)
        care = await _care(settings, rooms, client, slack, pace)
        app = await _app(settings, client)
        door = handlers.register(
            app,
            care,
            people=People(client, roles=settings.roles),
            channel=slack,
            prefix=settings.prefix,
            kinds=tuple(settings.handoffs),
        )
        watch = Watch()
        await stack.enter_async_context(_working(care, settings, listen_every, watch))
        stack.push_async_callback(door.drain)
        web_url = await stack.enter_async_context(_doors_open(app, settings, rooms, care, watch))
        log.info("usher.at_work")
        yield Usher(settings, rooms, care, web_url, watch)


async def _app(settings: Settings, client: AsyncWebClient) -> AsyncApp:
    """With its tokens checked before anything moves: a refused one leaves nothing half begun."""
    environment = settings.environment
    app = make_app(client, signing_secret=environment.slack_signing_secret.get_secret_value())
    if app_token := environment.slack_app_token.get_secret_value():
        await check_token(app, app_token)
    return app


async def _care(
    settings: Settings, rooms: Rooms, client: AsyncWebClient, slack: SlackChannel, pace: Pace
) -> Care:
    return kitchen(
        settings,
        rooms,
        slack=slack,
        slashes=slashes(settings.prefix, (command.name for command in handlers.COMMANDS)),
        workspace=await whoami(client),
        owner=_owner(),
        pace=pace,
    )


@asynccontextmanager
async def _working(
    care: Care, settings: Settings, listen_every: float | None, watch: Watch
) -> AsyncIterator[None]:
    """The delivery worker and the clock. What is under way when they end comes home first."""
    worker = watch.start(care.deliveries.run(), name="the delivery worker")
    hours = timetable.Hours(settings.digest.at, settings.digest.days, settings.timezone)
    jobs = timetable.jobs(care, hours, listen_every)
    clock = watch.start(timetable.run(jobs), name="the timetable")
    try:
        yield
    finally:
        await home(clock, seconds=0)
        care.deliveries.end()
        await home(worker, seconds=LAST_ROUND_SECONDS)


@asynccontextmanager
async def _doors_open(
    app: AsyncApp, settings: Settings, rooms: Rooms, care: Care, watch: Watch
) -> AsyncIterator[str]:
    """Slack by web socket where there is an app-level token, else over HTTP; and the probes."""
    environment = settings.environment
    app_token = environment.slack_app_token.get_secret_value()
    sockets = await connect(app, app_token) if app_token else None
    checks = {"database": _answers(rooms)}
    for network in care.listening.networks.parts:
        checks[network.name] = partial(care.listening.hears, network.name)
    if sockets is not None:
        checks["slack"] = _hears(sockets)
    web = make_web(checks=checks, slack=None if sockets else app)
    try:
        host, port = environment.http_host, environment.http_port
        async with serve(web, host=host, port=port, start=watch.start) as url:
            yield url
    finally:
        if sockets is not None:
            await sockets.close()


def _answers(rooms: Rooms) -> Check:
    async def check() -> None:
        await rooms.db.read(lambda unit: unit.cursors.beats())
        # Writing has a way of its own, which may be blocked while everybody can still read.
        await rooms.db.technical(lambda unit: unit.cursors.beats())

    return check


def _hears(sockets: SocketMode) -> Check:
    async def check() -> None:
        if await sockets.connected() == 0:
            raise Unavailable("slack", "no connection is open")

    return check


def _owner() -> str:
    """This process among the replicas, new at each start: an old lease is never taken for ours."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"
