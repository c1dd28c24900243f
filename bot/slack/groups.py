"""The user groups of a workspace, how they are called and who is in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.border import ask


@dataclass(frozen=True, slots=True)
class Groups:
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By group id and by @handle."""
    handles: Mapping[str, str] = field(default_factory=dict)
    """By group id, with the @."""


NONE = Groups()


async def ask_groups(client: AsyncWebClient, *, team_id: str | None = None) -> Groups:
    """Raises as `ask` does.

    An organisation-wide token has to say which workspace it means.
    """
    listed = await ask(client.usergroups_list, include_users=True, team_id=team_id)
    used = [group for group in listed["usergroups"] if not group.get("date_delete")]
    handles = {str(group["id"]): f"@{group.get('handle', '')}" for group in used}
    members = {
        known: frozenset(group.get("users") or ())
        for group in used
        for known in (str(group["id"]), handles[str(group["id"])])
    }
    return Groups(members, handles)
