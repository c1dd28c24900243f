"""What a customer said in public, as every network hands it in and as it is kept."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.guarded import Guarded
from bot.model.ids import CaseId, MentionId


@dataclass(frozen=True, slots=True)
class Author:
    network: str
    user_id: str
    """The network's own id: handles are renamed and recycled, ids are not."""
    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One public post as fetched, raw. It lives in memory only until the guard has seen it."""

    network: str
    external_id: str
    author: Author
    text: str
    created_at: datetime
    permalink: str
    conversation_id: str = ""
    parent_id: str = ""
    language: str = ""
    """BCP 47 as the network tells it, "" when it does not."""
    summoned: bool = False
    """True when the author mentioned or quoted us: X lets us reply through its API only then."""
    ours: bool = False
    repost: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """An item that could not be read. `raw` is kept sealed so that nothing is lost."""

    network: str
    raw: bytes
    reason: str
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """One fetch, oldest first. The next one starts from `cursor`, which only the network reads."""

    incoming: tuple[Incoming, ...]
    set_aside: tuple[SetAside, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class Mention:
    """As kept: `words` are masked for display, the sealed original stays in the vault."""

    id: MentionId
    case_id: CaseId
    network: str
    external_id: str
    author: Author
    words: str
    created_at: datetime
    permalink: str
    summoned: bool = False


@dataclass(frozen=True, slots=True)
class NewMention:
    """A post after the guard, to be kept with its case. `name` is the author's, guarded."""

    case_id: CaseId
    author: Author
    name: Guarded
    external_id: str
    words: Guarded
    created_at: datetime
    permalink: str
    parent_id: str
    conversation_id: str
    language: str
    summoned: bool
