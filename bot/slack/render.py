"""What one person reads after a visit: the answer as an ephemeral message, or as a small page."""

from itertools import islice
from typing import Any

from bot.model.cleared import Cleared
from bot.model.visit import Answer, Offer
from bot.slack.blocks import (
    LINK_ACTION,
    MAX_SIZE,
    MAX_TEXT,
    actions,
    button,
    context,
    header,
    is_link,
    offered,
    paragraph,
    preformatted,
    rich,
    sentence,
    size,
    words,
)
from bot.slack.blocks import plain as label
from bot.slack.fitting import fitting
from bot.slack.message import Block, SlackMessage
from bot.slack.prose import bare, listed, spoken
from bot.slack.text import escaped, fit

_MOST_LINES = 60
_MOST_LINKS = 5
_MOST_PARAGRAPHS = 20
_HEADING = 150


def message(answer: Cleared[Answer]) -> SlackMessage:
    blocks = fitting(lambda share: _blocks(answer.value, share=share))
    return SlackMessage(text=_text(answer.value), blocks=blocks)


def plain(text: str, offers: tuple[Offer, ...] = ()) -> SlackMessage:
    """A message of plain words, such as a digest: a block for what stands between blank lines.

    The first is the heading of the others. A line that ends in a colon heads the lines after it.
    """
    found = [each.strip() for each in text.split("\n\n") if each.strip()]
    blocks = [_paragraph(each) for each in islice(found, _MOST_PARAGRAPHS)]
    if len(found) > 1 and _is_heading(found[0]):
        blocks[0] = header(found[0])
    shown = tuple(blocks) or (paragraph(text),)
    while size(shown) > MAX_SIZE:
        shown = shown[:-1] if len(shown) > 1 else (paragraph(text, 900),)
    under = (actions("offers", offered(offers)),) if offers else ()
    return SlackMessage(text=escaped(text, MAX_TEXT), blocks=(*shown, *under))


def _is_heading(text: str) -> bool:
    """Never what is quoted from somebody."""
    return "\n" not in text and "“" not in text and len(text) <= _HEADING


def _paragraph(text: str) -> Block:
    lines = [each for each in text.split("\n") if each.strip()]
    if len(lines) == 1 or not lines[0].rstrip().endswith(":"):
        return rich(spoken(text, 2900))
    return rich(*listed(lines[:_MOST_LINES], 600))


def reply(answer: Cleared[Answer]) -> dict[str, Any]:
    """The payload of a command's acknowledgement or of a response_url; for one person only."""
    shown = message(answer)
    return {"response_type": "ephemeral", "text": shown.text, "blocks": list(shown.blocks)}


def page(answer: Cleared[Answer], *, title: str = "Usher") -> dict[str, Any]:
    """The answer as a modal that replaces a form which was sent off."""
    return {
        "type": "modal",
        "title": label(title, 24),
        "close": label("Close", 24),
        # What stood below it is done with.
        "clear_on_close": answer.value.replaces,
        "blocks": [b for b in message(answer).blocks if b["type"] != "actions"]
        + _page_links(answer),
    }


def _page_links(answer: Cleared[Answer]) -> list[Block]:
    """On a phone a button beside its words is hit more easily than a row of them."""
    links = _link_buttons(answer.value)
    pressed = [(each["text"]["text"], each) for each in offered(answer.value.offers)]
    return [
        {"type": "section", "text": label(name, 75), "accessory": made}
        for name, made in (*pressed, *links)
    ]


def _blocks(answer: Answer, *, share: float) -> tuple[Block, ...]:
    blocks = [rich(spoken(answer.text, max(100, int(2900 * share))))] if answer.text else []
    pressed = offered([*(one for part in answer.parts for one in part.offers), *answer.offers])
    for place, part in enumerate(answer.parts):
        of_part, pressed = pressed[: len(part.offers)], pressed[len(part.offers) :]
        blocks.append(paragraph(part.text, max(60, int(600 * share))))
        blocks += [actions(f"part.{place}", of_part)] if of_part else []
    limit = max(40, int(600 * share))
    lines = answer.lines[: max(5, int(_MOST_LINES * share))]
    # Behind a refusal its reason, which few want to follow: small, under the sentence.
    parts = [] if answer.refused else list(listed(lines, limit))
    if len(lines) < len(answer.lines):
        parts.append(sentence(words(f"And {len(answer.lines) - len(lines)} more.", 80)))
    if answer.copy:
        parts.append(preformatted(answer.copy, max(300, int(4000 * share))))
    if parts:
        blocks.append(rich(*parts))
    if answer.refused and lines:
        blocks.append(context("\n".join(fit(bare(line), limit) for line in lines), 1900))
    if pressed:
        blocks.append(actions("offers", pressed))
    if links := [made for _, made in _link_buttons(answer)]:
        blocks.append(actions("links", links))
    return tuple(blocks)


def _link_buttons(answer: Answer) -> list[tuple[str, Block]]:
    return [
        (each.label, button(each.label, action_id=f"{LINK_ACTION}.{place}", url=each.url))
        for place, each in enumerate(answer.links[:_MOST_LINKS])
        if is_link(each.url)
    ]


def _text(answer: Answer) -> str:
    parts = (answer.text, *(each.text for each in answer.parts), *answer.lines, answer.copy)
    return escaped("\n".join(part for part in parts if part), MAX_TEXT)
