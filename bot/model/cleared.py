"""The proof that something may leave: only `bot.compliance` makes it, every sink asks for it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Cleared(Generic[T]):
    """`value` went through the guard. A house test keeps the constructor in `bot.compliance`."""

    value: T
