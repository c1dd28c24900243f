"""Colleagues who changed: one replica is told by Slack, and each forgets what it remembers of them.

Who was made a guest, or lost a role, is not to go on for minutes because they reached a replica
that remembers them as they were.
"""

from dataclasses import dataclass, field
from uuid import uuid4

from bot.model.person import Workspace
from bot.slack.people import People
from storage.database import Database
from storage.unit_of_work import Records

LOOK_SECONDS = 2.0
KIND = "changed"
"""In the inbox, where it lies with what else Slack told until it is swept out."""
GROUPS = "groups"
OVERLAP = 500
"""Numbers of the inbox that are read again: on PostgreSQL a lower one may come to light later."""


@dataclass(slots=True)
class Changed:
    db: Database
    people: People
    workspace: Workspace
    _seen: frozenset[int] = field(default_factory=frozenset)

    async def told(self, whom: str = GROUPS) -> None:
        """Once this returns every replica will know: a user id, or all groups at once."""
        self._forget(whom)
        key = f"{KIND}/{uuid4().hex}"
        await self.db.technical(lambda unit: unit.inbox.take(KIND, key, whom.encode()))

    async def look(self) -> None:
        after = max(self._seen, default=0) - OVERLAP
        marks = await self.db.read(lambda unit: _since(unit, after))
        for number in sorted(marks.keys() - self._seen):
            self._forget(marks[number])
        self._seen = frozenset(marks)

    async def everybody(self) -> None:
        """Who all colleagues are, before they come: remembered in this replica."""
        await self.people.read_everybody(self.workspace)

    def _forget(self, whom: str) -> None:
        if whom == GROUPS:
            self.people.forget_groups(self.workspace)
        else:
            self.people.forget(whom)


def _since(unit: Records, after: int) -> dict[int, str]:
    return {number: body.decode() for number, body in unit.inbox.since(KIND, after).items()}
