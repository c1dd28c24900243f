"""Files as Slack takes them since 2025: an address, the bytes there, and then the sharing."""

from bot.sandbox.records import Json, SlackError
from bot.sandbox.seed import BOT_USER
from bot.sandbox.web_api.arguments import Arguments, Method
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
    channel = workspace.channels.get(args.text("channel_id") or "")
    if args.text("channel_id"):
        if channel is None:
            raise SlackError("channel_not_found")
        if BOT_USER not in channel.members:
            raise SlackError("not_in_channel")
    for each, file in zip(wanted, files, strict=True):
        workspace.files.share(file, str(each.get("title") or file.name))
    if channel is not None:
        workspace.messages.post(
            channel.id,
            user=BOT_USER,
            text=(args.text("initial_comment") or "")[:MOST_COMMENT],
            bot=True,
            files=tuple(file.wire() for file in files),
        )
    return {"files": [file.wire() for file in files]}


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": upload_address,
    "files.completeUploadExternal": complete,
}
