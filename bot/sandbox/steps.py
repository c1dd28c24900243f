"""One step of a story: what was done, what was seen of it, and whether that held."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox.driver import Heard, Message, View

LONGEST = 140

Seen = Heard | Message | View


@dataclass(frozen=True, slots=True)
class Step:
    """`number` is the step's place in the stories: "1.6" is story 1, step 6."""

    number: str
    told: str
    seen: str
    held: bool


def saw(number: str, told: str, seen: Seen, *expected: str, never: Sequence[str] = ()) -> Step:
    """Holds where all that is expected was seen, in any case, and nothing that never may be."""
    words = " ".join(seen.words.split())
    folded = words.casefold()
    held = all(each.casefold() in folded for each in expected)
    held = held and not any(each.casefold() in folded for each in never)
    return Step(number, told, _around(words, expected[0] if expected else ""), held)


def _around(words: str, expected: str) -> str:
    """As much as fits of what was seen, with what was looked for in it."""
    if len(words) <= LONGEST:
        return words
    found = max(words.casefold().find(expected.casefold()), 0)
    start = max(min(found - LONGEST // 3, len(words) - LONGEST), 0)
    cut = words[start : start + LONGEST]
    return f"{'…' if start else ''}{cut}{'…' if start + LONGEST < len(words) else ''}"


def number_of(seen: Seen) -> str:
    """The case number it shows, as a person reads it."""
    return _after(r"case (\d+)", seen)


def decision_of(seen: Seen) -> str:
    return _after(r"why (d-\d+)", seen).upper()


def _after(pattern: str, seen: Seen) -> str:
    found = re.search(pattern, seen.words.casefold())
    return found.group(1) if found else ""
