"""What stands in the channels, and the ephemerals that live only on one person's screen."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.sandbox.bell import Bell
from bot.sandbox.records import Json, Message, SlackError
from bot.sandbox.stamps import Stamps, new_id

Replies = tuple[tuple[str, str], ...]
Watcher = Callable[[str, Message, Message | None], None]
"""Called with "posted", "changed" or "deleted", the message, and what it was before."""


def named_blocks(blocks: list[Json]) -> tuple[Json, ...]:
    """Slack gives every block and interactive element a name where the app gave none."""
    return tuple(named(block) for block in blocks)


def named(block: Json) -> Json:
    full = {**block, "block_id": block.get("block_id") or new_id("b")}
    if full["type"] == "actions":
        full["elements"] = [with_action_id(element) for element in full["elements"]]
    for key in ("accessory", "element"):
        if key in full:
            full[key] = with_action_id(full[key])
    if "actions" in full:
        full["actions"] = [with_action_id(element) for element in full["actions"]]
    if full["type"] == "carousel":
        full["elements"] = [named(card) for card in full["elements"]]
    if "child_blocks" in full:
        full["child_blocks"] = [named(child) for child in full["child_blocks"]]
    return full


def with_action_id(element: Json) -> Json:
    if element.get("type") == "image":
        return element
    return {**element, "action_id": element.get("action_id") or new_id("a")}


class Messages:
    def __init__(self, stamps: Stamps, bell: Bell) -> None:
        self._stamps = stamps
        self._bell = bell
        self._watchers: list[Watcher] = []
        self._posted: dict[str, dict[str, Message]] = {}
        self._ephemeral: dict[str, dict[str, Message]] = {}

    def watch(self, watcher: Watcher) -> None:
        self._watchers.append(watcher)

    def post(
        self,
        channel: str,
        *,
        user: str,
        text: str,
        blocks: list[Json] | None = None,
        attachments: list[Json] | None = None,
        bot: bool = False,
        thread_ts: str | None = None,
        metadata: Json | None = None,
        ephemeral_for: str | None = None,
        sender: str = "",
        files: tuple[Json, ...] = (),
    ) -> Message:
        message = Message(
            channel=channel,
            ts=self._stamps.ts(),
            user=user,
            text=text,
            blocks=named_blocks(blocks or []),
            attachments=tuple(attachments or ()),
            thread_ts=self._root(channel, thread_ts),
            ephemeral_for=ephemeral_for,
            bot=bot,
            metadata=metadata,
            sender=sender,
            files=files,
        )
        self._shelf(message)[message.ts] = message
        self._count(message, lambda replies: (*replies, (message.ts, user)))
        self._tell("posted", message, None)
        return message

    def edit(
        self,
        message: Message,
        *,
        text: str,
        blocks: list[Json] | None,
        metadata: Json | None = None,
        attachments: list[Json] | None = None,
    ) -> Message:
        """None leaves the attachments as they are; an empty list takes them away."""
        now = replace(message, text=text, blocks=named_blocks(blocks or []), metadata=metadata)
        if attachments is not None:
            now = replace(now, attachments=tuple(attachments))
        if not message.ephemeral:
            now = replace(now, edited_ts=edited_ts(self._stamps))
        self._shelf(now)[now.ts] = now
        self._tell("changed", now, message)
        return now

    def delete(self, message: Message) -> None:
        if message.replies:
            stone = Message(
                channel=message.channel,
                ts=message.ts,
                user="USLACKBOT",
                text="This message was deleted.",
                replies=message.replies,
                tombstone=True,
            )
            self._shelf(stone)[stone.ts] = stone
            self._tell("changed", stone, message)
            return
        self._count(message, lambda replies: tuple(r for r in replies if r[0] != message.ts))
        self._shelf(message).pop(message.ts, None)
        self._tell("deleted", message, message)

    def find(self, channel: str, ts: str) -> Message:
        """A message of the channel's history; ephemerals are never found, as in Slack."""
        message = self._posted.get(channel, {}).get(ts)
        if message is None:
            raise SlackError("message_not_found")
        return message

    def current(self, message: Message) -> Message | None:
        """The same message as it stands now, None when it is gone."""
        return self._shelf(message).get(message.ts)

    def on_screen(self, user: str, channel: str, ts: str) -> Message | None:
        mine = self._ephemeral.get(user, {}).get(ts)
        if mine is not None and mine.channel == channel:
            return mine
        return self._posted.get(channel, {}).get(ts)

    def history(self, channel: str) -> list[Message]:
        return list(self._posted.get(channel, {}).values())

    def thread(self, channel: str, ts: str) -> list[Message]:
        return [m for m in self.history(channel) if ts in (m.ts, m.thread_ts)]

    def ephemerals(self, user: str) -> list[Message]:
        return list(self._ephemeral.get(user, {}).values())

    def seen_by(self, user: str, channel: str) -> list[Message]:
        mine = [m for m in self.ephemerals(user) if m.channel == channel]
        return sorted([*self.history(channel), *mine], key=lambda m: m.ts)

    def forget_ephemerals(self, user: str) -> None:
        """What a reload of the person's Slack does."""
        self._ephemeral.pop(user, None)
        self._bell.ring()

    def all(self) -> Iterator[Message]:
        for channel in self._posted.values():
            yield from channel.values()

    def _root(self, channel: str, thread_ts: str | None) -> str | None:
        """A reply to a reply stands in the same thread: Slack knows one level."""
        named = self._posted.get(channel, {}).get(thread_ts or "")
        return (named.thread_ts or named.ts) if named else thread_ts

    def _count(self, reply: Message, change: Callable[[Replies], Replies]) -> None:
        root = self._posted.get(reply.channel, {}).get(reply.thread_ts or "")
        if root is not None and not reply.ephemeral:
            self._shelf(root)[root.ts] = replace(root, replies=change(root.replies))

    def _shelf(self, message: Message) -> dict[str, Message]:
        if message.ephemeral_for:
            return self._ephemeral.setdefault(message.ephemeral_for, {})
        return self._posted.setdefault(message.channel, {})

    def _tell(self, what: str, message: Message, before: Message | None) -> None:
        if not message.ephemeral:
            for watcher in self._watchers:
                watcher(what, message, before)
        self._bell.ring()


def edited_ts(stamps: Stamps) -> str:
    """`edited.ts` is a time of its own, in whole seconds (docs: the event message_changed)."""
    return f"{stamps.ts().partition('.')[0]}.000000"
