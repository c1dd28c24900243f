"""The nouns of the loopback workspace, shared by its parts and shaped as Slack shows them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

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


def invalid_arguments(*messages: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": list(messages)})


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    name: str
    real_name: str
    team_id: str = "T0USHER"
    guest: bool = False
    bot: bool = False
    deleted: bool = False
    timezone: str = "Europe/London"

    @property
    def stranger(self) -> bool:
        return self.team_id != "T0USHER"

    def wire(self) -> Json:
        profile = {
            "real_name": self.real_name,
            "display_name": self.name,
            "real_name_normalized": self.real_name,
            "team": self.team_id,
        }
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.real_name,
            "tz": self.timezone,
            "profile": profile,
            "is_admin": False,
            "is_owner": False,
            "is_restricted": self.guest,
            "is_ultra_restricted": self.guest,
            "is_stranger": self.stranger,
            "is_bot": self.bot,
            "is_app_user": False,
            "updated": 1,
        }


@dataclass(slots=True)
class Group:
    id: str
    handle: str
    name: str
    users: list[str]


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    members: list[str] = field(default_factory=list)
    archived: bool = False
    private: bool = False
    im: bool = False
    mpim: bool = False

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
            "is_shared": False,
            "is_ext_shared": False,
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
    edited: bool = False
    metadata: Json | None = None

    @property
    def ephemeral(self) -> bool:
        return self.ephemeral_for is not None

    @property
    def words(self) -> str:
        """All visible text joined; blocks hide `text`, as in Slack."""
        return " ".join(visible_words(list(self.blocks))) if self.blocks else self.text

    @property
    def buttons(self) -> list[str]:
        return button_labels(list(self.blocks))

    def edit(self, *, text: str, blocks: tuple[Json, ...], metadata: Json | None) -> Self:
        return replace(self, text=text, blocks=blocks, edited=True, metadata=metadata)

    def wire(self) -> Json:
        wire: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        if self.bot:
            wire |= {"bot_id": "B0USHER", "app_id": "A0USHER", "team": "T0USHER"}
        if self.blocks:
            wire["blocks"] = list(self.blocks)
        if self.thread_ts:
            wire["thread_ts"] = self.thread_ts
        if self.edited:
            wire["edited"] = {"user": self.user, "ts": self.ts}
        if self.metadata:
            wire["metadata"] = self.metadata
        return wire


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
