"""A text about a person after the guard: what may be shown, and what may be kept sealed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guarded:
    """`masked` is for display; `kept` still has e-mail and phone, never cards, ids or secrets.

    Only `bot.compliance` makes one; storage takes personal text in no other form.
    """

    masked: str
    kept: str
    kinds: tuple[str, ...] = ()
    """What was found, for the audit: ("card", "email")."""
