"""The form for how somebody wants to be told: now or in the morning, and when never."""

from typing import Any

from bot.model.cleared import Cleared
from bot.slack.blocks import context
from bot.slack.forms.inputs import choice, hour_input, modal
from bot.slack.forms.page import Page

NAME = "wishes"
HOW, QUIET_FROM, QUIET_TO = "how", "quiet_from", "quiet_to"
_HOWS = (("now", "At once, by a direct message"), ("digest", "Once a day, in the morning"))
_HINT = "By the clock of wherever you are. Leave both empty where no hour is to be quiet."


def view(page: Cleared[Page]) -> dict[str, Any]:
    shown = page.value
    blocks = (
        choice(HOW, "What concerns me reaches me", _HOWS, filled=shown.filled(HOW)),
        hour_input(QUIET_FROM, "Quiet from", filled=shown.filled(QUIET_FROM)),
        hour_input(QUIET_TO, "Quiet until", filled=shown.filled(QUIET_TO)),
        context(_HINT),
    )
    return modal(shown, title="How I tell you", submit="Save", blocks=blocks)
