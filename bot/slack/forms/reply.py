"""The form for an answer to a customer, which ends as a text to copy: nothing is sent from here."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context
from bot.slack.forms.inputs import modal, words_input
from bot.slack.forms.page import Page

NAME = "reply"
WORDS = "words"
_HINT = "Your disclosure is added, and the text comes ready to copy. You send it yourself."


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    words = words_input(WORDS, "Your answer", filled=shown.form.words)
    title = f"Answer in case {shown.form.case_id}"
    return modal(shown, title=title, submit="Show the text", blocks=(words, context(_HINT)))
