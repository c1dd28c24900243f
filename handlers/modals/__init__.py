"""What happens when a form is sent off. A new one is one file and one line here."""

from handlers.modals import (
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

MODALS = (
    guidebook.MODAL,
    handoff.MODAL,
    keep_answer.MODAL,
    note.MODAL,
    merge.MODAL,
    new_case.MODAL,
    reply.MODAL,
    reply_preview.MODAL,
    reveal.MODAL,
    add.MODAL,
    wishes.MODAL,
    reject.MODAL,
    blank.MODAL,
    complaint.MODAL,
)

__all__ = ["MODALS"]
