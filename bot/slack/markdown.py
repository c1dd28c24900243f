"""The organisation's guidebook, written in Markdown, as Slack blocks.

Headings, paragraphs, lists, bold and code are understood; anything else shows as it was written,
since what is not understood must not become markup.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from bot.slack.blocks import Element, bullets, context, header, rich, sentence
from bot.slack.message import Block
from bot.slack.text import fit

_MOST_BLOCKS = 90
_PER_SECTION = 2900
_HEADING_LENGTH = 150
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"\s{0,3}(?:([-*+])|(\d{1,3})[.)])\s+(.*)")
_INLINE = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`")
_REST = "The guidebook is longer than Slack can show here; your coordinator has the whole text."


def to_blocks(markdown: str) -> list[Block]:
    """At most 91 blocks; where the text is longer, the last one says so."""
    pieces = [_block(kind, list(lines)) for kind, lines in _grouped(markdown)]
    if len(pieces) <= _MOST_BLOCKS:
        return pieces or [context(" ")]
    return [*pieces[:_MOST_BLOCKS], context(_REST)]


def unshown(markdown: str) -> str:
    """What the form has no room for, in a sentence; "" where all of it is shown."""
    pieces = list(_grouped(markdown))
    if len(pieces) > _MOST_BLOCKS:
        return f"{len(pieces)} paragraphs, lists and headings; expected at most {_MOST_BLOCKS}"
    for _, lines in pieces:
        for text in lines:
            if fit(text, _PER_SECTION) != fit(text, len(text) * 2):
                most = f"expected at most {_PER_SECTION} characters of it"
                return f"“{fit(text, 40)}” is too long; {most}"
    return ""


def _grouped(markdown: str) -> Iterator[tuple[str, list[str]]]:
    for (kind, _), found in groupby(_lines(markdown), key=lambda each: each[:2]):
        if kind:
            yield kind, [text for *_, text in found]


def _lines(markdown: str) -> Iterator[tuple[str, int, str]]:
    """(kind, number of its group, text); a line that goes on is joined to the one before it."""
    group, kind, text = 0, "", ""
    for raw in markdown.splitlines():
        now, words = _kind(raw)
        goes_on = now == "text" and kind in {"text", "bullet", "ordered"}
        if goes_on:
            text = f"{text} {words}"
            continue
        if kind:
            yield kind, group, text
        if now != kind or now in {"text", "heading"}:
            group += 1
        kind, text = now, words
    if kind:
        yield kind, group, text


def _kind(raw: str) -> tuple[str, str]:
    if not raw.strip():
        return "", ""
    if heading := _HEADING.fullmatch(raw.strip()):
        return "heading", heading[1].strip("# ")
    if item := _ITEM.fullmatch(raw):
        return ("bullet" if item[1] else "ordered"), item[3]
    return "text", raw.strip()


def _block(kind: str, lines: list[str]) -> Block:
    if kind == "heading":
        return header(lines[0]) if _fits_header(lines[0]) else rich(sentence(*_bold(lines[0])))
    if kind == "text":
        return rich(sentence(*_inline(lines[0])))
    return rich(bullets((sentence(*_inline(text)) for text in lines), style=kind))


def _fits_header(text: str) -> bool:
    return fit(text, _HEADING_LENGTH) == fit(text, len(text) * 2)


def _bold(text: str) -> list[Element]:
    return _run(fit(text, _PER_SECTION), "bold")


def _inline(text: str) -> list[Element]:
    text = fit(text, _PER_SECTION)
    elements: list[Element] = []
    at = 0
    for found in _INLINE.finditer(text):
        elements += _run(text[at : found.start()])
        style = "bold" if found[1] else "code"
        elements += _run(found[1] or found[2], style)
        at = found.end()
    return elements + _run(text[at:])


def _run(text: str, style: str = "") -> list[Element]:
    if not text:
        return []
    return [{"type": "text", "text": text, **({"style": {style: True}} if style else {})}]
