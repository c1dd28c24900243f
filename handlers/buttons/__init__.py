"""The buttons of a card. A new one is one file and one line here."""

from handlers.buttons import claim, hand_off, release, resolve

BUTTONS = (claim.BUTTON, release.BUTTON, hand_off.BUTTON, resolve.BUTTON)

__all__ = ["BUTTONS"]
