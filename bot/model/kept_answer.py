"""A kept answer: words that went out once, kept by somebody for others to begin with.

Keeping gives no clearance: whoever uses them asks for the same yes as with words of their own.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.model.guarded import Guarded
from bot.model.ids import CaseId, KeptId
from bot.model.person import Person
from bot.model.reply import ReplyId

QUIET_AFTER = timedelta(days=7)
"""An answer helped once its case was resolved and the customer wrote nothing for so long."""


@dataclass(frozen=True, slots=True)
class NewKept:
    reply_id: ReplyId
    case_id: CaseId
    topic: str
    title: Guarded
    words: Guarded
    by: Person


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    id: KeptId
    reply_id: ReplyId
    case_id: CaseId
    topic: str
    title: str
    words: str
    forgotten: bool


@dataclass(frozen=True, slots=True)
class CountedAnswer(KeptAnswer):
    """`used` and `helped` are numbers of cases, counted when it was read."""

    used: int
    helped: int
