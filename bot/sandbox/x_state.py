"""What is said on the loopback X: accounts and posts, kept in memory.

X shows posts late, hides them, shows them twice, and authors edit and delete them. A test says so
here in words a person would use, and the API beside it (x_api.py) tells the same to the bot.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.sandbox.x_posts import (
    HANDLE,
    MENTION,
    Account,
    Post,
    Reference,
    guess_language,
    names_first,
)

OUR_ID, OUR_HANDLE = "1000", "acme"
SNOWFLAKE_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)


@dataclass(slots=True)
class _Shelf:
    """Every post ever made, and what is special about it."""

    posts: dict[str, Post] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    repeats: list[str] = field(default_factory=list)


class Timeline:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.user_id = OUR_ID
        self.handle = OUR_HANDLE
        self.reach = 800
        """Mentions go back no further than this many posts."""
        self._clock = clock
        self._shelf = _Shelf()
        self._accounts: dict[str, Account] = {}
        self._next_account = 2001
        self._last_snowflake = 0
        self._listeners: list[Callable[[], object]] = []
        self._dress: Callable[[Account], Account] = as_it_is
        self._said: Callable[[str], str] = as_said
        self._open_account(OUR_HANDLE, "Acme", user_id=OUR_ID)
        for handle, name in (("jane", "Jane Doe"), ("tom", "Tom Hill"), ("mia", "Mia Wong")):
            self._open_account(handle, name)

    async def posts(
        self,
        handle: str,
        text: str,
        *,
        in_reply_to: str | None = None,
        name: str | None = None,
        lang: str | None = None,
        repost_of: str | None = None,
        author_is_us: bool = False,
        late: bool = False,
    ) -> Post:
        """Say `text` as `handle` (with or without its @). As on X, a reply names everyone its
        parent named, and a repost reads "RT @author: words". ValueError: no such handle or parent.
        """
        author = self.account(OUR_HANDLE) if author_is_us else self.account(handle, name=name)
        parent = self._known(in_reply_to)
        original = self._known(repost_of)
        words = f"RT @{original.handle}: {original.text}" if original else text
        if parent:
            words = names_first(words, parent, author.handle)
        references = [("replied_to", parent), ("retweeted", original)]
        post_id = self._snowflake()
        post = Post(
            id=post_id,
            author_id=author.id,
            handle=author.handle,
            name=author.name,
            text=words if author_is_us or original else self._said(words),
            created_at=self._now(),
            in_reply_to=in_reply_to,
            conversation_id=parent.conversation_id if parent else post_id,
            lang=lang or guess_language(words),
            referenced=tuple(Reference(kind, to.id) for kind, to in references if to),
            history=(post_id,),
        )
        return self._shelve(post, late=late)

    async def edits(self, post: Post, text: str) -> Post:
        """X keeps the old version under its id; the mentions show only the newest one."""
        post_id = self._snowflake()
        newer = replace(post, id=post_id, text=text, history=(*post.history, post_id))
        self._shelf.late.add(post.id)
        return self._shelve(newer, late=False)

    async def deletes(self, post: Post) -> None:
        self._shelf.gone.update(post.history)
        self._changed()

    def protects(self, handle: str) -> None:
        """From now on the author's posts are for their followers: not found by us."""
        account = replace(self.account(handle), protected=True)
        self._accounts[account.handle.lower()] = account
        self._changed()

    def late(self, post: Post) -> None:
        """Hide the post from mentions (not from look-ups by id) until `release`."""
        self._shelf.late.add(post.id)
        self._changed()

    def release(self, post: Post) -> None:
        self._shelf.late.discard(post.id)
        self._changed()

    def repeats(self, post: Post) -> None:
        """The next answer to a mentions call shows it once more, whatever was asked for."""
        self._shelf.repeats.append(post.id)

    def timeline(self) -> list[Post]:
        """Everything that stands on X now, oldest first; earlier versions of edits left out."""
        newest = {post.history[0]: post.id for post in self._shelf.posts.values()}
        return [
            post
            for post in self._shelf.posts.values()
            if self.readable(post.id) and newest[post.history[0]] == post.id
        ]

    def listen(self, callback: Callable[[], object]) -> None:
        self._listeners.append(callback)

    def account(self, handle: str, *, name: str | None = None) -> Account:
        """The account with this handle, opened now if nobody had it."""
        plain = handle.strip().removeprefix("@")
        if not HANDLE.fullmatch(plain):
            message = f"{handle!r} is no handle: letters, digits and _ only, 15 at most"
            raise ValueError(message)
        return self._accounts.get(plain.lower()) or self._open_account(plain, name)

    def dresses(self, dress: Callable[[Account], Account], *, said: Callable[[str], str]) -> None:
        """How every account but ours looks from now on, and what becomes of what it says."""
        self._dress, self._said = dress, said
        for key, account in self._accounts.items():
            if account.id != OUR_ID:
                self._accounts[key] = dress(account)

    def accounts(self) -> list[Account]:
        return list(self._accounts.values())

    def find(self, post_id: str) -> Post | None:
        """The post if it stands, whoever may read it."""
        return None if post_id in self._shelf.gone else self._shelf.posts.get(post_id)

    def readable(self, post_id: str) -> bool:
        post = self.find(post_id)
        return post is not None and not self._accounts[post.handle.lower()].protected

    def author_of(self, post_id: str) -> str:
        return self._shelf.posts[post_id].author_id

    def mentions_of(self, handle: str) -> list[Post]:
        """What the mentions of `handle` hold now, newest first."""
        wanted = handle.lower()
        return [
            post
            for post in reversed(self.timeline())
            if post.id not in self._shelf.late
            and wanted in {said.lower() for said in MENTION.findall(post.text)}
        ]

    def take_repeats(self) -> list[Post]:
        taken, self._shelf.repeats = self._shelf.repeats, []
        return [self._shelf.posts[post_id] for post_id in taken]

    def _shelve(self, post: Post, *, late: bool) -> Post:
        self._shelf.posts[post.id] = post
        if late:
            self._shelf.late.add(post.id)
        self._changed()
        return post

    def _known(self, post_id: str | None) -> Post | None:
        if post_id is None:
            return None
        post = self.find(post_id)
        if post is None:
            message = f"no post {post_id} to answer or repost"
            raise ValueError(message)
        return post

    def _open_account(
        self, handle: str, name: str | None, *, user_id: str | None = None
    ) -> Account:
        if user_id is None:
            user_id, self._next_account = str(self._next_account), self._next_account + 1
        opened = self._now() - timedelta(days=365)
        shown = name or handle.title()
        account = self._dress(Account(id=user_id, handle=handle, name=shown, created_at=opened))
        self._accounts[handle.lower()] = made = replace(account, name=name or account.name)
        return made

    def _snowflake(self) -> str:
        milliseconds = (self._now() - SNOWFLAKE_EPOCH) // timedelta(milliseconds=1)
        # A clock that stands still or steps back must not make an id smaller than the last.
        self._last_snowflake = max(milliseconds << 22, self._last_snowflake + 1)
        return str(self._last_snowflake)

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)

    def _changed(self) -> None:
        for callback in self._listeners:
            callback()


def as_it_is(account: Account) -> Account:
    return account


def as_said(words: str) -> str:
    return words
