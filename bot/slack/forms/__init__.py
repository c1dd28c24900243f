"""The modals by the name an answer asks for. A new form is one file and one line here."""

from collections.abc import Callable
from typing import Any

from bot.model.cleared import Cleared
from bot.slack.forms import (
    add,
    blank,
    complaint,
    guidebook,
    handoff,
    keep_answer,
    merge,
    new_case,
    note,
    reject,
    reply,
    reply_preview,
    reveal,
    wishes,
)
from bot.slack.forms.page import Page

FORMS: dict[str, Callable[[Cleared[Page]], dict[str, Any]]] = {
    guidebook.NAME: guidebook.view,
    handoff.NAME: handoff.view,
    keep_answer.NAME: keep_answer.view,
    note.NAME: note.view,
    merge.NAME: merge.view,
    new_case.NAME: new_case.view,
    reply.NAME: reply.view,
    reply_preview.NAME: reply_preview.view,
    reveal.NAME: reveal.view,
    add.NAME: add.view,
    wishes.NAME: wishes.view,
    reject.NAME: reject.view,
    blank.NAME: blank.view,
    complaint.NAME: complaint.view,
}

__all__ = ["FORMS", "Page"]
