"""Our own sentences as rich text: a command in them stands out, and a title heads its list.

Nothing is parsed as markup: a stranger who writes a backtick gets a different typeface at most.
"""

import re
from collections.abc import Iterator, Sequence

from bot.slack.blocks import Element, bullets, sentence, words
from bot.slack.message import Block
from bot.slack.text import fit

_TICKED = r"`((?:[/@]\w|python -m)[^`\n]*)`"
_COMMAND = re.compile(rf"\A(/\w[^–\n]*?)(?= – |\n)|(?<=like this: )([/@]\w[^\n.]*)|{_TICKED}")
"""At the beginning, as in "/case undo – not mine after all"; as an example; between backticks."""
_MARKED = re.compile(_TICKED)


def bare(text: str) -> str:
    """For where Slack shows plain text only: a command without the backticks around it."""
    return _MARKED.sub(r"\1", text)


def spoken(text: str, limit: int) -> Block:
    elements: list[Element] = []
    shown, at = fit(text, limit), 0
    for found in _COMMAND.finditer(shown):
        elements += _run(shown[at : found.start()])
        elements += _run(found[1] or found[2] or found[3], code=True)
        at = found.end()
    return sentence(*elements, *_run(shown[at:]))


def listed(lines: Sequence[str], limit: int) -> Iterator[Block]:
    """Bullets. A line that ends in a colon is the title of those after it; one alone is no list."""
    if len(lines) == 1:
        yield spoken(lines[0], limit)
        return
    items: list[Block] = []
    for line in lines:
        if not line.rstrip().endswith(":"):
            items.append(spoken(line, limit))
            continue
        if items:
            yield bullets(items)
        items = []
        yield sentence(words(line, limit, bold=True))
    if items:
        yield bullets(items)


def _run(text: str, *, code: bool = False) -> list[Element]:
    if not text:
        return []
    return [{"type": "text", "text": text, **({"style": {"code": True}} if code else {})}]
