"""What an archive keeps of an answer: who said what to whom, and who agreed to it."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import CaseId, PersonKey


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """`key` names these very words of this case, however often they are handed in."""

    key: str
    at: datetime
    case_id: CaseId
    network: str
    way: str
    user_id: str
    """Of who is answered, at the network."""
    post_id: str
    author_id: PersonKey
    text: str
    approver_ids: tuple[PersonKey, ...] = ()
