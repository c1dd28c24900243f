"""The networks Usher listens to: one line each. A new one is its own file and its line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aiohttp import ClientSession
from pydantic import BaseModel

from bot.model.clock import Clock
from bot.model.credentials import Credentials
from bot.networks.base import Network
from bot.networks.x import X, XSettings

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class NetworkKind(Generic[S]):
    """`settings` reads the section `networks.<name>` of app.yaml; `make` may raise Misconfigured.

    The session is shared: it belongs to the application, and `close` leaves it open.
    """

    settings: type[S]
    make: Callable[[S, Credentials, ClientSession, Clock], Network]


NETWORKS: dict[str, NetworkKind[Any]] = {
    "x": NetworkKind(XSettings, X.make),
}
