"""The form for an answer; what comes of it is seen before anything goes out."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context
from bot.slack.forms.inputs import choice, modal, words_input
from bot.slack.forms.page import Page

NAME = "reply"
WORDS = "words"
WAY = "way"
WAYS = "ways"
KEPT = "kept"
"""The kept answer whose words stand in it already."""
_HINT = "Your disclosure is added, and the text comes ready to copy. You send it yourself."
_SENDS = "Your disclosure is added. Next you see the exact text, and nothing goes out before that."
_KEPT = "These words were kept from another answer: read them as if they were new, and change them."
_SAID = {
    "public": "Publicly, for everybody to read",
    "direct": "In a direct message",
    "hand": "I send it myself",
}


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    ways = shown.filled(WAYS).split()
    blocks = [words_input(WORDS, "Your answer", filled=shown.form.words)]
    if ways:
        offered = [(way, _SAID.get(way, way)) for way in ways]
        blocks.append(choice(WAY, "How", offered, filled=ways[0]))
    blocks.append(context(_SENDS if ways else _HINT))
    if shown.filled(KEPT):
        blocks.append(context(_KEPT))
    title = f"Answer in case {shown.form.case_id}"
    return modal(shown, title=title, submit="Show the text", blocks=blocks)
