"""What happens when a form is sent off. A new one is one file and one line here."""

from handlers.modals import guidebook, handoff

MODALS = (guidebook.MODAL, handoff.MODAL)

__all__ = ["MODALS"]
