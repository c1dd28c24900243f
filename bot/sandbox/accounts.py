"""People and groups of people, shaped as Slack shows them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.sandbox.records import Json

Guest = Literal["single-channel", "multi-channel"]


@dataclass(frozen=True, slots=True)
class Status:
    emoji: str = ""
    text: str = ""
    until: int = 0
    """Seconds since 1970; 0 stays until she takes it away."""


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    name: str
    real_name: str
    team_id: str = "T0USHER"
    enterprise_id: str = ""
    """Her organisation on Enterprise Grid, where workspaces are parts of one."""
    guest: Guest | None = None
    bot: bool = False
    deleted: bool = False
    timezone: str = "Europe/London"
    title: str = ""
    status: Status = Status()
    snoozed_until: datetime | None = None
    unasked: tuple[tuple[str, str], ...] = ()
    """Of the profile, shown whatever the scopes."""

    @property
    def ours(self) -> bool:
        """Of the one workspace the app is installed in."""
        return self.team_id == "T0USHER"

    @property
    def stranger(self) -> bool:
        return not self.ours and self.enterprise_id != "E0USHER"

    def profile(self) -> Json:
        """Without `email`, which Slack shows only under a scope of its own."""
        return {
            "title": self.title,
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "status_text": self.status.text,
            "status_emoji": self.status.emoji,
            "status_expiration": self.status.until,
            "team": self.team_id,
            **dict(self.unasked),
        }

    def wire(self) -> Json:
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.real_name,
            "tz": self.timezone,
            "profile": self.profile(),
            "is_admin": False,
            "is_owner": False,
            "is_restricted": self.guest is not None,
            "is_ultra_restricted": self.guest == "single-channel",
            "is_stranger": self.stranger,
            "is_bot": self.bot,
            "is_app_user": False,
            "updated": 1,
            **self._on_grid(),
        }

    def _on_grid(self) -> Json:
        """What users.info adds on Enterprise Grid (docs: the user object)."""
        if not self.enterprise_id:
            return {}
        of = {"enterprise_id": self.enterprise_id, "teams": [self.team_id]}
        return {"enterprise_user": {"id": self.id, **of, "is_admin": False, "is_owner": False}}

    def dnd(self, now: datetime) -> Json:
        """As others see it (docs: dnd.info): a snooze is told as do-not-disturb hours from now."""
        if self.snoozed_until is None or self.snoozed_until <= now:
            return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
        return {
            "dnd_enabled": True,
            "next_dnd_start_ts": int(now.timestamp()),
            "next_dnd_end_ts": int(self.snoozed_until.timestamp()),
        }


@dataclass(slots=True)
class Group:
    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    disabled_at: int = 0
    """Seconds since 1970; 0 while it is in use."""

    def wire(self, *, users: bool = False, count: bool = False) -> Json:
        counted = {"user_count": len(self.users)} if count else {}
        return {
            "id": self.id,
            "team_id": "T0USHER",
            "is_usergroup": True,
            "name": self.name,
            "handle": self.handle,
            "description": "",
            "date_delete": self.disabled_at,
            **({"users": list(self.users)} if users else {}),
            **counted,
        }
