"""From X's posts to our nouns: what is ours, who summoned us, and what must be set aside."""

import re
from collections.abc import Iterable
from datetime import UTC

import msgspec

from bot.model.mention import Author, Batch, Incoming, SetAside
from bot.networks.x_payload import UNREADABLE, Numbered, Page, Post, User

# X writes three languages under their old codes, and these where it recognises none (und, qme…).
LANGUAGES = {"in": "id", "iw": "he", "ji": "yi"}
NO_LANGUAGE = re.compile(r"und|zxx|q..")


class Reader:
    """Knows whose mentions these are, which decides what is ours and what summons us."""

    def __init__(self, network: str, *, account_id: str, handle: str) -> None:
        self._network = network
        self._account_id = account_id
        self._handle = handle.lower()
        self._at_us = re.compile(
            rf"(?<![A-Za-z0-9_@])@{handle}(?![A-Za-z0-9_])", re.IGNORECASE | re.ASCII
        )

    def batch(self, pages: Iterable[Page], *, cursor: str) -> Batch:
        """`pages` newest first, as X sends them; the batch is oldest first, each post once."""
        read: dict[str, Incoming] = {}
        aside: list[SetAside] = []
        for page in pages:
            for raw in page.items:
                item = self.item(raw, page.users)
                if isinstance(item, SetAside):
                    aside.append(item)
                else:
                    read.setdefault(item.external_id, item)
        oldest_first = sorted(read.values(), key=lambda post: int(post.external_id))
        newest = max((int(post.external_id) for post in oldest_first), default=0)
        moved = str(max(newest, int(cursor or 0))) if newest else cursor
        return Batch(tuple(oldest_first), tuple(reversed(aside)), moved)

    def item(self, raw: bytes, users: dict[str, User]) -> Incoming | SetAside:
        try:
            post = msgspec.json.decode(raw, type=Post)
            author = users.get(post.author_id)
            if author is None:
                return self._aside(raw, "its author is not told")
            return self._incoming(post, author)
        except (*UNREADABLE, OverflowError) as error:
            return self._aside(raw, str(error))

    def _incoming(self, post: Post, author: User) -> Incoming:
        ours = post.author_id == self._account_id
        return Incoming(
            network=self._network,
            external_id=post.id,
            author=Author(self._network, author.id, author.username, author.name),
            text=post.words,
            created_at=post.created_at.astimezone(UTC),
            permalink=f"https://x.com/{author.username}/status/{post.id}",
            conversation_id=post.conversation_id,
            parent_id=post.refers("replied_to"),
            language=_language(post.lang),
            summoned=not ours and self._summons(post),
            ours=ours,
            repost=bool(post.refers("retweeted")),
        )

    def _summons(self, post: Post) -> bool:
        """A quote stands among our mentions only because it quotes or names us."""
        named = any(
            name.id == self._account_id or name.username.lower() == self._handle
            for name in post.named
        )
        return named or bool(post.refers("quoted")) or bool(self._at_us.search(post.words))

    def _aside(self, raw: bytes, reason: str) -> SetAside:
        try:
            external_id = msgspec.json.decode(raw, type=Numbered).id
        except UNREADABLE:
            external_id = ""
        return SetAside(self._network, raw, reason, external_id)


def _language(code: str) -> str:
    return "" if NO_LANGUAGE.fullmatch(code) else LANGUAGES.get(code, code)
