"""Files as Slack takes them since 2025: an address, the bytes there, and then the sharing."""

from bot.sandbox.records import Channel, Json, SlackError
from bot.sandbox.seed import BOT_USER
from bot.sandbox.web_api.arguments import Arguments, Method
from bot.sandbox.web_api.chat import thread_of
from bot.sandbox.web_api.places import channel_of
from bot.sandbox.workspace import Workspace

MOST_COMMENT = 40_000


def upload_address(workspace: Workspace, args: Arguments) -> Json:
    name, length = args.required("filename"), args.required("length")
    if not length.isdigit() or int(length) == 0:
        raise SlackError("invalid_arguments")
    file = workspace.files.expect(name, int(length))
    return {"upload_url": f"{workspace.files.base_url}/upload/{file.key}", "file_id": file.id}


def complete(workspace: Workspace, args: Arguments) -> Json:
    wanted = args.decoded("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments")
    files = [workspace.files.arrived(str(each.get("id", ""))) for each in wanted]
    channel = shared_in(workspace, args)
    thread_ts = thread_of(workspace, channel, args) if channel else None
    for each, file in zip(wanted, files, strict=True):
        workspace.files.share(file, str(each.get("title") or file.name))
    if channel is not None:
        workspace.messages.post(
            channel.id,
            user=BOT_USER,
            text=(args.text("initial_comment") or "")[:MOST_COMMENT],
            bot=True,
            thread_ts=thread_ts,
            files=tuple(file.wire() for file in files),
        )
    return {"files": [file.wire() for file in files]}


def shared_in(workspace: Workspace, args: Arguments) -> Channel | None:
    """The room, where one is named: of a private one that it is not in the app knows nothing."""
    name = args.text("channel_id")
    if name is None:
        return None
    channel = channel_of(workspace, Arguments({"channel": name}))
    if BOT_USER not in channel.members:
        raise SlackError("not_in_channel")
    return channel


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": upload_address,
    "files.completeUploadExternal": complete,
}
