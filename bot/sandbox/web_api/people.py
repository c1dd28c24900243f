"""The users and usergroups families."""

from bot.sandbox.records import Group, Json, SlackError
from bot.sandbox.seed import TEAM
from bot.sandbox.web_api.arguments import Arguments, Method
from bot.sandbox.workspace import Workspace


def info(workspace: Workspace, args: Arguments) -> Json:
    person = workspace.people.get(args.required("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": person.wire()}


def list_all(workspace: Workspace, args: Arguments) -> Json:
    own = [person.wire() for person in workspace.people.values() if not person.stranger]
    page, cursor = args.page(own)
    return {"members": page, "cache_ts": 1, "response_metadata": {"next_cursor": cursor}}


def list_groups(workspace: Workspace, args: Arguments) -> Json:
    return {"usergroups": [shown(group, args) for group in workspace.groups.values()]}


def shown(group: Group, args: Arguments) -> Json:
    wire: Json = {
        "id": group.id,
        "team_id": TEAM,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "description": "",
        "date_delete": 0,
    }
    if args.flag("include_users"):
        wire["users"] = list(group.users)
    if args.flag("include_count"):
        wire["user_count"] = len(group.users)
    return wire


def list_group_users(workspace: Workspace, args: Arguments) -> Json:
    group = workspace.groups.get(args.required("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


METHODS: dict[str, Method] = {
    "users.info": info,
    "users.list": list_all,
    "usergroups.list": list_groups,
    "usergroups.users.list": list_group_users,
}
