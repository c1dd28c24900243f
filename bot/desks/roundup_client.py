"""Roundup's REST interface: the five calls we make.

Roundup refuses calls that do not look like its own pages' (Origin, Referer, host,
X-Requested-With), lets a POST without a body hang, and hands out one-use addresses ("post once
exactly"): our permits.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
    encode_basic_auth,
)
from yarl import URL

from bot.desks import roundup_shapes as shapes
from bot.desks.roundup_errors import PARTY, spent_permit, trouble
from bot.errors import Misconfigured, Unavailable

T = TypeVar("T")
Reply = tuple[int, Mapping[str, str], bytes]


class RoundupClient:
    """`address` ends in a slash; `web_url` is what the tracker thinks it is called."""

    def __init__(
        self,
        session: ClientSession,
        *,
        address: str,
        web_url: str,
        user: str,
        password: str,
        timeout_seconds: float,
    ) -> None:
        self._session = session
        self._address = address
        self._user = user
        self._timeout = ClientTimeout(total=timeout_seconds)
        self._headers = {
            "Authorization": encode_basic_auth(user, password),
            "Origin": str(URL(web_url).origin()),
            "Referer": web_url,
            # So that our way in may have another name than the tracker's own, behind a proxy.
            "X-Forwarded-Host": URL(web_url).authority,
            "X-Requested-With": "rest",
        }

    async def issues(self, *, title: str, limit: int) -> tuple[shapes.Item, ...]:
        """Issues with `title` somewhere in theirs, any issues if it is empty."""
        query = {"@fields": "title,keyword", "@verbose": "1", "@page_size": str(limit)}
        if title:
            query["title"] = title
        return await self._search("issue", query)

    async def keyword(self, name: str) -> str | None:
        found = await self._search("keyword", {"name:": name})
        return found[0].id if found else None

    async def message(self, words: str) -> str:
        # Without its author Roundup refuses the issue later, since it puts authors on nosy lists.
        payload = {"content": words, "author": self._user, "date": "."}
        return _read(await self._send("data/msg", payload), shapes.Made).data.id

    async def permit(self) -> str:
        """Good for one issue within half an hour."""
        reply = await self._send("data/issue/@poe", {})
        # Its last part only: an address somebody else wrote is no place for our password.
        return _read(reply, shapes.Permitted).data.link.rpartition("/")[2]

    async def make(self, permit: str, *, title: str, message: str, keyword: str) -> bool:
        """False when the permit was used up by an earlier attempt."""
        payload = {"title": title, "messages": [message], "keyword": [keyword]}
        reply = await self._send(f"data/issue/@poe/{permit}", payload, creates=True)
        if spent_permit(reply[0], reply[2]):
            return False
        _read(reply, shapes.Made, creates=True)
        return True

    async def _search(self, kind: str, query: Mapping[str, str]) -> tuple[shapes.Item, ...]:
        reply = await self._exchange("GET", f"data/{kind}", creates=False, params=query)
        return _read(reply, shapes.Search).data.collection

    async def _send(self, path: str, payload: Mapping[str, Any], *, creates: bool = False) -> Reply:
        return await self._exchange("POST", path, creates=creates, json=payload)

    async def _exchange(self, method: str, path: str, *, creates: bool, **content: Any) -> Reply:
        try:
            async with self._session.request(
                method,
                f"{self._address}rest/{path}",
                headers=self._headers,
                timeout=self._timeout,
                allow_redirects=False,
                **content,
            ) as response:
                return response.status, response.headers, await response.read()
        except InvalidURL as error:
            raise Misconfigured(("ROUNDUP_API_URL is no address.",)) from error
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise Unavailable(PARTY, "cannot be reached") from error
        except TimeoutError as error:
            raise Unavailable(PARTY, "no answer in time", unknown_outcome=creates) from error
        except ClientError as error:
            reason = f"connection lost ({type(error).__name__})"
            raise Unavailable(PARTY, reason, unknown_outcome=creates) from error


def _read(reply: Reply, shape: type[T], *, creates: bool = False) -> T:
    status, headers, body = reply
    if problem := trouble(status, headers, creates=creates):
        raise problem
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        reason = f"answered {status} with something else than its JSON"
        raise Unavailable(PARTY, reason, unknown_outcome=creates) from error
