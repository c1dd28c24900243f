"""X as a network: mentions by polling, people by handle, and pages where a person answers.

X shows some posts late and gives them older ids than what it showed before. Ids hold the time they
were made at, so each poll asks again for the last `overlap_seconds`; the kitchen drops what it has.
"""

import re
from dataclasses import replace
from typing import Annotated, Self
from urllib.parse import quote, urlencode

from aiohttp import ClientSession
from oauthlib.oauth1 import Client as Signer
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.errors import Misconfigured
from bot.model.cleared import Cleared
from bot.model.clock import Clock
from bot.model.credentials import Credentials
from bot.model.mention import Author, Batch
from bot.model.reply import Sending, Sent, Way
from bot.networks.x_client import Naming, XClient
from bot.networks.x_length import LIMIT, weighted_length
from bot.networks.x_payload import Page, read_page, read_user
from bot.networks.x_reader import Reader
from bot.networks.x_sending import XSending

HANDLE = re.compile(r"@?([A-Za-z0-9_]{1,15})")
POST_ID = re.compile(r"[0-9]{1,19}")
SNOWFLAKE_SHIFT = 22
"""The lower bits of an id count posts within one millisecond."""
REACH = 800
"""How many posts X's mentions reach back: more pages than these fill are a token in circles."""

OUR_ACCOUNT = ("API_KEY", "API_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET")
"""What X asks of who writes as an account of its own (OAuth 1.0a); without them nothing is sent."""


def _without_at(handle: object) -> object:
    return handle.removeprefix("@") if isinstance(handle, str) else handle


class XSettings(BaseModel):
    """`networks.x` of app.yaml. X_BEARER_TOKEN, the keys of our account (X_API_KEY …) where Usher
    may send for us, and X_API_URL if not X's own, stand outside."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    account_id: Annotated[
        str,
        Field(
            coerce_numbers_to_str=True,
            pattern=r"^[0-9]{1,19}$",
            description="the account's number, digits only",
        ),
    ]
    handle: Annotated[
        str,
        BeforeValidator(_without_at),
        Field(
            pattern=r"^[A-Za-z0-9_]{1,15}$",
            description='the account\'s name on X: up to 15 letters, digits and "_", such as acme',
        ),
    ]
    poll_seconds: Annotated[float, Field(ge=1, le=3600)] = 15
    overlap_seconds: Annotated[float, Field(ge=0, le=86_400)] = 120
    page_size: Annotated[int, Field(ge=5, le=100)] = 100
    """The first run brings one page only: it is also how much of the past it begins with."""
    naming: Naming = "tweet"
    """X renames its parameters (tweet.fields → post.fields); answers are read in both namings."""
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 20
    privacy_url: Annotated[
        str,
        Field(
            pattern=r"^(https://[^\s]{3,200})?$",
            description="the page of your privacy notice, beginning with https://",
        ),
    ] = ""
    """X asks for it in every direct message: without it Usher sends none."""


class X:
    name = "x"
    title = "X"
    length_limit = LIMIT

    def __init__(self, settings: XSettings, client: XClient, *, sends: bool = False) -> None:
        self.poll_seconds = settings.poll_seconds
        self._settings = settings
        self._client = client
        self._reader = Reader(self.name, account_id=settings.account_id, handle=settings.handle)
        self._sending = XSending(
            client,
            account_id=settings.account_id,
            handle=settings.handle,
            allowed=sends,
            privacy_url=settings.privacy_url,
        )

    @classmethod
    def make(
        cls, settings: XSettings, credentials: Credentials, session: ClientSession, clock: Clock
    ) -> Self:
        token = credentials("BEARER_TOKEN")
        if not token:
            raise Misconfigured(
                ("X_BEARER_TOKEN is not set: put your X app's bearer token there.",)
            )
        base_url = credentials("API_URL") or "https://api.x.com"
        if not base_url.startswith(("https://", "http://")):
            raise Misconfigured(("X_API_URL must begin with https://: leave it out for X's own.",))
        signer = _signer(credentials)
        client = XClient(
            base_url=base_url,
            bearer_token=token,
            session=session,
            clock=clock,
            naming=settings.naming,
            timeout_seconds=settings.timeout_seconds,
            signer=signer,
        )
        return cls(settings, client, sends=signer is not None)

    @property
    def ways(self) -> tuple[Way, ...]:
        return self._sending.ways

    def footer(self, way: Way) -> str:
        return self._sending.footer(way)

    def refuses_twice(self, way: Way) -> bool:
        return self._sending.refuses_twice(way)

    async def answer(self, sending: Cleared[Sending]) -> Sent:
        return await self._sending.answer(sending)

    async def find_answer(self, sending: Cleared[Sending]) -> Sent | None:
        return await self._sending.find(sending)

    async def fetch(self, cursor: str) -> Batch:
        since = self._since(cursor)
        pages: list[Page] = []
        token: str | None = None
        most = -(-REACH // self._settings.page_size) + 1
        while len(pages) < most:
            body = await self._client.mentions(
                self._settings.account_id,
                since_id=since,
                page_token=token,
                page_size=self._settings.page_size,
            )
            pages.append(read_page(body, account_id=self._settings.account_id))
            token = pages[-1].next_token
            if not token or since is None:
                break
        batch = self._reader.batch(pages, cursor=cursor)
        # What stands on a page nobody read is asked for again: the position stays before it.
        return replace(batch, cursor=cursor) if token and since else batch

    async def check(self) -> None:
        settings = self._settings
        found = read_user(await self._client.user(settings.handle))
        if found is None or found.id != settings.account_id:
            whose = f"is account {found.id}" if found else "is nobody's handle"
            problem = (
                f"On X @{settings.handle} {whose}, not account {settings.account_id}:"
                " put right handle and account_id under networks.x in app.yaml."
            )
            raise Misconfigured((problem,))

    async def find(self, handle: str) -> Author | None:
        plain = self.clean_handle(handle)
        if plain is None:
            return None
        user = read_user(await self._client.user(plain))
        return Author(self.name, user.id, user.username, user.name) if user else None

    def clean_handle(self, text: str) -> str | None:
        found = HANDLE.fullmatch(text.strip())
        return found.group(1) if found else None

    def is_ours(self, handle: str) -> bool:
        return handle.lower() == self._settings.handle.lower()

    def length(self, text: str) -> int:
        return weighted_length(text)

    def profile_url(self, handle: str) -> str:
        return f"https://x.com/{quote(handle, safe='')}"

    def answer_url(self, external_id: str, text: str) -> str:
        query = urlencode({"in_reply_to": external_id, "text": text}, quote_via=quote)
        return f"https://x.com/intent/post?{query}"

    async def close(self) -> None:
        """Nothing of ours is open: the session belongs to the application."""

    def _since(self, cursor: str) -> str | None:
        if not cursor:
            return None
        if not POST_ID.fullmatch(cursor):
            raise Misconfigured(("The kept position in X is no post id: clear it to begin anew.",))
        overlap = int(self._settings.overlap_seconds * 1000) << SNOWFLAKE_SHIFT
        return str(max(1, int(cursor) - overlap))


def _signer(credentials: Credentials) -> Signer | None:
    """All four or none: a half set of keys is a slip, not a wish to send nothing."""
    keys = {name: credentials(name) for name in OUR_ACCOUNT}
    missing = [f"X_{name}" for name, value in keys.items() if not value]
    if len(missing) == len(keys):
        return None
    if missing:
        raise Misconfigured(
            tuple(f"{name} is not set: the other keys of our account are." for name in missing)
        )
    return Signer(*keys.values())
