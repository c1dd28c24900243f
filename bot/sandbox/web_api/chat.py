"""The chat family: posting, changing and deleting messages."""

import orjson

from bot.sandbox.attached import checked_attachments
from bot.sandbox.blocks import checked_message
from bot.sandbox.records import Channel, Json, Message, SlackError
from bot.sandbox.seed import BOT_USER, TEAM_DOMAIN
from bot.sandbox.web_api.arguments import Arguments, Method
from bot.sandbox.web_api.places import channel_of
from bot.sandbox.workspace import Workspace

UPDATE_TEXT, METADATA = 4000, 8000
"""Characters; bytes of JSON."""


def post_message(workspace: Workspace, args: Arguments) -> Json:
    place = channel_of(workspace, args, dm=True)
    must_speak(workspace, place)
    text, blocks = checked_message(args.given)
    message = workspace.messages.post(
        place.id,
        user=BOT_USER,
        text=text,
        blocks=blocks,
        attachments=checked_attachments(args.given),
        bot=True,
        thread_ts=thread_of(workspace, place, args),
        metadata=metadata_of(args),
    )
    return answer(message)


def update(workspace: Workspace, args: Arguments) -> Json:
    place = channel_of(workspace, args)
    message = workspace.messages.find(place.id, args.required("ts"))
    if not message.bot:
        raise SlackError("cant_update_message")
    if place.archived:
        raise SlackError("is_archived")
    text, blocks = checked_message(args.given)
    if len(text) > UPDATE_TEXT:
        raise SlackError("msg_too_long")
    metadata = metadata_of(args) or message.metadata
    now = workspace.messages.edit(
        message,
        text=text,
        blocks=blocks,
        metadata=metadata,
        attachments=checked_attachments(args.given),
    )
    return answer(now) | {"text": now.text}


def delete(workspace: Workspace, args: Arguments) -> Json:
    place = channel_of(workspace, args)
    message = workspace.messages.find(place.id, args.required("ts"))
    if not message.bot:
        raise SlackError("cant_delete_message")
    workspace.messages.delete(message)
    return {"channel": place.id, "ts": message.ts}


def post_ephemeral(workspace: Workspace, args: Arguments) -> Json:
    place = channel_of(workspace, args)
    must_speak(workspace, place)
    user = args.required("user")
    if user not in place.members:
        raise SlackError("user_not_in_channel")
    text, blocks = checked_message(args.given)
    message = workspace.messages.post(
        place.id,
        user=BOT_USER,
        text=text,
        blocks=blocks,
        attachments=checked_attachments(args.given),
        bot=True,
        thread_ts=thread_of(workspace, place, args),
        ephemeral_for=user,
    )
    return {"message_ts": message.ts}


def get_permalink(workspace: Workspace, args: Arguments) -> Json:
    place = channel_of(workspace, args)
    message = workspace.messages.find(place.id, args.required("message_ts"))
    stamp = message.ts.replace(".", "")
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{place.id}/p{stamp}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={place.id}"
    return {"channel": place.id, "permalink": link}


def must_speak(workspace: Workspace, place: Channel) -> None:
    if place.archived:
        raise SlackError("is_archived")
    if place.im and not workspace.offer.messages_tab:
        raise SlackError("messages_tab_disabled")
    if BOT_USER in place.members:
        return
    if place.private:
        raise SlackError("channel_not_found")
    if "chat:write.public" not in workspace.scopes:
        raise SlackError("not_in_channel")


def thread_of(workspace: Workspace, place: Channel, args: Arguments) -> str | None:
    thread_ts = args.text("thread_ts")
    if thread_ts and not workspace.messages.thread(place.id, thread_ts):
        raise SlackError("cannot_reply_to_message")
    return thread_ts


def metadata_of(args: Arguments) -> Json | None:
    metadata = args.decoded("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or {"event_type", "event_payload"} - metadata.keys():
        raise SlackError("invalid_metadata_format")
    if len(orjson.dumps(metadata)) > METADATA:
        raise SlackError("metadata_too_large")
    return metadata


def answer(message: Message) -> Json:
    return {"channel": message.channel, "ts": message.ts, "message": message.wire()}


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
}
