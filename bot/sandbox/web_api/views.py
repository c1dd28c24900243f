"""The views family: opening, pushing, changing modals and publishing home tabs."""

from bot.sandbox.blocks import checked_view
from bot.sandbox.records import Json, SlackError
from bot.sandbox.web_api.arguments import Arguments, Method
from bot.sandbox.workspace import Workspace


def open_modal(workspace: Workspace, args: Arguments) -> Json:
    view = checked_view(args.decoded("view"))
    user = workspace.triggers.spend(args.required("trigger_id"))
    return {"view": workspace.views.open(user, view)}


def push(workspace: Workspace, args: Arguments) -> Json:
    view = checked_view(args.decoded("view"))
    user = workspace.triggers.spend(args.required("trigger_id"))
    return {"view": workspace.views.push(user, view)}


def update(workspace: Workspace, args: Arguments) -> Json:
    view = workspace.views.find(args.text("view_id"), external_id=args.text("external_id"))
    new = checked_view(args.decoded("view"), surface=view.wire["type"])
    return {"view": workspace.views.update(view, new, hash=args.text("hash"))}


def publish(workspace: Workspace, args: Arguments) -> Json:
    if not workspace.home_enabled:
        raise SlackError("not_enabled")
    user = args.required("user_id")
    if user not in workspace.people:
        raise SlackError("user_not_found")
    view = checked_view(args.decoded("view"), surface="home")
    return {"view": workspace.views.publish(user, view, hash=args.text("hash"))}


METHODS: dict[str, Method] = {
    "views.open": open_modal,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
