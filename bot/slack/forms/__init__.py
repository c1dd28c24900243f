"""The modals by the name an answer asks for. A new form is one file and one line here."""

from collections.abc import Callable
from typing import Any

from bot.model.cleared import Cleared
from bot.slack.forms import (
    add,
    blank,
    guidebook,
    handoff,
    new_case,
    note,
    reject,
    reply,
    reply_preview,
    wishes,
)
from bot.slack.forms.page import Page

FORMS: dict[str, Callable[[Cleared[Page]], dict[str, Any]]] = {
    guidebook.NAME: guidebook.view,
    handoff.NAME: handoff.view,
    note.NAME: note.view,
    new_case.NAME: new_case.view,
    reply.NAME: reply.view,
    reply_preview.NAME: reply_preview.view,
    add.NAME: add.view,
    wishes.NAME: wishes.view,
    reject.NAME: reject.view,
    blank.NAME: blank.view,
}

__all__ = ["FORMS", "Page"]
