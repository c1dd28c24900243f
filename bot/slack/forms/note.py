"""The form for a note on a case."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.forms.inputs import modal, words_input
from bot.slack.forms.page import Page

NAME = "note"
WORDS = "words"


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    words = words_input(WORDS, "What should colleagues know?", filled=shown.form.words)
    return modal(shown, title=f"Note on case {shown.form.case_id}", submit="Note", blocks=(words,))
