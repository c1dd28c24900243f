"""How a connector offers itself: the class that reads its settings, and what makes it from them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from aiohttp import ClientSession
from pydantic import BaseModel

from bot.model.clock import Clock
from bot.model.credentials import Credentials

S = TypeVar("S", bound=BaseModel)
Promise = TypeVar("Promise")


@dataclass(frozen=True, slots=True)
class Connector(Generic[S, Promise]):
    """`settings` reads the connector's own section of app.yaml; `make` may raise Misconfigured.

    The session is shared: it belongs to the application, and `close` leaves it open.
    """

    settings: type[S]
    make: Callable[[S, Credentials, ClientSession, Clock], Promise]
