"""What each method needs; where it differs by kind of conversation, that of the one it is about."""

from collections.abc import Iterable

from bot.sandbox.records import Json
from bot.sandbox.seed import BOT_USER
from bot.sandbox.web_api.conversations import KINDS
from bot.sandbox.workspace import Workspace

Kinds = dict[str, str]


def each(verb: str) -> Kinds:
    return {
        "channel": f"channels:{verb}",
        "group": f"groups:{verb}",
        "im": f"im:{verb}",
        "mpim": f"mpim:{verb}",
    }


READ, HISTORY = each("read"), each("history")
WRITE = {**each("write"), "channel": "channels:manage"}

NEEDED: dict[str, str | Kinds] = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.open": WRITE,
    "conversations.info": READ,
    "conversations.join": "channels:join",
    "conversations.list": READ,
    "conversations.members": READ,
    "conversations.history": HISTORY,
    "conversations.replies": HISTORY,
    "dnd.info": "dnd:read",
    "dnd.teamInfo": "dnd:read",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.profile.get": "users.profile:read",
    "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read",
}


def missing(workspace: Workspace, method: str, args: Json) -> list[str]:
    """The scopes this call lacks; any one of all kinds will do where no conversation is meant."""
    needed = NEEDED.get(method)
    if needed is None:
        return []
    if isinstance(needed, str):
        return lacking(workspace, [needed])
    kinds = [needed[kind] for kind in kinds_meant(workspace, args, method=method)]
    if kinds:
        return lacking(workspace, kinds)
    return [] if workspace.scopes & set(needed.values()) else list(needed.values())


def lacking(workspace: Workspace, needed: Iterable[str]) -> list[str]:
    return [scope for scope in needed if scope not in workspace.scopes]


def kinds_meant(workspace: Workspace, args: Json, *, method: str) -> list[str]:
    """Nothing for a conversation the app may not even know of."""
    if method == "conversations.list":
        types = str(args.get("types") or "public_channel").split(",")
        return [KINDS[name.strip()] for name in types if name.strip() in KINDS]
    channel = workspace.channels.get(str(args.get("channel", "")))
    if channel is not None:
        known = channel.kind == "channel" or BOT_USER in channel.members
        return [channel.kind] if known else []
    users = str(args.get("users") or "")
    return [("mpim" if "," in users else "im")] if users else []
