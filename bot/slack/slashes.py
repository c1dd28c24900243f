"""The organisation's prefix in every sentence that names a command: "/case" reads "/acme-case"."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from bot.model.visit import Answer

NAME = "@usher"
"""What we are called where Slack takes no slash: in the thread of a card."""


@dataclass(frozen=True, slots=True)
class Slashes:
    """Sentences are written with the bare names; on the way out they become the real ones."""

    prefix: str
    names: frozenset[str]

    def spell(self, text: str) -> str:
        if not self.prefix:
            return text
        return re.sub(self._commands(""), self._real, text)

    def answer(self, answer: Answer) -> Answer:
        """`copy` is the person's own text and stays as it is."""
        return _each(answer, self.spell) if self.prefix else answer

    def by_name(self, answer: Answer, *, but: Collection[str]) -> Answer:
        """As it is said to us by name: `/case note 42` is `@usher case note 42`.

        `but` are the words behind a command that are understood behind the slash alone.
        """

        def said(found: re.Match[str]) -> str:
            name, word = found["name"], found["word"] or ""
            if found["quoted"] or word in but:
                return found[0]
            # Our own command is our name already.
            told = f"{NAME} {word or 'help'}" if name == "usher" else f"{NAME} {name} {word}"
            return told.rstrip()

        commands = self._commands(re.escape(self.prefix), more=r"(?: (?P<word>[a-z]+))?")
        return _each(answer, lambda text: re.sub(commands, said, text))

    def _commands(self, prefix: str, *, more: str = "") -> str:
        # A command stands after a blank or a bracket; in an address it is a path, and between
        # quotes stand the words of others, which are not ours to change.
        names = "|".join(sorted(self.names))
        return rf"(?P<quoted>“[^”]*”?)|(?<![^\s`(])/{prefix}(?P<name>{names})(?![\w-]){more}"

    def _real(self, found: re.Match[str]) -> str:
        return found["quoted"] or f"/{self.prefix}{found['name']}"


def _each(answer: Answer, change: Callable[[str], str]) -> Answer:
    lines = tuple(change(line) for line in answer.lines)
    return replace(answer, text=change(answer.text), lines=lines)


def slashes(prefix: str, names: Iterable[str]) -> Slashes:
    return Slashes(prefix, frozenset(names))
