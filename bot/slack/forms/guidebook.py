"""The guidebook as a modal: pressing the button accepts the very version that was read."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context
from bot.slack.forms.inputs import modal
from bot.slack.forms.page import Page
from bot.slack.markdown import to_blocks

NAME = "guidebook"


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    case_id = shown.form.case_id
    blocks = list(to_blocks(shown.markdown))
    if case_id is not None:
        blocks.append(context(f"Accepting it also claims case {case_id} for you."))
    submit = "Accept" if case_id is None else "Accept and claim"
    return modal(shown, title="Guidebook", submit=submit, blocks=blocks)
