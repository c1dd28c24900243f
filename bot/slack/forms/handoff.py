"""The form that brings a case to a desk: where to, and the colleague's own words."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context, plain
from bot.slack.forms.page import Page, to_metadata
from bot.slack.message import Block

NAME = "handoff"
KIND = "kind"
SUMMARY = "summary"
"""Block id and action id of the inputs, which are the same word."""

SUMMARY_LIMIT = 2000
_LABELS = {
    "service": "Customer service",
    "sales": "Sales",
    "product": "Product",
    "pr": "Public relations",
    "legal": "Legal",
}


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    return {
        "type": "modal",
        "callback_id": NAME,
        "title": plain(f"Hand off case {shown.case_id}", 24),
        "submit": plain("Hand off", 24),
        "close": plain("Not now", 24),
        "private_metadata": to_metadata(shown),
        "blocks": [_where(shown.kinds), _summary(), context(_HINT)],
    }


_HINT = "The desk gets the handle, the link and your words; nothing the customer wrote is copied."


def _where(kinds: tuple[str, ...]) -> Block:
    options = [{"text": plain(_LABELS.get(k, k.capitalize()), 75), "value": k} for k in kinds]
    return {
        "type": "input",
        "block_id": KIND,
        "label": plain("Who can help?", 75),
        "element": {
            "type": "static_select",
            "action_id": KIND,
            "placeholder": plain("Choose", 75),
            "options": options,
        },
    }


def _summary() -> Block:
    return {
        "type": "input",
        "block_id": SUMMARY,
        "label": plain("What should they know?", 75),
        "hint": plain("In your own words. No card, policy or identity numbers.", 150),
        "element": {
            "type": "plain_text_input",
            "action_id": SUMMARY,
            "multiline": True,
            "max_length": SUMMARY_LIMIT,
        },
    }
