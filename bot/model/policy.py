"""A policy as it is kept: its text, and since when and by whom it is in force."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.ids import PersonKey


class PolicyState(StrEnum):
    IN_FORCE = "in force"
    WAITING = "waiting"
    """For a second person."""
    BEFORE = "before"
    """It was in force once."""
    WITHDRAWN = "withdrawn"
    """Another one came before anybody accepted it."""


@dataclass(frozen=True, slots=True)
class KeptPolicy:
    """`profile` is what app.yaml calls it; `base` the text it builds on, as it was then."""

    hash: str
    profile: str
    text: str
    base: str
    takes: int
    """How many persons another one in its place takes."""
    state: PolicyState
    seen_at: datetime
    accepted_at: datetime | None
    accepted_by: PersonKey
    """The clockwork's where nobody had to accept it."""
    announced: bool
