"""A reply: the words of one colleague, on their way to one customer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.model.ids import ApprovalId, CaseId, PersonKey

ReplyId = NewType("ReplyId", int)


class Way(StrEnum):
    PUBLIC = "public"
    DIRECT = "direct"


class ReplyState(StrEnum):
    DRAFT = "draft"
    """Shown to its author; nobody has pressed *Send* yet."""
    ASKED = "asked"
    """Somebody else is to say yes first."""
    CLEARED = "cleared"
    """It may go as soon as nothing holds it."""
    SENDING = "sending"
    """From here on the network may have it, whatever we were told."""
    SENT = "sent"
    HANDED = "handed"
    """Its author has the words, and sends them by hand."""
    REFUSED = "refused"
    """By the network, or by who was asked."""
    VOID = "void"
    """It may not go any more."""
    UNKNOWN = "unknown"
    """The network may have it, and never showed it: its author was told, nothing more is sent."""


WAITING = (ReplyState.ASKED, ReplyState.CLEARED)
"""For a yes, or for a hold to end: nobody outside has it."""
GOING = (ReplyState.CLEARED, ReplyState.SENDING)
"""Nobody has to agree any more."""
UNDER_WAY = (ReplyState.ASKED, ReplyState.CLEARED, ReplyState.SENDING)
"""Neither with its author alone, nor over."""
ENDED = frozenset(
    {
        ReplyState.SENT,
        ReplyState.HANDED,
        ReplyState.REFUSED,
        ReplyState.VOID,
        ReplyState.UNKNOWN,
    }
)


@dataclass(frozen=True, slots=True)
class NewReply:
    """`text` is the whole of it, disclosure included: it goes out like this or not at all."""

    case_id: CaseId
    way: Way
    text: str
    hash: str
    """Of all of it: what an approval is bound to."""
    author: PersonKey
    author_name: str
    post_id: str = ""
    """What it answers, for good: whoever looks for it after a crash must look there."""
    by_hand: bool = False
    """Nothing goes out for them: what others must agree to is that they may send it."""


@dataclass(frozen=True, slots=True)
class Reply:
    id: ReplyId
    case_id: CaseId
    way: Way
    text: str
    hash: str
    author: PersonKey
    author_name: str
    state: ReplyState
    made_at: datetime
    reason: str = ""
    """Rule id of what holds or ended it; its author was told of it."""
    tried_at: datetime | None = None
    """When it was first given to the network."""
    tries: int = 0
    """How often: who knows an older number takes no more part in it."""
    approval_id: ApprovalId | None = None
    """The yes it goes out on. No other answer ever goes out on that one."""
    external_id: str = ""
    url: str = ""
    post_id: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """What a network is given to send. `post_id` is answered, `user_id` is who wrote it."""

    way: Way
    post_id: str
    user_id: str
    text: str
    since: datetime
    """It was not given to the network before."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where it stands now, by the network's own id."""

    external_id: str
    url: str
