"""What must be done along with an answer: a closed set, with a handler for each in the kitchen."""

from dataclasses import dataclass
from enum import StrEnum


class ObligationKind(StrEnum):
    GUIDEBOOK = "guidebook"
    """Of a refusal: show the guidebook; accepting it is part of what was asked."""
    MASK = "mask"
    """Show personal data masked."""
    RECORD_LOOK = "record_look"
    """Put on record that somebody looked, also when nothing was found."""
    DISCLOSURE = "disclosure"
    """The words say who writes, and for whom."""
    REASON = "reason"
    """The person says what they need it for; it is on record."""
    TIME_BOX = "time_box"
    """What is shown goes away again after so many seconds."""
    APPROVAL = "approval"
    """One other person of the role has said yes to exactly this."""
    TWO_APPROVALS = "two_approvals"
    """Two other persons of the role have."""
    ARCHIVE_FIRST = "archive_first"
    """The archive has it before it goes out, or it does not go."""


OF_REFUSALS = frozenset((ObligationKind.GUIDEBOOK,))
"""What a denial may carry; an allowance carries the others alone."""
BY_ROLE = frozenset((ObligationKind.APPROVAL, ObligationKind.TWO_APPROVALS))


@dataclass(frozen=True, slots=True, order=True)
class Obligation:
    """`role` is that of an approval, `seconds` that of a time box; else neither is there."""

    kind: ObligationKind
    role: str = ""
    seconds: int = 0

    def __str__(self) -> str:
        told = self.role or (str(self.seconds) if self.seconds else "")
        return f"{self.kind}: {told}" if told else str(self.kind)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a profile says beside its rules. `trust_after` is None where trust is never earned."""

    quiz: bool = False
    trust_after: int | None = None
    attest_days: int = 365
    change_takes: int = 1
    """How many persons a new policy takes."""
    ask_complaint: bool = False
    """Whether a case is mainly a grievance is asked before it is resolved."""
