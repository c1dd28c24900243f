"""What happens when a form is sent off. A new one is one file and one line here."""

from handlers.modals import add, blank, guidebook, handoff, new_case, note, reply, wishes

MODALS = (
    guidebook.MODAL,
    handoff.MODAL,
    note.MODAL,
    new_case.MODAL,
    reply.MODAL,
    add.MODAL,
    wishes.MODAL,
    blank.MODAL,
)

__all__ = ["MODALS"]
