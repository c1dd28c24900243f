"""The shapes of X's JSON under both of its naming schemes, read one item at a time.

X is renaming tweets to posts without saying when; prose and OpenAPI of its docs disagree. A page is
cut into items first and each is read on its own, so that one broken item costs only itself.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Raw, Struct

from bot.errors import Misconfigured, Unavailable
from bot.networks.x_errors import PARTY

UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError)

Id = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
Handle = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_]{1,15}$")]

# The three characters X escapes, and no others: "&copy;" in a post means these very characters.
ESCAPED = re.compile(r"&(amp|lt|gt);")
PLAIN = {"amp": "&", "lt": "<", "gt": ">"}

# Half of a pair, such as "\ud800", behind whole ones and backslashes that stand for themselves.
HALF = re.compile(
    rb"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})", re.DOTALL
)

T = TypeVar("T")


class User(Struct, frozen=True):
    id: Id
    username: Handle
    name: str = ""


class _Named(Struct, frozen=True):
    username: str = ""
    id: str = ""


class _Entities(Struct, frozen=True):
    mentions: tuple[_Named, ...] = ()


class _Reference(Struct, frozen=True):
    type: str
    id: str


class _Note(Struct, frozen=True):
    """A post longer than 280: `text` beside it is then only its beginning."""

    text: str
    entities: _Entities | None = None


class Post(Struct, frozen=True):
    id: Id
    text: str
    author_id: Id
    created_at: Annotated[datetime, Meta(tz=True)]
    conversation_id: str = ""
    lang: str = ""
    entities: _Entities | None = None
    referenced_tweets: tuple[_Reference, ...] = ()
    referenced_posts: tuple[_Reference, ...] = ()
    note_tweet: _Note | None = None
    note_post: _Note | None = None

    @property
    def words(self) -> str:
        note = self.note_post or self.note_tweet
        return ESCAPED.sub(lambda found: PLAIN[found[1]], note.text if note else self.text)

    @property
    def named(self) -> tuple[_Named, ...]:
        note = self.note_post or self.note_tweet
        found = (self.entities, note.entities if note else None)
        return tuple(name for entities in found if entities for name in entities.mentions)

    def refers(self, kind: str) -> str:
        """The id this post replies to, quotes or reposts (X's own words for `kind`), or ""."""
        references = self.referenced_posts + self.referenced_tweets
        return next((to.id for to in references if to.type == kind), "")


class _Includes(Struct, frozen=True):
    users: tuple[Raw, ...] = ()


class _Meta(Struct, frozen=True):
    next_token: str = ""


class _Page(Struct, frozen=True):
    data: tuple[Raw, ...] | None = None
    includes: _Includes = _Includes()
    meta: _Meta | None = None
    errors: tuple[Raw, ...] = ()


class Page(Struct, frozen=True):
    items: tuple[bytes, ...]
    users: dict[str, User]
    next_token: str


class _OneUser(Struct, frozen=True):
    data: User | None = None


class Numbered(Struct, frozen=True):
    """What is left to know of an item that cannot be read."""

    id: Id


def read_page(body: bytes, *, account_id: str) -> Page:
    """Unavailable when this is no page at all; Misconfigured when X knows no such account."""
    try:
        page = _read(body, _Page)
    except UNREADABLE as error:
        raise Unavailable(PARTY, "answered with a page that cannot be read") from error
    if page.data is None and page.errors:
        problem = f"X shows no account {account_id}: check account_id under networks.x in app.yaml."
        raise Misconfigured((problem,))
    return Page(
        items=tuple(bytes(item) for item in page.data or ()),
        users={user.id: user for user in _users(page.includes.users)},
        next_token=page.meta.next_token if page.meta else "",
    )


def read_user(body: bytes) -> User | None:
    try:
        return _read(body, _OneUser).data
    except UNREADABLE as error:
        raise Unavailable(PARTY, "answered with a user that cannot be read") from error


class _Made(Struct, frozen=True):
    id: Id = ""
    dm_event_id: Id = ""


class _Created(Struct, frozen=True):
    data: _Made


class Message(Struct, frozen=True):
    id: Id
    text: str = ""
    sender_id: str = ""
    created_at: Annotated[datetime, Meta(tz=True)] | None = None


class _Messages(Struct, frozen=True):
    data: tuple[Message, ...] = ()


def read_created(body: bytes) -> str:
    """The id of what was made just now; unread it may stand there all the same."""
    try:
        made = msgspec.json.decode(body, type=_Created).data
    except UNREADABLE as error:
        reason = "answered with a receipt that cannot be read"
        raise Unavailable(PARTY, reason, unknown_outcome=True) from error
    return made.id or made.dm_event_id


def read_messages(body: bytes) -> tuple[Message, ...]:
    try:
        return msgspec.json.decode(body, type=_Messages).data
    except UNREADABLE as error:
        raise Unavailable(PARTY, "answered with messages that cannot be read") from error


def _read(body: bytes, kind: type[T]) -> T:
    """JSON allows half of a pair, msgspec does not: one such post must not cost the whole page."""
    try:
        return msgspec.json.decode(body, type=kind)
    except UNREADABLE:
        whole = HALF.sub(lambda found: rb"\ufffd" if found[1] else found[0], body)
        return msgspec.json.decode(whole, type=kind)


def _users(items: Iterable[Raw]) -> Iterator[User]:
    for item in items:
        try:
            yield msgspec.json.decode(item, type=User)
        except UNREADABLE:
            continue  # The posts of an author who cannot be read are set aside, not lost.
