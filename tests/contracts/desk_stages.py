"""For each desk the other side of it, so that one suite can ask the same of all."""

from collections.abc import Callable
from pathlib import Path

from aiohttp import ClientSession

from bot.desks.base import Desk
from bot.desks.console import Console, ConsoleSettings
from bot.desks.roundup import Roundup, RoundupSettings
from bot.model.clock import utc_now
from tests.peers.roundup import RoundupPeer

Make = Callable[[], Desk]
"""A new connector to the same desk, as after a restart."""


def _console(folder: Path, session: ClientSession, _peer: Callable[[], RoundupPeer]) -> Make:
    settings = ConsoleSettings(file=folder / "desk" / "tickets.jsonl")
    return lambda: Console.make(settings, lambda _name: None, session, utc_now)


def _roundup(_folder: Path, session: ClientSession, peer: Callable[[], RoundupPeer]) -> Make:
    credentials = peer().credentials()
    return lambda: Roundup.make(RoundupSettings(), credentials, session, utc_now)


STAGES: dict[str, Callable[[Path, ClientSession, Callable[[], RoundupPeer]], Make]] = {
    "console": _console,
    "roundup": _roundup,
}
