"""Who somebody is: asked of Slack, since a payload says only what its sender claims."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured, Unavailable
from bot.model.absence import Standing
from bot.model.person import Membership, Person, Workspace
from bot.slack.border import ask
from bot.slack.groups import NONE, Groups, ask_groups
from bot.slack.remembered import Remembered
from bot.slack.text import NOTHING, line

FRESH_SECONDS = 300.0
GROUPS_SECONDS = 20.0
"""What counts as asked at this moment: Slack lists groups some twenty times a minute at most. And
whoever left one is told of besides."""
_LOOK_SECONDS = 0.7
"""Between two looks at colleagues, so that they leave room for those who knock."""
_SLACKBOT = "USLACKBOT"


class People:
    """`roles` is app.yaml's own mapping: to people (U…), user groups (S…) or their handles (@…)."""

    def __init__(self, client: AsyncWebClient, *, roles: Mapping[str, tuple[str, ...]]) -> None:
        self._client = client
        self._roles = roles
        self._users: Remembered[str, dict[str, Any]] = Remembered(FRESH_SECONDS)
        self._groups: Remembered[Workspace, Groups] = Remembered(FRESH_SECONDS)
        self._looks: dict[str, float] = {}
        self._next_look = 0.0
        self._asks_groups = any(
            member.startswith(("S", "@")) for members in roles.values() for member in members
        )

    @property
    def named(self) -> frozenset[str]:
        """User ids that app.yaml gives a role one by one."""
        everybody = (member for members in self._roles.values() for member in members)
        return frozenset(each for each in everybody if each.startswith(("U", "W")))

    async def who(
        self,
        workspace: Workspace,
        user_id: str,
        *,
        home_team: str | None = None,
        anew: bool = False,
    ) -> Person:
        """`home_team` is the team a payload gives for the person: another one makes an outsider.
        `anew`: they are asked about, whatever is remembered.

        Where Slack does not answer, Membership.UNKNOWN: it is refused, and asked again next time.
        """
        user_age, groups_age = (0.0, GROUPS_SECONDS) if anew else (None, None)
        user = self._users.fresh(user_id, within=user_age)
        groups = self._groups.fresh(workspace, within=groups_age) if self._asks_groups else NONE
        if user is None or groups is None:
            user, groups = await asyncio.gather(
                self._user(user_id, within=user_age), self._groups_of(workspace, within=groups_age)
            )
        if user is None:
            return Person(workspace, user_id, user_id, Membership.UNKNOWN)
        membership = membership_of(user, workspace, home_team=home_team)
        roles = unsure = frozenset[str]()
        if membership is Membership.MEMBER:
            told = (groups or NONE).members
            roles = self._held(user_id, told)
            unsure = self._untold(told) - roles
        zone = str(user.get("tz") or "")
        return Person(workspace, user_id, _name(user), membership, roles, unsure, zone)

    async def group(self, workspace: Workspace, group_id: str) -> str:
        """`@handle` of a user group, "" where Slack does not tell."""
        return ((await self._asked_groups(workspace)) or NONE).handles.get(group_id, "")

    async def holders(self, workspace: Workspace) -> Mapping[str, frozenset[str]]:
        """User ids by role. Raises where Slack does not tell: nobody is not the same as unknown."""
        groups = (await self._told_groups(workspace)) if self._asks_groups else NONE
        return {
            role: frozenset(each for each in members if each.startswith(("U", "W"))).union(
                *(groups.members.get(each, ()) for each in members)
            )
            for role, members in self._roles.items()
        }

    async def tells_groups(self, workspace: Workspace) -> bool:
        """Whether it is known now who is in which group, as far as roles are given to groups."""
        # Newer than `who` asks for, so that what is said of each person then is of the same answer.
        return await self._groups_of(workspace, within=GROUPS_SECONDS / 2) is not None

    async def standing(self, workspace: Workspace, user_id: str) -> Standing:
        """As Slack shows them now, whatever is remembered. Raises as `ask` does.

        `look_in` says when it may be asked.
        """
        user = (await ask(self._client.users_info, user=user_id))["user"]
        return standing_of(user, workspace)

    def look_in(self, reason: str) -> float:
        """Seconds until the look for that reason may be taken; 0 where it may be now.

        Each reason has its place in the row and keeps it: who asks again waits no longer. Nobody
        waits in here, lest those who knock wait behind them.
        """
        now = asyncio.get_running_loop().time()
        if reason not in self._looks:
            # Whose place was long ago was looked at by another replica meanwhile.
            self._looks = {r: at for r, at in self._looks.items() if at > now - FRESH_SECONDS}
            self._next_look = max(now, self._next_look) + _LOOK_SECONDS
            self._looks[reason] = self._next_look - _LOOK_SECONDS
        wait = self._looks[reason] - now
        if wait <= 0:
            del self._looks[reason]
        return max(wait, 0.0)

    def forget(self, user_id: str) -> None:
        """Slack says that they changed: the next visit asks who they are now."""
        self._users.forget(user_id)

    def forget_groups(self, workspace: Workspace) -> None:
        """As `forget`, of who is in which group."""
        self._groups.forget(workspace)

    async def _user(self, user_id: str, *, within: float | None) -> dict[str, Any] | None:
        async def fetch() -> dict[str, Any]:
            return dict((await ask(self._client.users_info, user=user_id))["user"])

        try:
            return await self._users.get(user_id, fetch, within=within)
        except (Unavailable, Misconfigured):
            return None

    async def _groups_of(self, workspace: Workspace, *, within: float | None) -> Groups | None:
        """As far as roles are given to groups: else nobody's press waits for them."""
        return await self._asked_groups(workspace, within=within) if self._asks_groups else NONE

    async def _asked_groups(
        self, workspace: Workspace, *, within: float | None = None
    ) -> Groups | None:
        """None where Slack does not tell, which is not the same as no groups."""
        try:
            return await self._told_groups(workspace, within=within)
        except (Unavailable, Misconfigured):
            return None

    async def _told_groups(self, workspace: Workspace, *, within: float | None = None) -> Groups:
        # Where what was told names no workspace (an event), the client's own counts, and "" would
        # hide it.
        team = (workspace.team_id or None) if workspace.enterprise_id else None
        return await self._groups.get(
            workspace, lambda: ask_groups(self._client, team_id=team), within=within
        )

    def _held(self, user_id: str, told: Mapping[str, frozenset[str]]) -> frozenset[str]:
        return frozenset(
            role
            for role, members in self._roles.items()
            if any(user_id == each or user_id in told.get(each, ()) for each in members)
        )

    def _untold(self, told: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """Roles given to a group of which Slack tells nothing: it does not answer, or the group is
        disabled or called otherwise by now. Who has them is not known. That opens nothing to
        anybody; and it must not open either what such a role closes: see `Policy.decide`."""
        return frozenset(
            role
            for role, members in self._roles.items()
            if any(each.startswith(("S", "@")) and each not in told for each in members)
        )


def standing_of(user: Mapping[str, Any], workspace: Workspace) -> Standing:
    """From Slack's user object."""
    profile = user.get("profile") or {}
    ends = profile.get("status_expiration")
    return Standing(
        user_id=str(user.get("id") or ""),
        name=_name(user),
        membership=membership_of(user, workspace, home_team=None),
        emoji=str(profile.get("status_emoji") or ""),
        until=datetime.fromtimestamp(ends, UTC) if isinstance(ends, int) and ends > 0 else None,
        zone=str(user.get("tz") or ""),
    )


def membership_of(
    user: Mapping[str, Any], workspace: Workspace, *, home_team: str | None
) -> Membership:
    """From Slack's user object. What is missing in it counts against the person."""
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


def _name(user: Mapping[str, Any]) -> str:
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
