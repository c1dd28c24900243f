"""What Slack's user object says of somebody; what is missing in it counts against them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.model.absence import Standing
from bot.model.person import Membership, Workspace
from bot.slack.text import NOTHING, line

_SLACKBOT = "USLACKBOT"


def standing_of(user: Mapping[str, Any], workspace: Workspace) -> Standing:
    profile = user.get("profile") or {}
    ends = profile.get("status_expiration")
    return Standing(
        user_id=str(user.get("id") or ""),
        name=name_of(user),
        membership=membership_of(user, workspace, home_team=None),
        emoji=str(profile.get("status_emoji") or ""),
        until=datetime.fromtimestamp(ends, UTC) if isinstance(ends, int) and ends > 0 else None,
        zone=str(user.get("tz") or ""),
    )


def membership_of(
    user: Mapping[str, Any], workspace: Workspace, *, home_team: str | None
) -> Membership:
    if user.get("deleted"):
        return Membership.GONE
    if user.get("is_bot") or user.get("id") == _SLACKBOT:
        return Membership.BOT
    if not user.get("team_id") or "deleted" not in user:
        return Membership.UNKNOWN
    if user.get("is_stranger") or not _is_of(user, workspace, home_team=home_team):
        return Membership.OUTSIDER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Membership.GUEST
    # Slack tells both of everybody at home: whoever lacks one may be a guest.
    if user.get("is_restricted") is None or user.get("is_ultra_restricted") is None:
        return Membership.UNKNOWN
    return Membership.MEMBER


def _is_of(user: Mapping[str, Any], workspace: Workspace, *, home_team: str | None) -> bool:
    grid = user.get("enterprise_user") or {}
    if workspace.enterprise_id and grid.get("enterprise_id") == workspace.enterprise_id:
        return True
    return user["team_id"] == workspace.team_id and home_team in {None, "", workspace.team_id}


def name_of(user: Mapping[str, Any]) -> str:
    profile = user.get("profile") or {}
    told = (
        profile.get("real_name")
        or user.get("real_name")
        or profile.get("display_name")
        or user.get("name")
        or ""
    )
    shown = line(str(told), 80)
    return str(user.get("id", NOTHING)) if shown == NOTHING else shown
