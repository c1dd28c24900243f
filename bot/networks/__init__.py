"""The networks Usher listens to: one line each. A new one is its own file and its line here."""

from typing import Any

from bot.model.connector import Connector
from bot.networks.base import Network
from bot.networks.x import X, XSettings

NETWORKS: dict[str, Connector[Any, Network]] = {
    "x": Connector(XSettings, X.make),
}
