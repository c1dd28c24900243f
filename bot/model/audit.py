"""What is put on record, and the decision it rests on. No personal text ever stands here."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.ids import CaseId, DecisionId, PersonKey


class Effect(StrEnum):
    ALLOWED = "allowed"
    DENIED = "denied"
    NOTED = "noted"
    """Nothing had to be decided: the clock or the outside did it."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the record. `action` reads noun.past-verb: `case.claimed`.

    `facts` are short machine words (ids, counts, hashes), never what a person wrote.
    """

    action: str
    actor: PersonKey
    case_id: CaseId | None = None
    effect: Effect = Effect.NOTED
    rule: str = ""
    policy: str = ""
    """Hash of the decision table in force."""
    facts: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class AuditEvent:
    id: DecisionId
    at: datetime
    entry: AuditEntry


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a check of the whole record found: `broken` are the lines that were changed."""

    checked: int
    broken: tuple[DecisionId, ...]
