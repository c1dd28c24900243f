"""The conversations family: which rooms there are and who is in them."""

from bot.sandbox.happenings import Happenings
from bot.sandbox.records import Channel, Json, SlackError
from bot.sandbox.seed import BOT_USER
from bot.sandbox.web_api.arguments import Arguments, Method
from bot.sandbox.web_api.places import channel_of
from bot.sandbox.workspace import Workspace

KINDS = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
MOST_USERS = 8


def open_dm(workspace: Workspace, args: Arguments) -> Json:
    if args.text("channel"):
        return opened(channel_of(workspace, args), known=True)
    listed = args.text("users")
    if listed is None:
        raise SlackError("users_list_not_supplied")
    users = [user.strip() for user in listed.split(",")]
    if len(users) > MOST_USERS:
        raise SlackError("too_many_users")
    for user in users:
        if user not in workspace.people or user == BOT_USER:
            raise SlackError("user_not_found")
        if workspace.people[user].deleted:
            raise SlackError("user_disabled")
        if not workspace.presence.here(workspace.people[user]):
            raise SlackError("user_not_visible")
    known = len(workspace.channels)
    channel = workspace.dm(*users)
    return opened(channel, known=known == len(workspace.channels))


def opened(channel: Channel, *, known: bool) -> Json:
    return {"channel": {"id": channel.id}, "no_op": known, "already_open": known}


def info(workspace: Workspace, args: Arguments) -> Json:
    return {"channel": channel_of(workspace, args).wire(bot_id=BOT_USER)}


def join(workspace: Workspace, args: Arguments) -> Json:
    channel = channel_of(workspace, args)
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    already = BOT_USER in channel.members
    Happenings(workspace).join(workspace.people[BOT_USER], channel)
    answer: Json = {"channel": channel.wire(bot_id=BOT_USER)}
    if already:
        told = {"warnings": ["already_in_channel"]}
        answer |= {"warning": "already_in_channel", "response_metadata": told}
    return answer


def list_all(workspace: Workspace, args: Arguments) -> Json:
    names = (args.text("types") or "public_channel").split(",")
    if any(name.strip() not in KINDS for name in names):
        raise SlackError("invalid_types")
    kinds = {KINDS[name.strip()] for name in names}
    found = [
        channel.wire(bot_id=BOT_USER)
        for channel in workspace.channels.values()
        if channel.kind in kinds
        and not (args.flag("exclude_archived") and channel.archived)
        and (channel.kind == "channel" or BOT_USER in channel.members)
    ]
    page, cursor = args.page(found)
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


def members(workspace: Workspace, args: Arguments) -> Json:
    page, cursor = args.page(channel_of(workspace, args).members)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


METHODS: dict[str, Method] = {
    "conversations.open": open_dm,
    "conversations.info": info,
    "conversations.join": join,
    "conversations.list": list_all,
    "conversations.members": members,
}
