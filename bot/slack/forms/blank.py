"""The form that asks once more before a card is blanked: nobody can take that back."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import paragraph
from bot.slack.forms.inputs import modal
from bot.slack.forms.page import Page

NAME = "blank"
CHANNEL, TS = "channel", "ts"
"""Where the chosen card stands; kept with the visit, never in the form itself."""
_SURE = (
    "Its words leave the channel, and nobody can bring them back there. Whoever looks at case "
    "{case} itself goes on seeing them."
)


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    case_id = shown.form.case_id
    asked = paragraph(_SURE.format(case=case_id))
    return modal(shown, title=f"Blank case {case_id}?", submit="Blank the card", blocks=(asked,))
