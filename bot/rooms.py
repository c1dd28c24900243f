"""The rooms of one Usher, built from settings, before any verb is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.care.networks import Networks
from bot.compliance import Guard, Policy
from bot.desks import DESKS
from bot.desks.base import Desk
from bot.directories import DIRECTORIES
from bot.directories.base import Directory
from bot.errors import Misconfigured
from bot.model.clock import Clock
from bot.networks import NETWORKS
from bot.settings import Settings
from storage.database import Database
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Rooms:
    db: Database
    guard: Guard
    policy: Policy
    networks: Networks
    desks: Mapping[str, Desk]
    directories: Mapping[str, Directory]

    async def close(self) -> None:
        for part in (*self.networks.parts, *self.desks.values(), *self.directories.values()):
            await part.close()
        await self.db.close()


async def open_rooms(settings: Settings, session: aiohttp.ClientSession, clock: Clock) -> Rooms:
    """Raises one `Misconfigured` with all that the connectors miss; `Unavailable`: no database."""
    vault = Vault.from_text(settings.environment.usher_vault_key.get_secret_value())
    policy = Policy.load(settings.policy.profile)
    networks = _made(settings, "networks", NETWORKS, session, clock)
    desks = _made(settings, "desks", DESKS, session, clock)
    directories = _made(settings, "directories", DIRECTORIES, session, clock)
    url = settings.environment.database_url.get_secret_value()
    return Rooms(
        db=await Database.open(url, vault=vault, clock=clock),
        guard=Guard(),
        policy=policy,
        networks=Networks(tuple(networks.values())),
        desks=desks,
        directories=directories,
    )


def _made(
    settings: Settings,
    family: str,
    kinds: Mapping[str, Any],
    session: aiohttp.ClientSession,
    clock: Clock,
) -> dict[str, Any]:
    """Each connector that app.yaml names, with its own section and its own credentials."""
    made, problems = {}, []
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
