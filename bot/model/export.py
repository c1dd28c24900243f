"""A case's history for somebody who must prove it: asked for, made once, handed over privately."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.model.ids import CaseId, PersonKey

ExportId = NewType("ExportId", int)


class ExportState(StrEnum):
    ASKED = "asked"
    """Somebody else is to say yes first."""
    READY = "ready"
    SENT = "sent"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Export:
    """`content` is there while it is ready: who has the file needs no copy of it here."""

    id: ExportId
    case_id: CaseId
    asked_by: PersonKey
    asked_by_name: str
    reason: str
    asked_at: datetime
    state: ExportState
    content: bytes


@dataclass(frozen=True, slots=True)
class SlackFile:
    """A file for one person. Its content is made of masked words and of the record's own lines."""

    name: str
    comment: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a check of an exported file found: `broken` are the lines that were changed.

    Nothing in the file vouches for what stands beside its record: `sha256`, of all of it, does.
    """

    case: str
    checked: int
    broken: tuple[str, ...]
    sha256: str
