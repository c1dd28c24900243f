"""The users and usergroups families."""

from bot.sandbox.accounts import Account
from bot.sandbox.records import Json, SlackError
from bot.sandbox.seed import BOT_USER
from bot.sandbox.web_api.arguments import Arguments, Method
from bot.sandbox.workspace import Workspace


def info(workspace: Workspace, args: Arguments) -> Json:
    return {"user": visible(workspace, args.required("user")).wire()}


def profile(workspace: Workspace, args: Arguments) -> Json:
    """The TSV lists no user_not_visible for it: a stranger who shares nothing is not found."""
    person = workspace.people.get(args.text("user") or BOT_USER)
    if person is None or (person.stranger and not workspace.presence.here(person)):
        raise SlackError("user_not_found")
    return {"profile": person.profile()}


def visible(workspace: Workspace, user: str) -> Account:
    """Slack shows people of other organisations as long as a channel is shared with them."""
    person = workspace.people.get(user)
    if person is None:
        raise SlackError("user_not_found")
    if person.stranger and not workspace.presence.here(person):
        raise SlackError("user_not_visible")
    return person


def list_all(workspace: Workspace, args: Arguments) -> Json:
    own = [person.wire() for person in workspace.people.values() if not person.stranger]
    page, cursor = args.page(own)
    return {"members": page, "cache_ts": 1, "response_metadata": {"next_cursor": cursor}}


def list_groups(workspace: Workspace, args: Arguments) -> Json:
    return {
        "usergroups": [
            group.wire(users=args.flag("include_users"), count=args.flag("include_count"))
            for group in workspace.groups.values()
            if args.flag("include_disabled") or not group.disabled_at
        ]
    }


def list_group_users(workspace: Workspace, args: Arguments) -> Json:
    group = workspace.groups.get(args.required("usergroup"))
    if group is None or (group.disabled_at and not args.flag("include_disabled")):
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


METHODS: dict[str, Method] = {
    "users.info": info,
    "users.list": list_all,
    "users.profile.get": profile,
    "usergroups.list": list_groups,
    "usergroups.users.list": list_group_users,
}
