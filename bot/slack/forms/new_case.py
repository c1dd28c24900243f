"""The form that opens a case for a customer who wrote to a colleague."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context
from bot.slack.forms.inputs import line_input, modal, said, words_input
from bot.slack.forms.page import Page

NAME = "new_case"
HANDLE = "handle"
SUMMARY = "summary"
_HINT = "What the customer wrote in private stays where it is: only your summary is kept."


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    blocks = (
        *said(shown.form),
        line_input(
            HANDLE,
            "Who is it?",
            filled=shown.filled(HANDLE),
            hint="Their handle, such as @jane, or the address of their profile.",
        ),
        words_input(SUMMARY, "What is it about?", filled=shown.form.words),
        context(_HINT),
    )
    return modal(shown, title="Bring in a customer", submit="Open the case", blocks=blocks)
