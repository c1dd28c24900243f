"""The modals by the name an answer asks for. A new form is one file and one line here."""

from collections.abc import Callable
from typing import Any

from bot.model.cleared import Cleared
from bot.slack.forms import guidebook, handoff
from bot.slack.forms.page import Page

FORMS: dict[str, Callable[[Cleared[Page]], dict[str, Any]]] = {
    guidebook.NAME: guidebook.view,
    handoff.NAME: handoff.view,
}

__all__ = ["FORMS", "Page"]
