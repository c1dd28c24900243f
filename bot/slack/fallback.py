"""The card in plain sentences, for screen readers, notifications and phones: all of it.

They are read from the very pieces the card is drawn with, so that no word stands in two places.
"""

from collections.abc import Callable, Iterable, Iterator

from bot.slack.blocks import MAX_TEXT, Element
from bot.slack.fitting import SHARES
from bot.slack.message import Block
from bot.slack.text import escape, escaped, units

_LONGEST_ADDRESS = 200
"""A longer one stands behind its link alone."""
_ENDS = (".", ":", "!", "?", "…")


def card_text(title: str, todo: Iterable[Block], told: Callable[[float], Iterable[Block]]) -> str:
    """Escaped, and short enough for an edit. `told` is given the share of its texts.

    What is to be done stands before what was said: a long text loses its end.
    """
    first, whole = " ".join((f"{title}.", *_lines(todo))), ""
    for share in SHARES:
        whole = "\n".join((first, *_lines(told(share))))
        if units(escape(whole)) <= MAX_TEXT:
            break
    return escaped(whole, MAX_TEXT)


def _lines(parts: Iterable[Block]) -> Iterator[str]:
    for part in parts:
        if part["type"] == "rich_text_list":
            yield from _lines(part["elements"])
        elif part["type"] == "rich_text_quote":
            yield f"“{_run(part)}”"
        else:
            said = _run(part)
            yield said if said.endswith(_ENDS) else f"{said}."


def _run(part: Block) -> str:
    return "".join(map(_said, part["elements"])).strip()


def _said(element: Element) -> str:
    if element["type"] == "date":
        return str(element["fallback"])
    text = str(element["text"])
    if element["type"] == "link" and len(element["url"]) <= _LONGEST_ADDRESS:
        return f"{text} ({element['url']})"
    return ", " if text == " · " else text
