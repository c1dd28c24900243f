"""The loopback X on a port of its own, and our connector turned to it."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientSession
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.networks.x import X, XSettings
from bot.sandbox.x_api import XNetwork
from bot.sandbox.x_oauth import OUR_ACCOUNT
from tests.sandbox.served import served

NO_KEYS: Mapping[str, str] = {}
PRIVACY = "https://acme.example/privacy"


class HeldClock:
    """Stands still until told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(slots=True)
class XPeer:
    url: str
    api: XNetwork
    clock: HeldClock
    session: ClientSession

    def credentials(
        self, *, token: str | None = None, keys: Mapping[str, str] = NO_KEYS
    ) -> Callable[[str], str | None]:
        bearer = self.api.bearer if token is None else token
        ours = {name.removeprefix("X_"): value for name, value in keys.items()}
        return {"API_URL": self.url, "BEARER_TOKEN": bearer, **ours}.get

    def connector(
        self, *, token: str | None = None, keys: Mapping[str, str] = NO_KEYS, **settings: Any
    ) -> X:
        section = XSettings(**{"account_id": "1000", "handle": "acme", **settings})
        return X.make(section, self.credentials(token=token, keys=keys), self.session, self.clock)

    def sender(self, **settings: Any) -> X:
        """One that may write as @acme."""
        return self.connector(keys=OUR_ACCOUNT, privacy_url=PRIVACY, **settings)

    def ours(self) -> list[str]:
        """What @acme wrote, publicly and directly."""
        public = [each.text for each in self.api.timeline() if each.author_id == "1000"]
        return [*public, *(each.text for each in self.api.writing.messages)]


@asynccontextmanager
async def x_peer() -> AsyncIterator[XPeer]:
    clock = HeldClock()
    api = XNetwork(clock)
    app = Starlette(routes=[Mount("/x", routes=api.routes())])
    async with served(app) as address, ClientSession() as session:
        yield XPeer(f"{address}/x", api, clock, session)
