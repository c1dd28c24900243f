"""The form that asks what somebody needs a customer's data for, before they see it."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context
from bot.slack.forms.inputs import modal, words_input
from bot.slack.forms.page import Page

NAME = "reveal"
REASON = "reason"
READ = "read"
"""Filled in where somebody looks after privacy."""

_RECORDED = "It goes on record with your name"


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    asked = words_input(REASON, "What do you need it for?", filled=shown.form.words)
    title = f"Case {shown.form.case_id} in clear"
    reads = ", and whoever looks after privacy reads it" if shown.filled(READ) else ""
    told = context(f"{_RECORDED}{reads}.")
    return modal(shown, title=title, submit="Show", blocks=(asked, told))
