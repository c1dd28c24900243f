"""What every rule family speaks in: a kind of personal text, a rule that finds it, a finding."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

BARRIER = "\uffff"
"""Stands where something was found already. No pattern may read across it, nor across brackets:
masks are bracketed, so a masked text reads like one with barriers, and masking is idempotent."""

SEPARATOR = rf"(?:_|[^\w\[\]{BARRIER}])"
"""Whatever may stand between two digits of one number."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` stands in the mask; `noun` and `instead` make the sentence of a refusal."""

    name: str
    label: str
    destroyed: bool
    noun: str
    instead: str

    @property
    def rule(self) -> str:
        return f"guard.{self.name}"

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
    """`trigger` is RE2 and may only say yes too often: `find` reads no text without it."""

    trigger: str
    find: Callable[[Reading], Iterator[Found]]
    destroys: bool
