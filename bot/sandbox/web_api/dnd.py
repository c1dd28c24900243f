"""Who does not want to be disturbed now."""

from bot.sandbox.records import Json, SlackError
from bot.sandbox.seed import BOT_USER
from bot.sandbox.web_api.arguments import Arguments, Method
from bot.sandbox.web_api.people import visible
from bot.sandbox.workspace import Workspace


def info(workspace: Workspace, args: Arguments) -> Json:
    return visible(workspace, args.text("user") or BOT_USER).dnd(workspace.clock())


def team_info(workspace: Workspace, args: Arguments) -> Json:
    """People nobody knows are left out (docs: dnd.teamInfo); it takes no more than fifty."""
    asked = [user.strip() for user in (args.text("users") or "").split(",") if user.strip()]
    if not asked:
        raise SlackError("no_users_provided")
    known = [visible(workspace, user) for user in asked[:50] if user in workspace.people]
    return {"users": {person.id: person.dnd(workspace.clock()) for person in known}}


METHODS: dict[str, Method] = {"dnd.info": info, "dnd.teamInfo": team_info}
