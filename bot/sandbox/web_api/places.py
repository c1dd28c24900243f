"""Which conversation a call means."""

from bot.sandbox.records import Channel, SlackError
from bot.sandbox.seed import BOT_USER
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.workspace import Workspace


def channel_of(workspace: Workspace, args: Arguments, *, dm: bool = False) -> Channel:
    """By id; for chat.postMessage alone (`dm`) a person's id means the direct message."""
    name = args.required("channel")
    person = workspace.people.get(name)
    if dm and person and name != BOT_USER and workspace.presence.here(person):
        return workspace.dm(name)
    channel = workspace.channels.get(name)
    if channel is None or (BOT_USER not in channel.members and channel.kind != "channel"):
        raise SlackError("channel_not_found")
    return channel
