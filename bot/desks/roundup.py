"""Roundup as a desk: one issue a hand-off, made once, and read back before we believe it.

Our key stands at the end of the title, `[usher-…]`: the classic tracker has no field for foreign
keys, and titles are the one text its REST interface searches. The queue is a keyword, which the
tracker's own people make, so that a misspelt queue is refused and not invented.
"""

import asyncio
from typing import Annotated, Self

from aiohttp import ClientSession
from pydantic import BaseModel, ConfigDict, Field

from bot.desks.roundup_client import RoundupClient
from bot.desks.roundup_errors import PARTY
from bot.desks.roundup_shapes import Item
from bot.errors import Misconfigured, Unavailable
from bot.model.cleared import Cleared
from bot.model.clock import Clock
from bot.model.credentials import Credentials
from bot.model.handoff import Ticket, TicketRequest

MOST_PERMITS = 1000
LOST_KEY = (
    "Roundup made an issue, but its title does not carry our key: a detector of the tracker"
    " changes titles. Let it leave what stands in [usher-…]."
)
LOST_QUEUE = (
    "Roundup made issue {number} without its keyword: let ROUNDUP_USER set keywords of issues."
)


class RoundupSettings(BaseModel):
    """`desks.roundup` of app.yaml; ROUNDUP_API_URL, _USER and _PASSWORD are in the environment."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    web_url: Annotated[
        str, Field(pattern=r"^(https?://.+)?$", description="an address that begins with https://")
    ] = ""
    """The tracker's own `web` address, where people open it. Empty: the same as ROUNDUP_API_URL."""
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 10


class Roundup:
    name = "roundup"

    def __init__(self, client: RoundupClient, *, web_url: str) -> None:
        self._client = client
        self._web_url = web_url
        # Permits whose use has an unknown outcome. Used again they make the issue once at most,
        # even if the first request is still under way.
        self._permits: dict[str, str] = {}

    @classmethod
    def make(
        cls,
        settings: RoundupSettings,
        credentials: Credentials,
        session: ClientSession,
        _clock: Clock,
    ) -> Self:
        address, user, password = _access(credentials)
        web_url = f"{settings.web_url.rstrip('/')}/" if settings.web_url else address
        client = RoundupClient(
            session,
            address=address,
            web_url=web_url,
            user=user,
            password=password,
            timeout_seconds=settings.timeout_seconds,
        )
        return cls(client, web_url=web_url)

    async def find(self, key: str) -> Ticket | None:
        issue = await self._issue_of(key)
        return self._ticket(issue) if issue else None

    async def create(self, request: Cleared[TicketRequest]) -> Ticket:
        wanted = request.value
        keyword = await self._client.keyword(wanted.queue)
        if keyword is None:
            problem = f"Roundup has no keyword “{wanted.queue}”: make it there, or change handoffs."
            raise Misconfigured((problem,))
        title = f"{' '.join(wanted.title.split())} {_mark(wanted.key)}"
        # A message without words breaks Roundup.
        message = await self._client.message(wanted.body if wanted.body.strip() else title)
        permit = self._permits.pop(wanted.key, None) or await self._client.permit()
        try:
            fresh = await self._client.make(permit, title=title, message=message, keyword=keyword)
        except asyncio.CancelledError:
            self._keep(wanted.key, permit)
            raise
        except Unavailable as error:
            if error.unknown_outcome:
                self._keep(wanted.key, permit)
            raise
        return await self._read_back(wanted.key, keyword, fresh=fresh)

    async def check(self) -> None:
        await self._client.issues(title="", limit=1)

    async def close(self) -> None:
        """Nothing of ours is open: the session belongs to the application."""

    async def _read_back(self, key: str, keyword: str, *, fresh: bool) -> Ticket:
        """Roundup's detectors may change or drop what they took with a friendly 201."""
        try:
            issue = await self._issue_of(key)
        except Unavailable as error:
            raise Unavailable(
                PARTY, error.reason, error.retry_after, unknown_outcome=True
            ) from error
        if issue is None and not fresh:
            reason = "an earlier attempt has not ended yet"
            raise Unavailable(PARTY, reason, unknown_outcome=True)
        if issue is None:
            raise Misconfigured((LOST_KEY,))
        if keyword not in issue.keywords:
            raise Misconfigured((LOST_QUEUE.format(number=issue.id),))
        return self._ticket(issue)

    def _keep(self, key: str, permit: str) -> None:
        self._permits[key] = permit
        if len(self._permits) > MOST_PERMITS:
            self._permits.pop(next(iter(self._permits)))

    async def _issue_of(self, key: str) -> Item | None:
        """The search finds the key inside longer ones too, and of doubles the first counts."""
        found = await self._client.issues(title=key, limit=50)
        ours = [issue for issue in found if _mark(key) in issue.title]
        return min(ours, key=lambda issue: int(issue.id), default=None)

    def _ticket(self, issue: Item) -> Ticket:
        return Ticket(issue.id, f"{self._web_url}issue{issue.id}")


def _access(credentials: Credentials) -> tuple[str, str, str]:
    """Address with a slash at its end, user, password; or all that is wrong with them."""
    address, user, password = (credentials(name) or "" for name in ("API_URL", "USER", "PASSWORD"))
    named = {"ROUNDUP_API_URL": address, "ROUNDUP_USER": user, "ROUNDUP_PASSWORD": password}
    problems = [f"{name} is not set: desks.roundup needs it." for name in named if not named[name]]
    if address and not address.startswith(("http://", "https://")):
        problems.append("ROUNDUP_API_URL must begin with https:// or http://.")
    if ":" in user:
        problems.append("ROUNDUP_USER must not have a colon in it.")
    if problems:
        raise Misconfigured(tuple(problems))
    return f"{address.rstrip('/').removesuffix('/rest')}/", user, password


def _mark(key: str) -> str:
    return f"[{key}]"
