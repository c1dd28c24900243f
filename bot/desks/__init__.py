"""The desks Usher hands cases to: one line each. A new one is its own file and its line here."""

from typing import Any

from bot.desks.base import Desk
from bot.desks.console import Console, ConsoleSettings
from bot.desks.roundup import Roundup, RoundupSettings
from bot.model.connector import Connector

DESKS: dict[str, Connector[Any, Desk]] = {
    "console": Connector(ConsoleSettings, Console.make),
    "roundup": Connector(RoundupSettings, Roundup.make),
}
