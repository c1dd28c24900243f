"""The desks Usher hands cases to: one line each. A new one is its own file and its line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aiohttp import ClientSession
from pydantic import BaseModel

from bot.desks.base import Desk
from bot.desks.console import Console, ConsoleSettings
from bot.desks.roundup import Roundup, RoundupSettings
from bot.model.clock import Clock
from bot.model.credentials import Credentials

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class DeskKind(Generic[S]):
    """`settings` reads the section `desks.<name>` of app.yaml; `make` may raise Misconfigured.

    The session is shared: it belongs to the application, and `close` leaves it open.
    """

    settings: type[S]
    make: Callable[[S, Credentials, ClientSession, Clock], Desk]


DESKS: dict[str, DeskKind[Any]] = {
    "console": DeskKind(ConsoleSettings, Console.make),
    "roundup": DeskKind(RoundupSettings, Roundup.make),
}
