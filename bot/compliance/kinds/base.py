"""What every rule family speaks in: a kind of personal text, a rule that finds it, a finding."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

BARRIER = "\uffff"
"""Stands where something was found already, and where the brackets of a mask stood. No pattern may
read across it, so a masked text reads like one with barriers, and masking is idempotent."""

SEPARATOR = rf"(?:_|[^\w{BARRIER}])"
"""Whatever may stand between two characters of one number; a run of blanks is one by then."""

GAP = r"(?: ?[-./_|\\:*~·•] ?|[ ,\n])"
"""The same for numbers that prove little themselves: no ", " and no signs of money in between."""


LETTERS = r"0-9A-Za-z\u00c0-\u024f\u0370-\u052f"
"""For a character class: what runs on with a number. Scripts that write no blanks are not in it."""

WORD = rf"{LETTERS}_"


class Harm(Enum):
    """What a kind does in wrong hands; `bot.compliance.sinks` says what each place does then."""

    GRAVE = "grave"
    """Money, identity, access: kept nowhere."""
    PERSONAL = "personal"
    """Leads to a person."""
    NUMBER = "number"
    """Of a contract or an account: means something to the organisation alone."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` stands in the mask; `noun` and `instead` make the sentence of a refusal."""

    name: str
    label: str
    harm: Harm
    noun: str
    instead: str
    detail: str = ""
    """A pattern for what its mask may tell besides, such as the last digits."""

    @property
    def destroyed(self) -> bool:
        return self.harm is Harm.GRAVE

    @property
    def rule(self) -> str:
        return f"guard.{self.name}"

    @property
    def mask_shape(self) -> str:
        """As a pattern. Only what a mask can say counts: the rest is somebody's own brackets."""
        detail = f"(?: {self.detail})?" if self.detail else ""
        return rf"\[{re.escape(self.label)}{detail}\]"

    def masked(self, rest: str = "") -> str:
        return f"[{self.label} {rest}]" if rest else f"[{self.label}]"


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    kind: Kind
    mask: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A normalised text being read, and the regions whose local numbers count."""

    text: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """`trigger` is RE2 and may only say yes too often: `find` reads no text without it.

    An empty one is no trigger: `find` then reads every text.
    """

    trigger: str
    find: Callable[[Reading], Iterator[Found]]
    destroys: bool
