"""What happens when a form is sent off. A new one is one file and one line here."""

from handlers.modals import (
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

MODALS = (
    guidebook.MODAL,
    handoff.MODAL,
    note.MODAL,
    new_case.MODAL,
    reply.MODAL,
    reply_preview.MODAL,
    add.MODAL,
    wishes.MODAL,
    reject.MODAL,
    blank.MODAL,
)

__all__ = ["MODALS"]
