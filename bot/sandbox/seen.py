"""What the driver's people get to see, in words a test can read."""

from dataclasses import dataclass
from typing import Any, Self

from bot.sandbox.records import Json, Message, button_labels, visible_words, words_of


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, to her alone or to the channel; `failed` is Slack speaking, not the app."""

    text: str
    blocks: tuple[Json, ...] = ()
    ephemeral: bool = True
    failed: bool = False

    @classmethod
    def of(cls, message: Message, *, failed: bool = False) -> Self:
        return cls(message.text, message.blocks, message.ephemeral, failed)

    @property
    def words(self) -> str:
        return " ".join(visible_words(list(self.blocks))) if self.blocks else self.text


class Errors(dict[str, str]):
    """block_id -> the sentence under that input."""

    @property
    def words(self) -> str:
        return " ".join(self.values())


@dataclass(frozen=True, slots=True)
class View:
    """A modal or home tab as it stood when it was looked at."""

    id: str
    callback_id: str
    title: str
    blocks: tuple[Json, ...]
    wire: Json

    @classmethod
    def of(cls, wire: Json) -> Self:
        title = words_of(wire.get("title") or "")
        return cls(wire["id"], wire["callback_id"], title, tuple(wire["blocks"]), wire)

    @property
    def words(self) -> str:
        return " ".join([self.title, *visible_words(list(self.blocks))])

    @property
    def buttons(self) -> list[str]:
        return button_labels(list(self.blocks))

    @property
    def labels(self) -> list[str]:
        return [words_of(block["label"]) for block in self.blocks if block["type"] == "input"]

    @property
    def private_metadata(self) -> str:
        return str(self.wire["private_metadata"])


Values = dict[str, Any]
