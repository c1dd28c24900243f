"""Usher at work: rooms opened, verbs put together, doors opened; and all of it closed in order."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot import timetable
from bot.care import Care
from bot.care.deliveries import Pace
from bot.care.evidence import verify
from bot.care.links import Imported, import_links
from bot.care.storms import Weather
from bot.care.turns import Turns
from bot.errors import Misconfigured
from bot.kitchen import Kitchen
from bot.misfits import no_archive
from bot.model.audit import AuditReport
from bot.model.clock import Clock, utc_now
from bot.rooms import Rooms, address_of, open_rooms, setup_of
from bot.settings import Settings
from bot.slack.app_token import check_token
from bot.slack.bolt import authorization, make_app
from bot.slack.channel import SlackChannel
from bot.slack.client import PatientClient, make_client, open_session
from bot.slack.home_tab import HomeTab
from bot.slack.line import WORKING as WORKING_HEARING
from bot.slack.line import Hearing
from bot.slack.people import People
from bot.slack.slashes import slashes
from bot.slack.socket_mode import SocketMode, connect
from bot.slack.welcome import Welcome
from bot.slack.workspace import whoami
from bot.watch import Watch, home
from bot.web import Check, Figures, make_web, serve, slack_check, slack_endpoint
from storage.database import migrate

log = structlog.get_logger(__name__)

WORKING_PACE = Pace()
WORKING_WEATHER = Weather()
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
        rooms = self.rooms
        brought, networks = rooms.outside.directories.values(), self.settings.networks
        return await import_links(rooms.db, brought, networks=networks, guard=rooms.guard)

    async def verify(self) -> AuditReport:
        return await verify(self.rooms.db)


@asynccontextmanager
async def at_work(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    listen_every: float | None = None,
    pace: Pace = WORKING_PACE,
    weather: Weather = WORKING_WEATHER,
    hearing: Hearing = WORKING_HEARING,
) -> AsyncIterator[Usher]:
    """Everything `python -m bot run` does, for as long as the context lasts.

    Raises `Misconfigured` or `Unavailable` before any door opens. `listen_every` (seconds) replaces
    the networks' own pace, `pace` the couriers', `weather` says when a storm begins and ends, and
    `hearing` is the sockets', for tests.
    """
    if missing := settings.environment.missing():
        raise Misconfigured(missing)
    await asyncio.to_thread(migrate, address_of(settings))
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(open_session())
        rooms = await open_rooms(settings, session, clock)
        stack.push_async_callback(rooms.close)
        client = _client(settings, session, pace)
        slack = SlackChannel(client, Turns(rooms.db, pace.rates))
        people = People(client, roles=settings.roles)
        care = await _care(settings, rooms, client, slack, people, pace, weather)
        app = await _app(settings, client)
        door = handlers.register(
            app,
            care,
            people=people,
            channel=slack,
            prefix=settings.prefix,
            kinds=tuple(settings.handoffs),
        )
        watch = Watch()
        jobs = _jobs(care, settings, listen_every, client)
        await stack.enter_async_context(_working(care, jobs, watch))
        stack.push_async_callback(door.drain)
        sockets = await stack.enter_async_context(_sockets(app, settings, hearing, watch))
        checks = _checks(rooms, care, sockets, client.welcome)
        web_url = await stack.enter_async_context(_web(app, settings, care, checks, sockets, watch))
        log.info("usher.at_work")
        yield Usher(settings, rooms, care, web_url, watch)


def _client(settings: Settings, session: aiohttp.ClientSession, pace: Pace) -> PatientClient:
    token = settings.environment.slack_bot_token.get_secret_value()
    api_url, welcome = settings.environment.slack_api_url, Welcome(look_again=pace.look_again)
    return make_client(token, session=session, api_url=api_url, welcome=welcome)


async def _app(settings: Settings, client: AsyncWebClient) -> AsyncApp:
    """With its tokens checked before anything moves: a refused one leaves nothing half begun."""
    environment = settings.environment
    secret = environment.slack_signing_secret.get_secret_value()
    app = make_app(client, signing_secret=secret, authorize=await authorization(client))
    if app_token := environment.slack_app_token.get_secret_value():
        await check_token(app, app_token)
    return app


async def _care(
    settings: Settings,
    rooms: Rooms,
    client: AsyncWebClient,
    slack: SlackChannel,
    people: People,
    pace: Pace,
    weather: Weather,
) -> Care:
    made = Kitchen(
        settings,
        rooms,
        slack=slack,
        slashes=slashes(settings.prefix, (command.name for command in handlers.COMMANDS)),
        workspace=await whoami(client, settings.environment.slack_team_id),
        people=people,
        tab=HomeTab(client),
        setup=setup_of(settings, client),
        owner=_owner(),
        pace=pace,
        weather=weather,
    )
    care = made.care()
    await care.policies.begin()
    in_force = "the policy that is still in force"
    if wrong := no_archive(settings, care.policies.acts.policy, named=in_force):
        raise Misconfigured(wrong)
    await care.rereading.begin()
    return care


def _jobs(
    care: Care, settings: Settings, listen_every: float | None, client: PatientClient
) -> tuple[timetable.Job, ...]:
    hours = timetable.Hours(settings.digest.at, settings.digest.days, settings.timezone)
    return timetable.jobs(care, hours, listen_every, client.look_whether_welcome_again)


@asynccontextmanager
async def _working(
    care: Care, jobs: tuple[timetable.Job, ...], watch: Watch
) -> AsyncIterator[None]:
    """The delivery worker and the clock. What is under way when they end comes home first."""
    worker = watch.start(care.deliveries.run(), name="the delivery worker")
    clock = watch.start(timetable.run(jobs), name="the timetable")
    try:
        yield
    finally:
        await home(clock, seconds=0)
        care.deliveries.end()
        await home(worker, seconds=LAST_ROUND_SECONDS)


@asynccontextmanager
async def _sockets(
    app: AsyncApp, settings: Settings, hearing: Hearing, watch: Watch
) -> AsyncIterator[SocketMode | None]:
    """Slack by web socket where there is an app-level token, else over HTTP."""
    environment = settings.environment
    app_token = environment.slack_app_token.get_secret_value()
    if not app_token:
        yield None
        return
    processes = environment.usher_processes
    sockets = await connect(app, app_token, processes=processes, hearing=hearing, start=watch.start)
    try:
        yield sockets
    finally:
        await sockets.close()


def _checks(
    rooms: Rooms, care: Care, sockets: SocketMode | None, welcome: Welcome
) -> dict[str, Check]:
    checks: dict[str, Check] = {"database": rooms.answer}
    for network in care.listening.networks.parts:
        checks[network.name] = partial(care.listening.hears, network.name)
    care.troubles.told_by(welcome.sentences)
    if sockets is not None:
        care.troubles.told_by(sockets.sentences)
    checks["slack"] = slack_check(sockets, welcome)
    return checks


@asynccontextmanager
async def _web(
    app: AsyncApp,
    settings: Settings,
    care: Care,
    checks: dict[str, Check],
    sockets: SocketMode | None,
    watch: Watch,
) -> AsyncIterator[str]:
    """The probes; and Slack's own door where it does not speak over web sockets."""
    secret = settings.environment.slack_signing_secret.get_secret_value()
    slack = None if sockets else slack_endpoint(app, signing_secret=secret)
    lines = None if sockets is None else lambda: sockets.hearing
    figures = Figures(care.figures.house, lines=lines)
    web = make_web(checks=checks, slack=slack, metrics=figures.page)
    host, port = settings.environment.http_host, settings.environment.http_port
    async with serve(web, host=host, port=port, start=watch.start) as url:
        yield url


def _owner() -> str:
    """This process among the replicas, new at each start: an old lease is never taken for ours."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"
