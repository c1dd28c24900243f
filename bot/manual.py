"""What an operator does by hand, each as one coroutine that tells what it did and an exit code."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rich.console import Console

from bot.care.evidence import verify
from bot.care.links import import_links
from bot.desks.base import Desk
from bot.directories.base import Directory
from bot.errors import Misconfigured, Unavailable
from bot.model.clock import utc_now
from bot.networks.base import Network
from bot.rooms import FAMILIES, Rooms, address_of, make_connectors, open_rooms, vault_of
from bot.settings import Settings
from bot.settings.settings import Connectors as ConnectorSettings
from bot.slack.bolt import make_app
from bot.slack.channel import SlackChannel
from bot.slack.client import make_client, open_session
from bot.slack.manifest import manifest
from bot.slack.socket_mode import check_token
from bot.slack.workspace import whoami
from handlers import COMMANDS, EVENTS
from storage.database import Database, migrate


def connectors() -> ConnectorSettings:
    """Who reads which section of app.yaml."""
    return {
        family: {name: kind.settings for name, kind in kinds.items()}
        for family, kinds in FAMILIES.items()
    }


def manifest_for(prefix: str, request_url: str = "") -> dict[str, Any]:
    events = [event.name for event in EVENTS]
    return manifest(COMMANDS, prefix=prefix, events=events, request_url=request_url)


@asynccontextmanager
async def rooms_of(settings: Settings) -> AsyncIterator[Rooms]:
    """The rooms over a migrated database, and closed again."""
    await asyncio.to_thread(migrate, address_of(settings))
    async with open_session() as session:
        rooms = await open_rooms(settings, session, utc_now)
        try:
            yield rooms
        finally:
            await rooms.close()


async def migrate_database(settings: Settings, say: Console) -> int:
    await asyncio.to_thread(migrate, address_of(settings))
    say.print("The database is up to date.")
    return 0


async def import_customers(settings: Settings, say: Console) -> int:
    async with rooms_of(settings) as rooms:
        imported = await import_links(rooms.db, rooms.outside.directories.values())
    aside = _counted(len(imported.refused), "row")
    say.print(f"{_counted(imported.kept, 'link')} read; {aside} set aside.")
    for reason in imported.refused:
        say.print(f"  {reason}", markup=False)
    return 0


async def verify_audit(settings: Settings, say: Console) -> int:
    """Over the database alone: an auditor needs no tokens, and nothing is migrated on the way."""
    db = await Database.open(address_of(settings), vault=vault_of(settings), clock=utc_now)
    try:
        report = await verify(db)
    finally:
        await db.close()
    checked = _counted(report.checked, "line")
    if report.broken:
        say.print(f"Of {checked}, {len(report.broken)} changed since written:")
        say.print(", ".join(f"D-{number}" for number in report.broken))
        return 1
    say.print(f"{checked} checked: nothing was changed since it was written.")
    return 0


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


async def check(settings: Settings, say: Console) -> int:
    """Ask every outside party once; each trouble is a sentence."""
    problems = list(settings.environment.missing())
    if not problems:
        problems += _database_problems(settings)
        problems += await _slack_problems(settings)
    problems += await _connector_problems(settings)
    for problem in problems:
        say.print(f"✗ {problem}", markup=False)
    if not problems:
        say.print("✓ Everything is in place. Start it with: python -m bot run")
    return 1 if problems else 0


def _database_problems(settings: Settings) -> list[str]:
    """What its address and key say by themselves; nothing is opened, since nothing may change."""
    problems: list[str] = []
    for look in (address_of, vault_of):
        try:
            look(settings)
        except Misconfigured as wrong:
            problems += wrong.problems
    return problems


async def _slack_problems(settings: Settings) -> list[str]:
    environment = settings.environment
    problems: list[str] = []
    async with open_session() as session:
        client = make_client(
            environment.slack_bot_token.get_secret_value(),
            session=session,
            api_url=environment.slack_api_url,
        )
        try:
            await whoami(client)
        except (Misconfigured, Unavailable) as wrong:
            return _sentences(wrong)
        if token := environment.slack_app_token.get_secret_value():
            try:
                await check_token(make_app(client, signing_secret=""), token)
            except (Misconfigured, Unavailable) as wrong:
                problems += _sentences(wrong)
        slack = SlackChannel(client)
        routes = [one.channel for one in (*settings.routes, settings.otherwise)]
        for channel in dict.fromkeys([*routes, settings.digest.channel]):
            try:
                await slack.resolve(channel)
            except (Misconfigured, Unavailable) as wrong:
                problems += _sentences(wrong)
    return problems


async def _connector_problems(settings: Settings) -> list[str]:
    """Networks, desks and directories are made and each is asked; no database is touched."""
    problems: list[str] = []
    async with open_session() as session:
        try:
            outside = make_connectors(settings, session, utc_now)
        except Misconfigured as wrong:
            return _sentences(wrong)
        parts: tuple[Network | Desk | Directory, ...] = (
            *outside.networks.parts,
            *outside.desks.values(),
            *outside.directories.values(),
        )
        for part in parts:
            try:
                await part.check()
            except (Misconfigured, Unavailable) as wrong:
                problems += _sentences(wrong)
        await outside.close()
    return problems


def _sentences(wrong: Misconfigured | Unavailable) -> list[str]:
    return list(wrong.problems) if isinstance(wrong, Misconfigured) else [away_sentence(wrong)]


def away_sentence(away: Unavailable) -> str:
    party = "The database" if away.party == "database" else away.party[:1].upper() + away.party[1:]
    missing = "cannot be reached"
    return f"{party} {missing}." if away.reason == missing else f"{party} {missing}: {away.reason}."
