"""The nouns of the loopback workspace, shared by its parts and shaped as Slack shows them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

Json = dict[str, Any]
Clock = Callable[[], datetime]


class SlackError(Exception):
    """An answer of the form {"ok": false, "error": code}; `more` are the answer's further keys."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    def answer(self) -> Json:
        return {"ok": False, "error": self.code, **self.more}


class NotThere(AssertionError, LookupError):
    """What Slack's client does not let a person do: a test that tries is wrong, a page is told."""


def invalid_arguments(*messages: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": list(messages)})


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    members: list[str] = field(default_factory=list)
    archived: bool = False
    private: bool = False
    im: bool = False
    mpim: bool = False
    teams: list[str] = field(default_factory=list)
    """The other organisations it is shared with."""

    @property
    def shared(self) -> bool:
        return bool(self.teams)

    @property
    def kind(self) -> str:
        """The word Slack uses as `channel_type` in events."""
        if self.im:
            return "im"
        if self.mpim:
            return "mpim"
        return "group" if self.private else "channel"

    def wire(self, *, bot_id: str) -> Json:
        common: Json = {"id": self.id, "is_archived": self.archived, "created": 1}
        if self.im:
            other = next((m for m in self.members if m != bot_id), bot_id)
            return common | {"is_im": True, "user": other, "is_open": True}
        return common | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": False,
            "is_mpim": self.mpim,
            "is_private": self.private or self.mpim,
            "is_member": bot_id in self.members,
            "is_general": False,
            "is_shared": self.shared,
            "is_ext_shared": self.shared,
            "is_org_shared": False,
            "is_pending_ext_shared": False,
            "pending_shared": [],
            "shared_team_ids": ["T0USHER", *self.teams],
            "connected_team_ids": list(self.teams),
            "context_team_id": "T0USHER",
            "num_members": len(self.members),
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }


@dataclass(frozen=True, slots=True)
class Message:
    """A message as somebody sees it; `ephemeral_for` names the one person who sees an ephemeral."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    ephemeral_for: str | None = None
    bot: bool = False
    edited_ts: str = ""
    metadata: Json | None = None
    replies: tuple[tuple[str, str], ...] = ()
    """Of a thread's root: ts and author of each."""
    sender: str = ""
    """The name of another app that posted it."""
    tombstone: bool = False
    attachments: tuple[Json, ...] = ()
    files: tuple[Json, ...] = ()

    @property
    def ephemeral(self) -> bool:
        return self.ephemeral_for is not None

    @property
    def edited(self) -> bool:
        return bool(self.edited_ts)

    @property
    def thread(self) -> str | None:
        """The ts of its thread's root, also for the root itself; None where nobody replied."""
        return self.thread_ts or (self.ts if self.replies else None)

    @property
    def words(self) -> str:
        """All visible text joined; blocks hide `text`, as in Slack."""
        said = visible_words(list(self.blocks)) if self.blocks else [self.text]
        return " ".join([*said, *attached_words(list(self.attachments))])

    @property
    def buttons(self) -> list[str]:
        return button_labels(list(self.blocks))

    def wire(self) -> Json:
        if self.tombstone:
            return tombstone(self)
        wire: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        if self.bot:
            wire |= {"bot_id": "B0USHER", "app_id": "A0USHER", "team": "T0USHER"}
        if self.sender:
            wire |= {"subtype": "bot_message", "bot_id": "B0OTHER", "username": self.sender}
            del wire["user"]
        if self.blocks:
            wire["blocks"] = list(self.blocks)
        if self.blocks and not self.bot and not self.sender:
            wire["client_msg_id"] = str(uuid5(NAMESPACE_OID, f"{self.channel} {self.ts}"))
        if self.attachments:
            wire["attachments"] = list(self.attachments)
        if self.files:
            wire["files"] = list(self.files)
        if self.edited:
            wire["edited"] = {"user": self.user, "ts": self.edited_ts}
        if self.metadata:
            wire["metadata"] = self.metadata
        return wire | thread_marks(self)


def thread_marks(message: Message) -> Json:
    """A reply names its root; a root counts its replies (docs: conversations.replies)."""
    if not message.replies:
        return {"thread_ts": message.thread_ts} if message.thread_ts else {}
    authors = list(dict.fromkeys(user for _, user in message.replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(message.replies),
        "reply_users_count": len(authors),
        "reply_users": authors,
        "latest_reply": message.replies[-1][0],
        "is_locked": False,
        "subscribed": False,
    }


def tombstone(message: Message) -> Json:
    """What stands where a root was deleted from above its replies (from memory of Slack)."""
    return {
        "type": "message",
        "subtype": "tombstone",
        "user": "USLACKBOT",
        "text": message.text,
        "ts": message.ts,
        "hidden": True,
        **thread_marks(message),
    }


def elements(blocks: list[Json]) -> Iterator[Json]:
    """Every element a person can act on, each with the `block_id` of its block."""
    for block in blocks:
        inner = [*block.get("elements", ()), *block.get("actions", ())]
        inner += [block[key] for key in ("accessory", "element") if key in block]
        for element in inner:
            if isinstance(element, dict) and "action_id" in element:
                yield {**element, "block_id": block.get("block_id", "")}
        yield from elements(block.get("child_blocks", []))
        yield from elements([e for e in inner if isinstance(e, dict) and e.get("type") == "card"])


def button_labels(blocks: list[Json]) -> list[str]:
    return [words_of(e["text"]) for e in elements(blocks) if e["type"] == "button"]


def words_of(text: Any) -> str:
    return str(text.get("text", "")) if isinstance(text, dict) else str(text)


def attached_words(attachments: list[Json]) -> Iterator[str]:
    """Not `fallback`, which stands in notifications only."""
    for each in attachments:
        yield from (str(each[key]) for key in ("pretext", "author_name") if key in each)
        yield from visible_words({key: each[key] for key in ATTACHED if key in each})


ATTACHED = ("title", "text", "fields", "blocks", "footer")
SHOWN = ("text", "alt_text", "title", "label", "hint", "value", "name", "description", "url")
RUNS = ("rich_text_section", "rich_text_quote", "rich_text_preformatted")
"""Their elements are one run of words, with no blanks between but their own."""


def visible_words(node: Any) -> Iterator[str]:
    """What a person could read, in reading order; values behind buttons and options stay unseen."""
    if isinstance(node, list):
        for item in node:
            yield from visible_words(item)
        return
    if not isinstance(node, dict):
        return
    if node.get("type") in RUNS:
        yield "".join(visible_words(node["elements"]))
        return
    hidden = {"value", "url"} if node.get("type") != "link" or "text" in node else {"value"}
    for key, value in node.items():
        if isinstance(value, str):
            if key in SHOWN and key not in hidden:
                yield value
        else:
            yield from visible_words(value)
