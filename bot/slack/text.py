"""Strangers' words meet Slack's limits here: one way to cut, to clean and to escape."""

import re
import unicodedata

NOTHING = "–"
"""Slack refuses empty texts; this stands where a name or a word is missing."""

_CUT = "…"
_UNSEEN = re.compile(
    # Controls but the line feed, lone surrogates, and what turns the reading direction.
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_LINES = re.compile(r"\n{3,}")
_JOINERS = ("\u200d", "\ufe0e", "\ufe0f")


def fit(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units (as Slack's clients count), with `…` where something was cut.

    Never empty, never a control or bidi character, never half of a joined character.
    """
    # A printable text, which most are, has nothing to replace, not even a line end.
    tidy = text if text.isprintable() else _LINES.sub("\n\n", _UNSEEN.sub(" ", text))
    clean = tidy.strip()
    if not clean or (ord(clean[0]) in _INVISIBLE and not clean.translate(_INVISIBLE).strip()):
        return NOTHING
    if units(clean) <= limit:
        return clean
    return _whole(clean, _longest(clean, limit - 1)).rstrip() + _CUT


def line(text: str, limit: int) -> str:
    """Like `fit`, on one line."""
    return fit(" ".join(text.split()), limit)


def from_right_to_left(text: str) -> bool:
    """Whether a line that began with it would be read from the right."""
    turns = (unicodedata.bidirectional(letter) for letter in text)
    return next((turn for turn in turns if turn in {"L", "R", "AL"}), "L") != "L"


def escape(text: str) -> str:
    """For the few places Slack parses: without `<` no mention, no link, no `<!channel>` can be."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped(text: str, limit: int) -> str:
    """Fitted and escaped, at most `limit` units as it travels, never half of an entity."""
    clean = fit(text, limit)
    whole = escape(clean)
    if units(whole) <= limit:
        return whole
    left, at = limit - 1, 0
    while left >= (cost := units(escape(clean[at]))):
        left, at = left - cost, at + 1
    return escape(_whole(clean, at).rstrip()) + _CUT


_INVISIBLE = dict.fromkeys((
    *(0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060),
    *(0x2800, 0x3164, 0xFEFF, 0xFFA0, *range(0x2061, 0x2070), *range(0xFDD0, 0xFDF0)),
    *(*range(0xFFF0, 0xFFFC), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)),
    *range(0xE0000, 0xE1000),
    *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
))  # fmt: skip
"""Drawn by nobody, or no character at all: what is cleared later would leave an empty text."""


def units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _longest(text: str, limit: int) -> int:
    """The length in characters of the longest beginning within `limit` UTF-16 units."""
    length = min(len(text), limit)
    while length and (over := units(text[:length]) - limit) > 0:
        length -= max(1, over // 2)
    return length


def _whole(text: str, length: int) -> str:
    """Steps back to where no accent or joiner is torn off; not far, or a hostile text eats all."""
    for back in range(length, max(0, length - 32), -1):
        after = text[back : back + 1]
        if text[back - 1] == "\u200d" or after in _JOINERS or unicodedata.combining(after or "x"):
            continue
        return text[:back]
    return text[:length]
