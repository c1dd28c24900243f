"""The rooms of one Usher, built from settings, before any verb is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.archives import ARCHIVES
from bot.archives.base import Archive
from bot.care.networks import Networks
from bot.compliance import Guard, Policy, PolicyText, policy_text, profile_names, profile_text
from bot.desks import DESKS
from bot.desks.base import Desk
from bot.directories import DIRECTORIES
from bot.directories.base import Directory
from bot.errors import Misconfigured, Unavailable
from bot.guarding import guard_of
from bot.misfits import grouped_roles, no_archive
from bot.model.clock import Clock
from bot.model.person import PLATFORM
from bot.networks import NETWORKS
from bot.organisation import book_of, channels_of
from bot.settings import Settings
from bot.settings.environment import MEANING
from bot.settings.words import nearest
from bot.slack.setup import Setup
from storage import postgres_address
from storage.database import Database
from storage.vault import Vault

OWN_POLICY = ".yaml"
"""How the name of an organisation's own policy ends."""
REPLY_ROOM = 60
"""Characters of a post that the disclosure leaves to the name in it and to the answer."""

FAMILIES: Mapping[str, Mapping[str, Any]] = {
    "networks": NETWORKS,
    "desks": DESKS,
    "directories": DIRECTORIES,
    "archives": ARCHIVES,
}


@dataclass(frozen=True, slots=True)
class Connectors:
    """What talks to networks, desks, directories and archives, by the names of app.yaml."""

    networks: Networks
    desks: Mapping[str, Desk]
    directories: Mapping[str, Directory]
    archives: Mapping[str, Archive]

    async def close(self) -> None:
        for network in self.networks.parts:
            await network.close()
        for desk in self.desks.values():
            await desk.close()
        for directory in self.directories.values():
            await directory.close()
        for archive in self.archives.values():
            await archive.close()


@dataclass(frozen=True, slots=True)
class Rooms:
    db: Database
    guard: Guard
    policy: Policy
    outside: Connectors

    async def answer(self) -> None:
        """Raises `Unavailable` or `Misconfigured` where the database does not."""
        await self.db.read(lambda unit: unit.cursors.beats())
        # Writing has a way of its own, which may be blocked while everybody can still read.
        await self.db.technical(lambda unit: unit.cursors.beats())

    async def close(self) -> None:
        await self.outside.close()
        await self.db.close()


async def open_rooms(settings: Settings, session: aiohttp.ClientSession, clock: Clock) -> Rooms:
    """Raises one `Misconfigured` with all that the connectors miss; `Unavailable`: no database."""
    vault, policy = vault_of(settings), policy_of(settings)
    # Also where another one is in force and this one waits: its questions are to be there then.
    book_of(settings, lambda: policy).now()
    guard = guard_of(settings.guard, settings.complaint)
    outside = make_connectors(settings, session, clock)
    wrong = (
        *unknown_roles(settings, policy),
        *grouped_roles(settings, policy),
        *no_archive(settings, policy),
        *long_disclosure(settings, outside.networks),
        *await unknown_fields(settings, outside.directories),
    )
    if wrong:
        raise Misconfigured(wrong)
    db = await Database.open(address_of(settings), vault=vault, clock=clock)
    return Rooms(db=db, guard=guard, policy=policy, outside=outside)


def policy_of(settings: Settings) -> Policy:
    return Policy.of(policy_text_of(settings))


def policy_text_of(settings: Settings) -> PolicyText:
    """One of those that come along, or the organisation's own file beside app.yaml."""
    profile, known = settings.policy.profile, profile_names()
    if profile.endswith(OWN_POLICY):
        return policy_text(settings.home / profile, where=profile)
    if profile not in known:
        hint = f"{nearest(profile, known)} Your own is a file such as policies/ours{OWN_POLICY}"
        sentence = f"no such profile; {hint}"
        raise Misconfigured((settings.complaint(("policy", "profile"), sentence),))
    return profile_text(profile)


def unknown_roles(settings: Settings, policy: Policy) -> tuple[str, ...]:
    """Complaints about roles that open nothing: neither a rule nor a look-up speaks of them."""
    known = {*policy.roles, PLATFORM, *settings.lookup.more}
    return tuple(
        settings.complaint(
            ("roles", role),
            f"no role of profile {settings.policy.profile}; {nearest(role, known)}",
        )
        for role in settings.roles
        if role not in known
    )


def idle_roles(settings: Settings, policy: Policy) -> tuple[str, ...]:
    return tuple(role for role in policy.roles if not settings.roles.get(role))


def long_disclosure(settings: Settings, networks: Networks) -> tuple[str, ...]:
    """A reply stands before it, and must fit too."""
    text = settings.charter.disclosure.replace("{name}", "")
    return tuple(
        settings.complaint(
            ("charter", "disclosure"),
            f"found {network.length(text)} characters as {network.title} counts, expected at most "
            f"{network.length_limit - REPLY_ROOM}: a whole post has {network.length_limit}",
        )
        for network in networks.parts
        if network.length(text) > network.length_limit - REPLY_ROOM
    )


def address_of(settings: Settings) -> str:
    """The database's, `Misconfigured` where it cannot be one; never with its password."""
    address = settings.environment.database_url.get_secret_value()
    try:
        parts = urlsplit(address)
        possible = parts.scheme in {"sqlite", "postgresql"} and (parts.port or 1) > 0
    except ValueError:
        possible = False
    if not possible or "://" not in address:
        raise Misconfigured((f"DATABASE_URL is no address: expected {MEANING['DATABASE_URL']}.",))
    if not address.startswith("sqlite"):
        postgres_address.split(address)
    return address


def vault_of(settings: Settings) -> Vault:
    name, key = "USHER_VAULT_KEY", settings.environment.usher_vault_key.get_secret_value()
    if not key:
        raise Misconfigured((f"{name} is not set: {MEANING[name]}.",))
    try:
        return Vault.from_text(key)
    except Misconfigured as wrong:
        problems = (f"{name} cannot be used: {each}" for each in wrong.problems)
        raise Misconfigured(tuple(problems)) from wrong


def setup_of(settings: Settings, client: AsyncWebClient) -> Setup:
    team_id = settings.environment.slack_team_id
    return Setup(client, team_id, channels_of(settings), settings.roles)


async def unknown_fields(
    settings: Settings, directories: Mapping[str, Directory]
) -> tuple[str, ...]:
    """Nothing while the directory is away: it may come back, and look-ups say so until then."""
    directory = directories.get(settings.lookup.directory)
    if directory is None:
        return ()
    try:
        return settings.unknown_fields(await directory.fields())
    except (Misconfigured, Unavailable):
        return ()


def make_directories(
    settings: Settings, session: aiohttp.ClientSession, clock: Clock
) -> Mapping[str, Directory]:
    """The directories alone: an import asks nothing of networks and desks."""
    return _made(settings, "directories", DIRECTORIES, session, clock)


def make_connectors(settings: Settings, session: aiohttp.ClientSession, clock: Clock) -> Connectors:
    """Nobody is called yet; raises one `Misconfigured` with all that is missing."""
    made: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for family, kinds in FAMILIES.items():
        try:
            made[family] = _made(settings, family, kinds, session, clock)
        except Misconfigured as wrong:
            problems += wrong.problems
    if problems:
        raise Misconfigured(tuple(problems))
    networks = Networks(tuple(made["networks"].values()))
    return Connectors(networks, made["desks"], made["directories"], made["archives"])


def _made(
    settings: Settings,
    family: str,
    kinds: Mapping[str, Any],
    session: aiohttp.ClientSession,
    clock: Clock,
) -> dict[str, Any]:
    """Each connector that app.yaml names, with its own section and its own credentials."""
    made: dict[str, Any] = {}
    problems: list[str] = []
    for name in getattr(settings, family):
        section = settings.section(kinds[name].settings, family, name)
        credentials = settings.environment.credentials(name)
        try:
            made[name] = kinds[name].make(section, credentials, session, clock)
        except Misconfigured as error:
            problems += error.problems
    if problems:
        raise Misconfigured(tuple(problems))
    return made
