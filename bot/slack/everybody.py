"""What Slack tells of people: of one who comes, and of all of them by its list.

Two hundred who come at once would be two hundred questions, and it answers a hundred a minute.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured, Unavailable
from bot.model.person import Membership, Workspace
from bot.slack.border import ask
from bot.slack.remembered import Remembered
from bot.slack.standing import membership_of

FRESH_SECONDS = 300.0
LASTING_SECONDS = 900.0
"""Where Slack does not tell anew: whom it told of a while ago is no stranger because it is busy,
and who changed since is told of besides."""
LIST_SECONDS = 180.0
"""Between two readings: with the minute between two looks at it, less than somebody is remembered.
"""
_PATIENCE = 1.0
"""Seconds: somebody waits for an answer, and a form opens within three."""
_PAGE, _MOST_PAGES = 500, 20
"""As many as are remembered."""
_PAGE_SECONDS = 3.0
"""Slack allows twenty pages a minute."""
_KEPT = (
    "id",
    "team_id",
    "enterprise_user",
    "deleted",
    "is_bot",
    "is_stranger",
    "is_restricted",
    "is_ultra_restricted",
    "tz",
    "real_name",
    "name",
)
_KEPT_OF_THE_PROFILE = ("real_name", "display_name")

log = structlog.get_logger(__name__)
User = Mapping[str, Any]


class Everybody:
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._users: Remembered[str, User] = Remembered(FRESH_SECONDS)
        self._lists: Remembered[Workspace, bool] = Remembered(LIST_SECONDS)

    def fresh(self, user_id: str, *, within: float | None = None) -> User | None:
        return self._users.fresh(user_id, within=within)

    def forget(self, user_id: str) -> None:
        self._users.forget(user_id)

    async def user(
        self, workspace: Workspace, user_id: str, *, within: float | None
    ) -> User | None:
        """None where Slack does not tell. `within`: told in the last seconds, whatever happens."""

        async def fetch() -> User:
            return dict((await ask(self._client.users_info, user=user_id))["user"])

        try:
            return await self._users.get(user_id, fetch, within=within)
        except Misconfigured:
            return None
        except Unavailable as away:
            if within is not None:
                return None
            known = self._users.fresh(user_id, within=LASTING_SECONDS)
            if known is None and away.retry_after is not None:
                # Too many came at once, and the list tells of them all.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.read(workspace), _PATIENCE)
                known = self._users.fresh(user_id)
            return known

    async def read(self, workspace: Workspace) -> None:
        """All members, unless they were read a moment ago.

        A page that fails is left for the next time, and those behind it.
        """
        try:
            await self._lists.get(workspace, lambda: self._read(workspace))
        except (Unavailable, Misconfigured) as untold:
            log.info("people.list_untold", reason=str(untold))

    async def _read(self, workspace: Workspace) -> bool:
        cursor, team = "", team_of(workspace)
        for _ in range(_MOST_PAGES):
            asked = asyncio.get_running_loop().time()
            page = await ask(
                self._client.users_list, limit=_PAGE, cursor=cursor or None, team_id=team
            )
            for user in page.get("members") or ():
                self._listed(user, workspace, asked=asked)
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
            await asyncio.sleep(_PAGE_SECONDS)
        return True

    def _listed(self, user: User, workspace: Workspace, *, asked: float) -> None:
        """Who is no member, or not told of in full, is asked about one by one."""
        user_id = str(user.get("id") or "")
        if membership_of(user, workspace, home_team=None) is Membership.MEMBER:
            self._users.learn(user_id, _short(user), asked=asked)
        elif self._users.fresh(user_id, within=LASTING_SECONDS) is not None:
            self._users.forget(user_id)


def team_of(workspace: Workspace) -> str | None:
    """An organisation-wide token has to say which workspace it means.

    Where what was told names none (an event), the client's own counts, and "" would hide it.
    """
    return (workspace.team_id or None) if workspace.enterprise_id else None


def _short(user: User) -> User:
    """Only what is looked at, since thousands are remembered."""
    profile = user.get("profile") or {}
    short = {name: user[name] for name in _KEPT if name in user}
    return short | {"profile": {name: profile.get(name) for name in _KEPT_OF_THE_PROFILE}}
