"""Looking for canaries: a plain search for strings, which knows nothing of our own guard.

Only letters and digits are compared. So no escape, no blank, no mark of a format and no character
that nobody sees can hide one; and each is sought as percent signs and JSON would spell it, too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from tests.canaries.kinds import KINDS, Kind, Sink, needles

BETWEEN = bytes(each for each in range(256) if not (each < 128 and chr(each).isalnum()))


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that left: a call, a line, a row, a file."""

    sink: Sink
    what: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Stray:
    kind: str
    sink: Sink
    what: str

    def __str__(self) -> str:
        return f"{self.kind} in {self.sink} ({self.what})"


def strays(given: Iterable[Given], kinds: tuple[Kind, ...] = KINDS) -> list[Stray]:
    """Everything that stands where the table does not let it."""
    by_sink: dict[Sink, list[Given]] = {}
    for one in given:
        by_sink.setdefault(one.sink, []).append(one)
    return [stray for sink, those in by_sink.items() for stray in _in_sink(sink, those, kinds)]


def _in_sink(sink: Sink, given: list[Given], kinds: tuple[Kind, ...]) -> Iterator[Stray]:
    # One search over all of them: nearly always there is nothing to tell.
    everything = flat(b"\n".join(one.body for one in given))
    for kind, needle in _sought(sink, kinds):
        if needle in everything:
            held = [one.what for one in given if needle in flat(one.body)]
            yield Stray(kind.name, sink, held[0] if held else "between two of them")


def _sought(sink: Sink, kinds: tuple[Kind, ...]) -> Iterator[tuple[Kind, bytes]]:
    for kind, word in needles(kinds):
        if kind.sought(sink):
            for needle in spellings(word):
                yield kind, needle


@cache
def spellings(word: str) -> frozenset[bytes]:
    return frozenset(flat(each.encode()) for each in (word, quote(word, safe=""), _in_json(word)))


def _in_json(word: str) -> str:
    """As encoders write it that trust ASCII letters alone."""
    return "".join(each if each.isalnum() else f"\\u{ord(each):04x}" for each in word)


def flat(body: bytes) -> bytes:
    for line_end in (b"\\n", b"\\r", b"\\t"):
        body = body.replace(line_end, b"")
    return body.lower().translate(None, BETWEEN)
