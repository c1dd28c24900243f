"""Shortcuts, of a message or from anywhere. A new one is one file and one line here."""

from handlers.shortcuts import add_to_case, blank_card, bring_in, open_case

SHORTCUTS = (bring_in.SHORTCUT, add_to_case.SHORTCUT, open_case.SHORTCUT, blank_card.SHORTCUT)

__all__ = ["SHORTCUTS"]
