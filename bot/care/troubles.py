"""What is wrong with Usher just now, told by the parts that notice it themselves."""

from collections.abc import Callable
from dataclasses import dataclass, field

Sentences = Callable[[], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Troubles:
    """For whoever looks after the house: /usher status and the coordinators' Home show them."""

    _parts: list[Sentences] = field(default_factory=list)

    def told_by(self, part: Sentences) -> None:
        self._parts.append(part)

    def sentences(self) -> tuple[str, ...]:
        return tuple(sentence for part in self._parts for sentence in part())
