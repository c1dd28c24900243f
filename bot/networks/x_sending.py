"""Answering on X as the organisation's own account, once, and finding what may stand there already.

X gives no key for what is sent: after an unknown outcome our own timeline is what tells. There our
words come back changed, with names before them and every link shortened, so both are levelled.
"""

import re
from datetime import timedelta

import msgspec

from bot.errors import Refusal, Unavailable
from bot.model.cleared import Cleared
from bot.model.reply import Sending, Sent, Way
from bot.networks.x_client import XClient
from bot.networks.x_errors import PARTY, TWICE
from bot.networks.x_length import LINK
from bot.networks.x_payload import ESCAPED, PLAIN, UNREADABLE, Post, read_created, read_messages
from bot.networks.x_payload import read_page as page_of

MOST_PAGES = 8
CLOCKS_APART = timedelta(minutes=5)
NAMES_BEFORE = re.compile(r"^(?:\s*@[A-Za-z0-9_]{1,15}(?=\s))+", re.ASCII)
LINKS = re.compile(LINK, re.IGNORECASE)


class XSending:
    """`privacy_url` is what X's rules ask for in direct messages; without it none is sent."""

    def __init__(
        self, client: XClient, *, account_id: str, handle: str, allowed: bool, privacy_url: str
    ) -> None:
        self._client = client
        self._account_id = account_id
        self._handle = handle
        self._privacy_url = privacy_url
        direct = (Way.DIRECT,) if privacy_url else ()
        self.ways: tuple[Way, ...] = (Way.PUBLIC, *direct) if allowed else ()

    def footer(self, way: Way) -> str:
        return f"Privacy: {self._privacy_url}" if way is Way.DIRECT else ""

    def refuses_twice(self, way: Way) -> bool:
        """X takes no second post of the same words; messages it takes as often as they come."""
        return way is Way.PUBLIC

    async def answer(self, sending: Cleared[Sending]) -> Sent:
        what = sending.value
        try:
            if what.way is Way.DIRECT:
                body = await self._client.write_to(what.user_id, what.text)
            else:
                body = await self._client.reply(what.post_id, what.text)
        except Refusal as no:
            # The first try may have come through: whoever asks again looks for it before.
            if no.rule == TWICE and (found := await self.find(sending)):
                return found
            raise
        return self._sent(what, read_created(body))

    async def find(self, sending: Cleared[Sending]) -> Sent | None:
        what = sending.value
        if what.way is Way.DIRECT:
            return await self._find_message(what)
        token: str | None = None
        start = (what.since - CLOCKS_APART).strftime("%Y-%m-%dT%H:%M:%SZ")
        for _ in range(MOST_PAGES):
            body = await self._client.own_posts(
                self._account_id, start_time=start, page_token=token
            )
            page = page_of(body, account_id=self._account_id)
            if found := next((post for post in _posts(page.items) if _is(post, what)), None):
                return self._sent(what, found.id)
            token = page.next_token
            if not token:
                return None
        raise Unavailable(PARTY, "shows more of our posts than can be searched")

    async def _find_message(self, what: Sending) -> Sent | None:
        since = what.since - CLOCKS_APART
        for message in read_messages(await self._client.written_to(what.user_id)):
            ours = message.sender_id == self._account_id
            fresh = message.created_at is None or message.created_at >= since
            if ours and fresh and _level(message.text) == _level(what.text):
                return self._sent(what, message.id)
        return None

    def _sent(self, what: Sending, external_id: str) -> Sent:
        if what.way is Way.DIRECT:
            ids = sorted((self._account_id, what.user_id), key=int)
            return Sent(external_id, f"https://x.com/messages/{'-'.join(ids)}")
        return Sent(external_id, f"https://x.com/{self._handle}/status/{external_id}")


def _posts(items: tuple[bytes, ...]) -> list[Post]:
    read = []
    for item in items:
        try:
            read.append(msgspec.json.decode(item, type=Post))
        except UNREADABLE as error:
            # It may be the very one: not to know is not the same as not being there.
            raise Unavailable(PARTY, "shows a post of ours that cannot be read") from error
    return read


def _is(post: Post, what: Sending) -> bool:
    return post.refers("replied_to") == what.post_id and _level(post.words) == _level(what.text)


def _level(text: str) -> str:
    plain = ESCAPED.sub(lambda found: PLAIN[found[1]], text)
    return " ".join(LINKS.sub("link", NAMES_BEFORE.sub("", plain)).split())
