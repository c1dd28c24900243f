"""The form that brings a case to a desk: where to, and the colleague's own words."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context
from bot.slack.forms.inputs import choice, modal, words_input
from bot.slack.forms.page import Page

NAME = "handoff"
KIND = "kind"
SUMMARY = "summary"

_LABELS = {
    "service": "Customer service",
    "sales": "Sales",
    "product": "Product",
    "pr": "Public relations",
    "legal": "Legal",
}
_HINT = "The desk gets the handle, the link and your words; nothing the customer wrote is copied."


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    kinds = [(kind, _LABELS.get(kind, kind.capitalize())) for kind in shown.kinds]
    blocks = (
        choice(KIND, "Who can help?", kinds, filled=shown.filled(KIND)),
        words_input(SUMMARY, "What should they know?", filled=shown.form.words),
        context(_HINT),
    )
    title = f"Hand off case {shown.form.case_id}"
    return modal(shown, title=title, submit="Hand off", blocks=blocks)
