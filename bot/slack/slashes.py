"""The organisation's prefix in every sentence that names a command: "/case" reads "/acme-case"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.model.visit import Answer


@dataclass(frozen=True, slots=True)
class Slashes:
    """Sentences are written with the bare names; on the way out they become the real ones."""

    prefix: str
    names: frozenset[str]

    def spell(self, text: str) -> str:
        if not self.prefix:
            return text
        # A command stands after a blank or a bracket; in an address it is a path, and between
        # quotes stand the words of others, which are not ours to change.
        bare = (
            rf"(?P<quoted>“[^”]*”?)|(?<![^\s`(])/(?P<name>{'|'.join(sorted(self.names))})(?![\w-])"
        )
        return re.sub(bare, self._real, text)

    def _real(self, found: re.Match[str]) -> str:
        return found["quoted"] or f"/{self.prefix}{found['name']}"

    def answer(self, answer: Answer) -> Answer:
        """`copy` is the person's own text and stays as it is."""
        if not self.prefix:
            return answer
        lines = tuple(self.spell(line) for line in answer.lines)
        return replace(answer, text=self.spell(answer.text), lines=lines)


def slashes(prefix: str, names: Iterable[str]) -> Slashes:
    return Slashes(prefix, frozenset(names))
