"""Who is acting: an employee as Slack knows them, or the clock."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import PersonKey


class Membership(StrEnum):
    """What Slack says somebody is in this workspace; UNKNOWN is refused like an outsider."""

    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"
    BOT = "bot"
    GONE = "gone"
    UNKNOWN = "unknown"


class Enrolment(StrEnum):
    """Whether somebody accepted the guidebook; LAPSED: an older text, or too long ago."""

    YES = "yes"
    LAPSED = "lapsed"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Of a guidebook, by its version."""

    version: str
    at: datetime


PLATFORM = "platform"
"""The role of those who look after the platform: they set up, and read nobody's data for it."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where in Slack. `enterprise_id` is empty outside Enterprise Grid."""

    team_id: str
    enterprise_id: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    workspace: Workspace
    user_id: str
    name: str
    membership: Membership
    roles: frozenset[str] = frozenset()
    """Roles of app.yaml ("coordinator", "manager", "service"…); `employee` needs none."""
    unsure: frozenset[str] = frozenset()
    """Roles they may have or not: given to groups of which Slack tells nothing just now."""
    zone: str = ""
    """Their time zone as Slack knows it, such as "Europe/Berlin"."""

    @property
    def key(self) -> PersonKey:
        return person_key(self.workspace, self.user_id)


def person_key(workspace: Workspace, user_id: str) -> PersonKey:
    return PersonKey(f"{workspace.enterprise_id or workspace.team_id}:{user_id}")


def user_id_of(key: PersonKey) -> str:
    return key.rpartition(":")[2]


CLOCKWORK = Person(Workspace("clock"), "usher", "Usher", Membership.BOT)
"""The actor in the audit when nobody pressed anything."""
