"""What changed between two guidebooks, in lines that somebody reads before the whole of it."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from bot.care.quiz import bare
from bot.care.wording import shortened

MOST_LINES, LONGEST = 10, 300
MOST_PARTS = 400
"""Paragraphs that are compared; a page has a dozen."""


def news(before: str, now: str) -> tuple[str, ...]:
    """A line for each paragraph or point that is new, changed or gone; () where none is."""
    lines = list(_lines(_parts(before), _parts(now)))
    if len(lines) > MOST_LINES:
        more = f"And {len(lines) - MOST_LINES + 1} more changes: please read all of it."
        return (*lines[: MOST_LINES - 1], more)
    return tuple(lines)


def _lines(before: list[str], now: list[str]) -> Iterator[str]:
    match = SequenceMatcher(None, [bare(one) for one in before], [bare(one) for one in now], False)
    for kind, first, last, begin, end in match.get_opcodes():
        if kind == "equal":
            continue
        old, new = before[first:last], now[begin:end]
        yield from (_said("Changed", text) for text in new[: len(old)])
        yield from (_said("New", text) for text in new[len(old) :])
        yield from (_said("Gone", text) for text in old[len(new) :])


def _said(what: str, text: str) -> str:
    return f"{what}: {shortened(text, LONGEST)}"


def _parts(markdown: str) -> list[str]:
    """Paragraphs, and each point of a list by itself, without the marks before them."""
    parts: list[str] = []
    goes_on = False
    for raw in markdown.splitlines():
        words = raw.strip()
        mark, _, rest = words.partition(" ")
        begins = mark.strip("#-*+") == "" or mark.rstrip(".)").isdecimal()
        if words and begins:
            parts.append(rest.strip())
        elif words and goes_on:
            parts[-1] = f"{parts[-1]} {words}"
        elif words:
            parts.append(words)
        goes_on = bool(words) and not words.startswith("#")
    return [part.replace("**", "").replace("`", "") for part in parts if part][:MOST_PARTS]
