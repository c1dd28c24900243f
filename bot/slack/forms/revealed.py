"""The page on which one person sees a case's words in the clear, until its time is over.

No form: nothing is sent off, and nothing of it comes back. It is found again by its own id alone.
"""

from typing import Any

from bot.model.cleared import Cleared
from bot.model.reveal import InClear, RevealPage
from bot.slack.blocks import (
    context,
    glue,
    moment,
    paragraph,
    plain,
    preformatted,
    rich,
    sentence,
    words,
)
from bot.slack.message import Block

NAME = "revealed"
_OVER = (
    "This look is over: the words are shown once, and for a short time. If you still need them, "
    "ask again; it goes on record once more."
)
_NOTHING = "Nobody has said anything in this case yet."
_MASKED = (
    "What is masked here too, such as a card number, was destroyed when it came in: it is kept "
    "nowhere. Please copy nothing from here into a channel."
)


def view(page: Cleared[RevealPage]) -> dict[str, Any]:
    shown = page.value
    over = shown.said is None
    return {
        "type": "modal",
        "title": plain(f"Case {shown.case_id} " + ("closed" if over else "in clear"), 24),
        "close": plain("Close", 24),
        "external_id": shown.external_id,
        "blocks": [paragraph(_OVER)] if shown.said is None else _words(shown, shown.said),
    }


def _words(shown: RevealPage, said: tuple[InClear, ...]) -> list[Block]:
    until = moment(shown.until, style="{time}")
    lead = rich(sentence(glue("For your eyes only, until "), until, glue(".")))
    blocks = [lead, *(_block(each) for each in said)]
    return [*blocks, context(_MASKED if said else _NOTHING)]


def _block(each: InClear) -> Block:
    lead = sentence(words(each.by, 80, bold=True), glue(" · "), moment(each.at))
    return rich(lead, preformatted(each.words, 3000))
