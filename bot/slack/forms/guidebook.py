"""The guidebook as a modal: pressing the button accepts the very version that was read."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context, plain
from bot.slack.forms.page import Page, to_metadata
from bot.slack.markdown import to_blocks

NAME = "guidebook"


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    claiming = shown.case_id is not None
    close = f"Accepting it also claims case {shown.case_id} for you." if claiming else ""
    return {
        "type": "modal",
        "callback_id": NAME,
        "title": plain("Guidebook", 24),
        "submit": plain("Accept and claim" if claiming else "Accept", 24),
        "close": plain("Not now", 24),
        "private_metadata": to_metadata(shown),
        "blocks": [*to_blocks(shown.markdown), *([context(close)] if close else [])],
    }
