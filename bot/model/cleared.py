"""The proof that something may leave: only `bot.compliance` constructs it, every sink demands it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Cleared(Generic[T]):
    """`value` went through the guard. A house test allows the constructor in `bot.compliance` only."""

    value: T
