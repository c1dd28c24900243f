"""The form that says no to what a colleague asked for."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context
from bot.slack.forms.inputs import modal, words_input
from bot.slack.forms.page import Page

NAME = "reject"
REASON = "reason"

_READ = "Whoever asked reads it, and it stands on the card. Say what would make it a yes."


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    blocks = (words_input(REASON, "Why not?", filled=shown.form.words), context(_READ))
    return modal(shown, title="Say no", submit="Reject", blocks=blocks)
