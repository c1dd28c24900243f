"""Reading back what was said, for organisations that granted it."""

from bot.sandbox.records import Channel, Json, Message, SlackError
from bot.sandbox.seed import BOT_USER
from bot.sandbox.web_api.arguments import Arguments, Method
from bot.sandbox.web_api.places import channel_of
from bot.sandbox.workspace import Workspace


def history(workspace: Workspace, args: Arguments) -> Json:
    place = readable(workspace, args)
    said = [m for m in workspace.messages.history(place.id) if m.thread_ts in (None, m.ts)]
    return paged(args, [*reversed(within(args, said))])


def replies(workspace: Workspace, args: Arguments) -> Json:
    place = readable(workspace, args)
    thread = workspace.messages.thread(place.id, args.required("ts"))
    if not thread:
        raise SlackError("thread_not_found")
    return paged(args, within(args, thread))


def readable(workspace: Workspace, args: Arguments) -> Channel:
    place = channel_of(workspace, args)
    if BOT_USER not in place.members:
        raise SlackError("not_in_channel")
    return place


def within(args: Arguments, messages: list[Message]) -> list[Message]:
    try:
        oldest = float(args.text("oldest") or 0)
        latest = float(args.text("latest") or "inf")
    except ValueError as broken:
        raise SlackError("invalid_ts_oldest") from broken
    if args.flag("inclusive"):
        return [m for m in messages if oldest <= float(m.ts) <= latest]
    return [m for m in messages if oldest < float(m.ts) < latest]


def paged(args: Arguments, messages: list[Message]) -> Json:
    page, cursor = args.page(messages)
    wires = [m.wire() for m in page]
    if not args.flag("include_all_metadata"):
        for wire in wires:
            wire.pop("metadata", None)
    return {
        "messages": wires,
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


METHODS: dict[str, Method] = {"conversations.history": history, "conversations.replies": replies}
