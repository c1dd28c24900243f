"""What an operator does by hand, each as one coroutine that tells what it did and an exit code."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

from rich.console import Console

from bot.archives.base import Archive
from bot.care.complaint_register import export, since_when
from bot.care.evidence import verify
from bot.care.links import import_links
from bot.desks.base import Desk
from bot.directories.base import Directory
from bot.errors import Misconfigured, Unavailable
from bot.guarding import guard_of
from bot.hints import hints
from bot.misfits import grouped_roles, no_archive
from bot.model.clock import utc_now
from bot.networks.base import Network
from bot.organisation import book_of, promise_of
from bot.rooms import (
    FAMILIES,
    address_of,
    long_disclosure,
    make_connectors,
    make_directories,
    policy_of,
    setup_of,
    unknown_fields,
    unknown_roles,
    vault_of,
)
from bot.settings import Settings
from bot.settings.settings import Connectors as ConnectorSettings
from bot.slack.app_token import check_token
from bot.slack.bolt import make_app
from bot.slack.client import make_client, open_session
from bot.slack.manifest import manifest
from bot.slack.request_url import check_request_url
from handlers import COMMANDS, EVENT_NAMES, SHORTCUTS
from storage.database import Database, migrate


def connectors() -> ConnectorSettings:
    """Who reads which section of app.yaml."""
    return {
        family: {name: kind.settings for name, kind in kinds.items()}
        for family, kinds in FAMILIES.items()
    }


def manifest_for(prefix: str, request_url: str = "") -> dict[str, Any]:
    """Raises `Misconfigured` where Slack could not send anything to the address."""
    check_request_url(request_url)
    return manifest(
        COMMANDS,
        prefix=prefix,
        events=EVENT_NAMES,
        shortcuts=SHORTCUTS,
        request_url=request_url,
    )


async def migrate_database(settings: Settings, say: Console) -> int:
    """Needs no key, but one that cannot be used is told before anything is changed."""
    if settings.environment.usher_vault_key.get_secret_value():
        vault_of(settings)
    await asyncio.to_thread(migrate, address_of(settings))
    say.print("The database is up to date.")
    return 0


async def import_customers(settings: Settings, say: Console) -> int:
    """With the directories, the vault's key and the database alone: no other token is asked for."""
    vault, address = vault_of(settings), address_of(settings)
    guard = guard_of(settings.guard, settings.complaint)
    await asyncio.to_thread(migrate, address)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(open_session())
        directories = make_directories(settings, session, utc_now)
        for directory in directories.values():
            stack.push_async_callback(directory.close)
        db = await Database.open(address, vault=vault, clock=utc_now)
        stack.push_async_callback(db.close)
        brought, networks = directories.values(), settings.networks
        imported = await import_links(db, brought, networks=networks, guard=guard)
    aside = _counted(len(imported.refused), "row")
    say.print(f"{_counted(imported.kept, 'link')} read; {aside} set aside.")
    for reason in imported.refused:
        say.print(f"  {reason}", markup=False)
    return 0


async def verify_audit(settings: Settings, say: Console) -> int:
    """Over the database alone: an auditor needs no tokens, and nothing is written on the way."""
    address, vault = address_of(settings), vault_of(settings)
    db = await Database.open(address, vault=vault, clock=utc_now, reading=True)
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


async def export_complaints(settings: Settings, since: str, say: Console) -> int:
    """Over the database alone. That it left is on record, so this writes."""
    begins = since_when(since, settings.timezone)
    db = await Database.open(address_of(settings), vault=vault_of(settings), clock=utc_now)
    try:
        say.file.write(await export(db, promise_of(settings), begins))
    finally:
        await db.close()
    return 0


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


async def check(settings: Settings, say: Console) -> int:
    """Ask every outside party once; each trouble is a sentence."""
    problems = list(settings.environment.missing())
    if not problems:
        problems += await _slack_problems(settings)
    problems += _own_problems(settings) or await _database_problems(settings)
    problems += await _connector_problems(settings)
    for problem in dict.fromkeys(problems):
        say.print(f"✗ {problem}", markup=False)
    for hint in await hints(settings):
        say.print(f"· {hint}", markup=False)
    if not problems:
        say.print("✓ Everything is in place. Start it with: python -m bot run")
    return 1 if problems else 0


def _own_problems(settings: Settings) -> list[str]:
    """The policy with its examples, and whether address and key can be what they should be."""
    problems: list[str] = []
    for look in (_roles_of, _guard_of, _book_of, address_of, vault_of):
        try:
            look(settings)
        except Misconfigured as wrong:
            problems += wrong.problems
    return problems


def _roles_of(settings: Settings) -> None:
    policy = policy_of(settings)
    looks = (unknown_roles, grouped_roles, no_archive)
    if wrong := tuple(each for look in looks for each in look(settings, policy)):
        raise Misconfigured(wrong)


def _guard_of(settings: Settings) -> None:
    guard_of(settings.guard, settings.complaint)


def _book_of(settings: Settings) -> None:
    """The policy may have a say in what the guidebook shows."""
    book_of(settings, lambda: policy_of(settings)).now()


async def _database_problems(settings: Settings) -> list[str]:
    """Asked for reading alone; what the first start makes need not be there yet."""
    try:
        await Database.look(address_of(settings), vault=vault_of(settings))
    except (Misconfigured, Unavailable) as wrong:
        return _sentences(wrong)
    return []


async def _slack_problems(settings: Settings) -> list[str]:
    environment = settings.environment
    problems: list[str] = []
    async with open_session() as session:
        client = make_client(
            environment.slack_bot_token.get_secret_value(),
            session=session,
            api_url=environment.slack_api_url,
        )
        findings = await setup_of(settings, client).look()
        problems += [finding.problem for finding in findings if finding.problem]
        if len(findings) > 1 and (token := environment.slack_app_token.get_secret_value()):
            try:
                await check_token(make_app(client, signing_secret=""), token)
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
        parts: tuple[Network | Desk | Directory | Archive, ...] = (
            *outside.networks.parts,
            *outside.desks.values(),
            *outside.directories.values(),
            *outside.archives.values(),
        )
        for part in parts:
            try:
                await part.check()
            except (Misconfigured, Unavailable) as wrong:
                problems += _sentences(wrong)
        problems += long_disclosure(settings, outside.networks)
        problems += await unknown_fields(settings, outside.directories)
        await outside.close()
    return problems


def _sentences(wrong: Misconfigured | Unavailable) -> list[str]:
    return list(wrong.problems) if isinstance(wrong, Misconfigured) else [away_sentence(wrong)]


def away_sentence(away: Unavailable) -> str:
    party = "The database" if away.party == "database" else away.party[:1].upper() + away.party[1:]
    missing = "cannot be reached"
    return f"{party} {missing}." if away.reason == missing else f"{party} {missing}: {away.reason}."
