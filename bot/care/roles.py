"""Who holds a role, compared with what was known before: every change is an event on record."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from bot.care.absence import GONE_FOR_GOOD
from bot.errors import Misconfigured, Unavailable
from bot.model.audit import AuditEntry
from bot.model.ids import PersonKey
from bot.model.person import CLOCKWORK, Workspace, person_key
from bot.slack.people import People
from storage.database import Database
from storage.roles import Held
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

LOOK_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Roles:
    db: Database
    people: People
    workspace: Workspace

    async def look(self) -> None:
        """At the start, now and then, and when Slack tells of a group. Where it does not answer,
        nothing is known and nothing changes."""
        try:
            holders = await self.people.holders(self.workspace)
            gone = await self._gone()
        except (Misconfigured, Unavailable) as no:
            log.info("roles.not_seen", reason=str(no))
            return
        now = self._held(holders, gone)
        if await self.db.read(lambda unit: unit.roles.held()) != now:
            await self.db.write(lambda unit: _compare(unit, now))

    async def told(self) -> None:
        """Slack told that a group changed."""
        self.people.forget_groups(self.workspace)
        await self.look()

    async def _gone(self) -> frozenset[str]:
        """Of those whom app.yaml names: it goes on naming them. Groups are told by Slack."""
        gone = set()
        for user_id in sorted(self.people.named):
            try:
                shown = await self.people.standing(self.workspace, user_id)
            except Misconfigured:
                # Slack knows nobody of that id: whoever looks after app.yaml hears of it elsewhere.
                continue
            if shown.membership in GONE_FOR_GOOD:
                gone.add(user_id)
        return frozenset(gone)

    def _held(self, holders: Mapping[str, frozenset[str]], gone: frozenset[str]) -> Held:
        return frozenset(
            (role, person_key(self.workspace, user_id))
            for role, people in holders.items()
            for user_id in people - gone
        )


def _compare(unit: UnitOfWork, now: Held) -> None:
    before = unit.roles.held()
    for role, person in sorted(now - before):
        if unit.roles.grant(role, person):
            unit.commit(_line("role.granted", role, person))
    for role, person in sorted(before - now):
        if unit.roles.end(role, person):
            unit.commit(_line("role.ended", role, person))


def _line(action: str, role: str, person: PersonKey) -> AuditEntry:
    return AuditEntry(action, CLOCKWORK.key, facts=(("role", role), ("person", person)))
