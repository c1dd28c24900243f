"""Who the app is, and the address of its socket."""

from bot.sandbox.records import Json
from bot.sandbox.seed import BOT, BOT_USER, TEAM, TEAM_DOMAIN, TEAM_NAME
from bot.sandbox.web_api.arguments import Arguments, Method
from bot.sandbox.workspace import Workspace


def test(workspace: Workspace, _args: Arguments) -> Json:
    grid = {"enterprise_id": workspace.enterprise} if workspace.enterprise else {}
    return {
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": TEAM_NAME,
        "user": workspace.people[BOT_USER].name,
        "team_id": TEAM,
        **grid,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def open_connection(workspace: Workspace, _args: Arguments) -> Json:
    return {"url": workspace.ticket_url()}


METHODS: dict[str, Method] = {"auth.test": test, "apps.connections.open": open_connection}
