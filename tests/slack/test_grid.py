"""An organisation-wide installation: each call says which workspace it means, and none is E…."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured
from bot.model.person import Membership, Workspace
from bot.slack.channel_names import ChannelNames
from bot.slack.client import make_client, open_session
from bot.slack.people import People
from bot.slack.workspace import whoami

NORTH, SOUTH = Workspace("T0NORTH", "E0"), Workspace("T0SOUTH", "E0")
TEAMS = [{"id": "T0NORTH", "name": "North"}, {"id": "T0SOUTH", "name": "South"}]


class Organisation:
    """As much of Slack as two workspaces of one organisation need; a call without a team fails."""

    def __init__(self, teams: list[dict[str, str]]) -> None:
        self.teams = teams
        self.asked: list[tuple[str, str]] = []

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given: dict[str, Any] = {**request.query, **await request.post()}
        team = str(given.get("team_id") or "")
        self.asked.append((method, team))
        if method == "auth.test":
            body = {"team_id": "E0", "enterprise_id": "E0", "is_enterprise_install": True}
        elif method == "auth.teams.list":
            body = {"teams": self.teams}
        elif not team:
            return web.json_response({"ok": False, "error": "missing_argument"})
        else:
            body = self._of(method, team, str(given.get("user") or ""))
        return web.json_response({"ok": True, **body})

    def _of(self, method: str, team: str, user: str) -> dict[str, Any]:
        if method == "conversations.list":
            channel = {"id": f"C{team}", "name": "care", "is_member": True}
            return {"channels": [channel]}
        if method == "usergroups.list":
            return {"usergroups": [{"id": "S1", "handle": "coordinators", "users": [f"U{team}"]}]}
        told = {"id": user, "team_id": team, "deleted": False, "enterprise_user": {}}
        told |= {"is_restricted": False, "is_ultra_restricted": False}
        if method == "users.list":
            ours = told | {"id": "U0ANNA", "enterprise_user": {"enterprise_id": "E0"}}
            return {"members": [ours, told | {"id": "U0EVE", "team_id": "T0OTHER"}]}
        return {"user": {**told, "enterprise_user": {"enterprise_id": "E0"}}}


@asynccontextmanager
async def organisation(
    teams: list[dict[str, str]],
) -> AsyncIterator[tuple[Organisation, AsyncWebClient]]:
    slack = Organisation(teams)
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        async with open_session() as session:
            yield (
                slack,
                make_client("xoxb-1", session=session, api_url=f"http://127.0.0.1:{port}/api/"),
            )
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("teams", "asked", "workspace"),
    [(TEAMS[:1], "", NORTH), (TEAMS, "T0SOUTH", SOUTH), (TEAMS, "T0NORTH", NORTH)],
)
async def test_the_workspace_is_never_the_organisation(
    teams: list[dict[str, str]], asked: str, workspace: Workspace
) -> None:
    async with organisation(teams) as (_, client):
        assert await whoami(client, asked) == workspace


@pytest.mark.parametrize("asked", ["", "T0NOWHERE", "E0"])
async def test_several_workspaces_must_be_told_apart_by_the_operator(asked: str) -> None:
    async with organisation(TEAMS) as (_, client):
        with pytest.raises(Misconfigured, match=r"SLACK_TEAM_ID.*T0NORTH \(North\)"):
            await whoami(client, asked)


async def test_every_call_says_which_workspace_it_means() -> None:
    async with organisation(TEAMS) as (slack, client):
        here = await whoami(client, "T0SOUTH")
        people = People(client, roles={"coordinator": ("@coordinators",)})
        assert await ChannelNames(client).resolve("#care") == "CT0SOUTH"
        assert (await people.who(here, "U0BEN")).membership is Membership.MEMBER
        await people.read_everybody(here)
        assert (await people.who(here, "U0ANNA")).membership is Membership.MEMBER
        assert [method for method, _ in slack.asked].count("users.info") == 1
        # A stranger in the list is asked about, as who is not in it.
        await people.who(here, "U0EVE")
        assert [method for method, _ in slack.asked].count("users.info") == 2
        later = [team for method, team in slack.asked if not method.startswith("auth.")]
        assert later
        assert set(later) == {"T0SOUTH"}


async def test_people_of_two_workspaces_are_remembered_apart() -> None:
    """The same group's name has other members next door; neither answer serves for the other."""
    async with organisation(TEAMS) as (_, client):
        await whoami(client, "T0SOUTH")
        people = People(client, roles={"coordinator": ("@coordinators",)})
        for workspace in (NORTH, SOUTH, NORTH):
            holders = await people.holders(workspace)
            assert holders["coordinator"] == {f"U{workspace.team_id}"}


async def test_what_names_no_workspace_means_the_clients_own() -> None:
    """As an event does: its authorization is the organisation's."""
    async with organisation(TEAMS) as (slack, client):
        await whoami(client, "T0SOUTH")
        people = People(client, roles={"coordinator": ("@coordinators",)})
        ours = await people.who(Workspace("", "E0"), "UT0SOUTH")
        assert ours.roles == {"coordinator"}
        assert ("usergroups.list", "T0SOUTH") in slack.asked
