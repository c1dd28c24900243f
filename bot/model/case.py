"""The case: one customer's matter, from the first word to the end."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.model.guarded import Guarded
from bot.model.ids import CaseId, ChannelId, PersonKey, StormId
from bot.model.mention import Author, Mention
from bot.model.person import Workspace
from bot.model.reply import Way

BLANKED = "[blanked by a coordinator]"
TAKEN_BACK = "undone"
"""Of `Case.handed_back`: whoever brought it in took that back, and so it is resolved."""


class CaseState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    MERGED = "merged"
    """It goes on in another case, and is counted and listed there alone."""


class Source(StrEnum):
    """How the case began. BROUGHT_IN: an employee told us, so nothing may be sent on X for us."""

    MENTION = "mention"
    BROUGHT_IN = "brought_in"


class Urgency(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Case:
    id: CaseId
    workspace: Workspace
    state: CaseState
    source: Source
    author: Author
    """`author.user_id` is empty while only the handle is known (a case brought in)."""
    summary: str
    """The first words, or the employee's own summary; masked."""
    route: str
    channel_id: ChannelId
    urgency: Urgency
    urgency_reason: str
    conversation_id: str
    permalink: str
    holder: PersonKey | None
    holder_name: str
    revision: int
    opened_at: datetime
    claimed_at: datetime | None
    resolved_at: datetime | None
    due_at: datetime | None = None
    """When an answer is due; None where the route promises nothing."""
    storm_id: StormId | None = None
    """One of very many: it has no card of its own while nobody holds it."""
    handed_back: str = ""
    """Why its last holder gave it back without saying so ("away", "left"), until it is claimed."""
    is_blanked: bool = False
    """A coordinator took its words off the channel."""
    merged_into: CaseId | None = None
    """The case in which it goes on; that one is never merged itself."""

    def once_answered(self) -> Self:
        """Nothing is due in it."""
        return replace(self, due_at=None)

    @property
    def quotable(self) -> str:
        """The summary as lists, messages and Home say it; only the case's own page says more."""
        return BLANKED if self.is_blanked else self.summary


@dataclass(frozen=True, slots=True)
class CaseNote:
    at: datetime
    by_name: str
    words: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """All a channel card may show: nothing from a link or a directory is in here."""

    case: Case
    mentions: tuple[Mention, ...]
    notes: tuple[CaseNote, ...]
    handoffs: tuple["HandoffView", ...]
    blanked_by: str = ""
    """The coordinator who took its words off the channel."""
    answers: tuple["AnswerView", ...] = ()
    """What went out for us, oldest first."""
    is_answered: bool = False
    """Something went out since the customer wrote last."""
    joined: tuple["JoinedCase", ...] = ()
    """The cases that go on in this one."""


@dataclass(frozen=True, slots=True)
class JoinedCase:
    id: CaseId
    words: str
    """The colleague's own summary where it was brought in; what was posted stands in the posts."""


@dataclass(frozen=True, slots=True)
class HandoffView:
    kind: str
    queue: str
    desk: str
    ticket: str
    """The desk's own number, empty until it is there."""
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """That it was answered, and where it stands; its words are there."""

    at: datetime
    by_name: str
    way: Way
    url: str


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be opened; the storage adds id, state and hour. `name` is the author's, guarded."""

    workspace: Workspace
    source: Source
    author: Author
    name: Guarded
    summary: Guarded
    route: str
    channel_id: ChannelId
    urgency: Urgency
    urgency_reason: str
    conversation_id: str
    permalink: str
    answer_within: timedelta | None = None
    """Of its opening; None where the route promises nothing."""
    storm_id: StormId | None = None
