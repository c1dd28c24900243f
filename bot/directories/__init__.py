"""The directories Usher may ask: one line each. A new one is its own file and its line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aiohttp import ClientSession
from pydantic import BaseModel

from bot.directories.base import Directory
from bot.directories.csv_file import CsvFile, CsvFileSettings
from bot.model.clock import Clock
from bot.model.credentials import Credentials

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class DirectoryKind(Generic[S]):
    """`settings` reads `directories.<name>` of app.yaml; `make` may raise Misconfigured.

    The session is shared: it belongs to the application, and `close` leaves it open.
    """

    settings: type[S]
    make: Callable[[S, Credentials, ClientSession, Clock], Directory]


DIRECTORIES: dict[str, DirectoryKind[Any]] = {
    "csv_file": DirectoryKind(CsvFileSettings, CsvFile.make),
}
