"""tweepy's client over our own session: where requests leave for X and its failures end.

tweepy has the host written in, opens a session for each call, sets no time-out and stumbles over
error pages in HTML. All of its calls pass one method, `request`, which this overrides.
"""

import re
from collections.abc import Mapping
from typing import Any, Literal

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    InvalidURL,
)
from oauthlib.oauth1 import Client as Signer
from tweepy.asynchronous import AsyncClient
from yarl import URL

from bot.errors import Misconfigured, Unavailable
from bot.model.clock import Clock
from bot.networks.x_errors import PARTY, Window, denied, trouble, used_up, window_of

Naming = Literal["tweet", "post"]
FIELDS = "author_id,conversation_id,created_at,entities,lang"
MENTIONS_PARAMETERS = (
    "expansions",
    "max_results",
    "pagination_token",
    "post.fields",
    "since_id",
    "tweet.fields",
)
TIMELINE_PARAMETERS = (
    "max_results",
    "pagination_token",
    "post.fields",
    "start_time",
    "tweet.fields",
)
ONE_OF_MANY = re.compile(r"(?<=/)[0-9]+(?=/|$)|(?<=/by/username/)[^/]+")


class XClient(AsyncClient):  # type: ignore[misc]  # tweepy publishes no types
    """Each call gives X's own bytes, or raises Unavailable or Misconfigured."""

    def __init__(
        self,
        *,
        base_url: str,
        bearer_token: str,
        session: ClientSession,
        clock: Clock,
        naming: Naming,
        timeout_seconds: float,
        signer: Signer | None = None,
    ) -> None:
        # With this return type tweepy hands on what `request` gives, unread.
        super().__init__(bearer_token, return_type=ClientResponse, wait_on_rate_limit=False)
        self.session = session
        self.windows: dict[str, Window | None] = {}
        self._base_url = base_url.rstrip("/")
        self._clock = clock
        self._naming = naming
        self._signer = signer
        self._timeout = ClientTimeout(total=timeout_seconds)

    async def mentions(
        self, account_id: str, *, since_id: str | None, page_token: str | None, page_size: int
    ) -> bytes:
        naming = self._naming
        params = {
            "expansions": "author_id",
            "max_results": page_size,
            "pagination_token": page_token,
            f"{naming}_fields": f"{FIELDS},note_{naming},referenced_{naming}s",
            "since_id": since_id,
        }
        # Not tweepy's get_users_mentions: that knows the older naming only.
        body: bytes = await self._make_request(
            "GET",
            f"/2/users/{account_id}/mentions",
            params=params,
            endpoint_parameters=MENTIONS_PARAMETERS,
        )
        return body

    async def user(self, handle: str) -> bytes:
        body: bytes = await self.get_user(username=handle)
        return body

    async def own_posts(self, account_id: str, *, start_time: str, page_token: str | None) -> bytes:
        naming = self._naming
        params = {
            "max_results": 100,
            "pagination_token": page_token,
            f"{naming}_fields": f"author_id,created_at,note_{naming},referenced_{naming}s",
            "start_time": start_time,
        }
        body: bytes = await self._make_request(
            "GET",
            f"/2/users/{account_id}/tweets",
            params=params,
            endpoint_parameters=TIMELINE_PARAMETERS,
        )
        return body

    async def reply(self, post_id: str, text: str) -> bytes:
        body: bytes = await self.create_tweet(in_reply_to_tweet_id=post_id, text=text)
        return body

    async def write_to(self, user_id: str, text: str) -> bytes:
        body: bytes = await self.create_direct_message(participant_id=user_id, text=text)
        return body

    async def written_to(self, user_id: str) -> bytes:
        body: bytes = await self.get_direct_message_events(
            participant_id=user_id,
            event_types="MessageCreate",
            dm_event_fields="created_at,dm_conversation_id,sender_id,text",
            max_results=100,
        )
        return body

    async def request(
        self,
        method: str,
        route: str,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        user_auth: bool = False,
    ) -> bytes:
        """`user_auth`: as the organisation's own account, not as the app."""
        endpoint = f"{method} {ONE_OF_MANY.sub('*', route)}"
        writes = method == "POST"
        if refused := used_up(self.windows.get(endpoint), now=self._clock()):
            raise refused
        url = URL(self._base_url + route).update_query(sorted((params or {}).items()))
        try:
            headers = self._headers(method, url, as_account=user_auth)
            response, body = await self._exchange(method, url, headers=headers, json=json)
        except InvalidURL as error:
            raise Misconfigured(("X_API_URL is no address: leave it out for X's own.",)) from error
        except ClientConnectorError as error:
            raise Unavailable(PARTY, f"connection failed ({type(error).__name__})") from error
        except TimeoutError as error:
            raise Unavailable(PARTY, "did not answer in time", unknown_outcome=writes) from error
        except ClientError as error:
            reason = f"connection failed ({type(error).__name__})"
            raise Unavailable(PARTY, reason, unknown_outcome=writes) from error
        window = self.windows[endpoint] = window_of(response.headers)
        if no := denied(response.status, body, as_account=user_auth):
            raise no
        if problem := trouble(response.status, window, now=self._clock(), writes=writes):
            raise problem
        return body

    def _headers(self, method: str, url: URL, *, as_account: bool) -> dict[str, str]:
        headers = {"User-Agent": self.user_agent}
        if not as_account:
            return headers | {"Authorization": f"Bearer {self.bearer_token}"}
        if self._signer is None:
            raise Misconfigured(("X_API_KEY and the keys beside it are not set.",))
        # Signed is the address as it is really called, which need not be X's own.
        _, signed, _ = self._signer.sign(str(url), method, headers=headers)
        return {str(name): str(value) for name, value in signed.items()}

    async def _exchange(
        self, method: str, url: URL, *, headers: Mapping[str, str], json: Any
    ) -> tuple[ClientResponse, bytes]:
        session: ClientSession = self.session
        async with session.request(
            method,
            url,
            json=json,
            headers=headers,
            timeout=self._timeout,
            # A redirect would take the credentials somewhere nobody configured.
            allow_redirects=False,
        ) as response:
            return response, await response.read()
