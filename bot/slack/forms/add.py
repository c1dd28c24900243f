"""The form that adds what was said in Slack to a case: one of mine, or any by its number."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.forms.inputs import choice, line_input, modal, said, words_input
from bot.slack.forms.page import Page

NAME = "add"
CASE = "case"
NUMBER = "number"
WORDS = "words"


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    cases = shown.form.cases
    chosen = str(shown.form.case_id or "")
    one_of = [choice(CASE, "To which case?", cases, filled=chosen, optional=True)] if cases else []
    label = "Or to another case, by its number" if cases else "To which case?"
    blocks = (
        *said(shown.form),
        *one_of,
        line_input(NUMBER, label, hint="Such as 42.", optional=bool(cases)),
        words_input(WORDS, "What is added", filled=shown.form.words),
    )
    return modal(shown, title="Add to a case", submit="Add", blocks=blocks)
