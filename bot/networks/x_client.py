"""tweepy's client over our own session: where requests leave for X and its failures end.

tweepy has the host written in, opens a session for each call, sets no time-out and stumbles over
error pages in HTML. All of its calls pass one method, `request`, which this overrides.
"""

from collections.abc import Mapping
from typing import Any, Literal

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, InvalidURL
from tweepy.asynchronous import AsyncClient

from bot.errors import Misconfigured, Unavailable
from bot.model.clock import Clock
from bot.networks.x_errors import PARTY, Window, trouble, used_up, window_of

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
    ) -> None:
        # With this return type tweepy hands on what `request` gives, unread.
        super().__init__(bearer_token, return_type=ClientResponse, wait_on_rate_limit=False)
        self.session = session
        self.windows: dict[str, Window | None] = {}
        self._base_url = base_url.rstrip("/")
        self._clock = clock
        self._naming = naming
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

    async def request(
        self,
        method: str,
        route: str,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        user_auth: bool = False,  # noqa: ARG002  # tweepy passes it; we read as the app, not as a user
    ) -> bytes:
        endpoint = route.rpartition("/")[0]
        if refused := used_up(self.windows.get(endpoint), now=self._clock()):
            raise refused
        try:
            response, body = await self._exchange(method, route, params=params, json=json)
        except InvalidURL as error:
            raise Misconfigured(("X_API_URL is no address: leave it out for X's own.",)) from error
        except TimeoutError as error:
            raise Unavailable(PARTY, "did not answer in time") from error
        except ClientError as error:
            raise Unavailable(PARTY, f"connection failed ({type(error).__name__})") from error
        window = self.windows[endpoint] = window_of(response.headers)
        if problem := trouble(response.status, window, now=self._clock()):
            raise problem
        return body

    async def _exchange(
        self, method: str, route: str, *, params: Mapping[str, str] | None, json: Any
    ) -> tuple[ClientResponse, bytes]:
        session: ClientSession = self.session
        async with session.request(
            method,
            self._base_url + route,
            params=params,
            json=json,
            headers={"Authorization": f"Bearer {self.bearer_token}", "User-Agent": self.user_agent},
            timeout=self._timeout,
            # A redirect would take the bearer token somewhere nobody configured.
            allow_redirects=False,
        ) as response:
            return response, await response.read()
