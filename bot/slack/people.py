"""Who somebody is: asked of Slack, since a payload says only what its sender claims."""

import asyncio
from collections.abc import Mapping

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured, Unavailable
from bot.model.absence import Standing
from bot.model.person import Membership, Person, Workspace
from bot.slack.border import ask
from bot.slack.everybody import FRESH_SECONDS, Everybody, team_of
from bot.slack.groups import NONE, Groups, ask_groups
from bot.slack.remembered import Remembered
from bot.slack.standing import membership_of, name_of, standing_of

GROUPS_SECONDS = 20.0
"""What counts as asked at this moment: Slack lists groups some twenty times a minute at most. And
whoever left one is told of besides."""
_LOOK_SECONDS = 0.7
"""Between two looks at colleagues, so that they leave room for those who knock."""


class People:
    """`roles` is app.yaml's own mapping: to people (U…), user groups (S…) or their handles (@…)."""

    def __init__(self, client: AsyncWebClient, *, roles: Mapping[str, tuple[str, ...]]) -> None:
        self._client = client
        self._roles = roles
        self._everybody = Everybody(client)
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
        user = self._everybody.fresh(user_id, within=user_age)
        groups = self._groups.fresh(workspace, within=groups_age) if self._asks_groups else NONE
        if user is None or groups is None:
            user, groups = await asyncio.gather(
                self._everybody.user(workspace, user_id, within=user_age),
                self._groups_of(workspace, within=groups_age),
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
        return Person(workspace, user_id, name_of(user), membership, roles, unsure, zone)

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
        self._everybody.forget(user_id)

    async def read_everybody(self, workspace: Workspace) -> None:
        """So that whoever comes is known, however many come at once."""
        await self._everybody.read(workspace)

    def forget_groups(self, workspace: Workspace) -> None:
        """As `forget`, of who is in which group."""
        self._groups.forget(workspace)

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
        return await self._groups.get(
            workspace, lambda: ask_groups(self._client, team_id=team_of(workspace)), within=within
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
