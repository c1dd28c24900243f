"""Which workspace the bot's token belongs to: asked once at the start, since cases carry it."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import Misconfigured
from bot.model.person import Workspace
from bot.slack.border import ask

_WHICH = (
    "The bot's token is for a whole organisation: put the id of the workspace (T…) whose channels "
    "app.yaml names into SLACK_TEAM_ID. {known}"
)


async def whoami(client: AsyncWebClient, team_id: str = "") -> Workspace:
    """Raises `Misconfigured` with a sentence where Slack does not take the token.

    A token of an organisation must say with each call which workspace it means: the client does
    so from here on. `team_id` is that workspace, needed only where there are several.
    """
    told = await ask(client.auth_test)
    enterprise = str(told.get("enterprise_id") or "")
    if not told.get("is_enterprise_install"):
        return Workspace(str(told["team_id"]), enterprise)
    chosen = await _among(client, team_id)
    client.default_params["team_id"] = chosen
    return Workspace(chosen, enterprise or str(told["team_id"]))


async def _among(client: AsyncWebClient, team_id: str) -> str:
    listed = await ask(client.auth_teams_list, limit=100)
    known = {str(team["id"]): str(team.get("name") or "") for team in listed["teams"]}
    if team_id in known:
        return team_id
    if not team_id and len(known) == 1:
        return next(iter(known))
    named = ", ".join(f"{each} ({name})" for each, name in known.items())
    raise Misconfigured((_WHICH.format(known=f"It is installed in: {named}." if named else ""),))
