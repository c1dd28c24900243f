"""Slack over web sockets, the way in that needs no public address: lines that follow one another.

Two lines by default, since Slack renews each every few hours and a deaf one is known only by what
the other hears. One that falls silent is closed, and another takes its place.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol

import structlog
from slack_bolt.async_app import AsyncApp

from bot.errors import Misconfigured, Unavailable
from bot.slack.app_token import token_sentence
from bot.slack.line import RENEWED, WORKING, Hearing, Line

log = structlog.get_logger(__name__)

DRAIN_SECONDS = 5.0
_FULL = (
    "Slack refuses a further connection, since this app has ten already: stop the copies of Usher "
    "that should not run. Connections that nobody holds end by themselves within some minutes."
)


class Start(Protocol):
    """`asyncio.create_task`, or one who also watches what was started."""

    def __call__(self, work: Coroutine[Any, Any, None], /, *, name: str) -> asyncio.Task[None]: ...


class SocketMode:
    """Keeps `places` lines open. `processes` is how many of us share the app's token on purpose."""

    def __init__(
        self, app: AsyncApp, app_token: str, *, places: int, processes: int, hearing: Hearing
    ) -> None:
        self._app, self._token, self._hearing = app, app_token, hearing
        self._places = range(places)
        self._processes = processes
        self._lines: dict[int, Line] = {}
        self._troubles: dict[int, str] = {}
        self._counted: tuple[int, int] = (0, 0)
        self._tried = [asyncio.Event() for _ in self._places]
        self._keepers: list[asyncio.Task[None]] = []
        self._retiring: set[asyncio.Task[None]] = set()
        self._open = True
        self._quiet_since = float("-inf")

    async def connect(self, start: Start) -> None:
        """Returns once each line was tried; one that failed is tried again later."""
        self._keepers = [start(self._keep(place), name="a line to Slack") for place in self._places]
        tried = asyncio.gather(*(each.wait() for each in self._tried))
        try:
            # A keeper that ends by itself never tries again; who watches it knows what to do.
            either: set[asyncio.Future[Any]] = {tried, *self._keepers}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            tried.cancel()

    @property
    def hearing(self) -> tuple[int, int]:
        """How many lines hear, and how many should."""
        hear = sum(line.stands and not line.doubted for line in self._lines.values())
        return hear, len(self._places)

    @property
    def crowded(self) -> bool:
        """Whether Slack counted more connections than all of us hold."""
        told, ours = self._counted
        return told > ours + len(self._places) * (self._processes - 1)

    def sentences(self) -> tuple[str, ...]:
        """What is wrong with the lines just now."""
        wrong = tuple(dict.fromkeys(self._troubles.values()))
        if not self.crowded:
            return wrong
        told, ours = self._counted
        ghosts = (
            f"Slack counts {told} connections of this app, and {ours} are mine: what people press "
            "can get lost in the others. Stop the copies of Usher that should not run; where more "
            "than one is meant to run, set USHER_PROCESSES."
        )
        return (*wrong, ghosts)

    async def close(self) -> None:
        """Takes in nothing more, lets what is under way be answered, then closes.

        What comes meanwhile gets no ack: Slack sends an event again, a person presses again.
        """
        self._open = False
        for line in self._lines.values():
            line.takes = False
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        left = [*self._retiring, *(self._retire(line) for line in self._lines.values())]
        await asyncio.gather(*left)
        self._lines.clear()

    async def _keep(self, place: int) -> None:
        """One place: whoever falls silent there is followed by a new line, later and later."""
        loop, failures = asyncio.get_running_loop(), 0
        while self._open:
            line = await self._opened(place)
            self._tried[place].set()
            if line is None:
                failures += 1
                await asyncio.sleep(self._hearing.backoff(failures))
                continue
            why = await line.end(others=self._others, crowded=lambda: self.crowded, turn=self._turn)
            log.info("slack.line_ended", reason=why)
            # One that lasted was well: only what ends again and again is waited for longer.
            lasted = loop.time() - line.since > self._hearing.longest_wait
            failures = int(why not in RENEWED) if lasted else failures + 1
            if why not in RENEWED:
                await asyncio.wait({self._retire(self._lines.pop(place))})
            await asyncio.sleep(self._hearing.backoff(failures))

    async def _opened(self, place: int) -> Line | None:
        """A new line in its place, and the old one on its way out; None where there is none yet."""
        line = Line(self._app, self._token, hearing=self._hearing, heard=self._heard)
        try:
            await line.open()
        except (Unavailable, Misconfigured) as no:
            await line.close()
            await self._refused(place, no)
            return None
        except asyncio.CancelledError:
            await line.close()
            raise
        self._followed(place, line)
        return line

    async def _refused(self, place: int, no: Unavailable | Misconfigured) -> None:
        log.warning("slack.line_refused", reason=str(no))
        self._troubles[place] = trouble_sentence(no)
        old = self._lines.get(place)
        full = isinstance(no, Unavailable) and no.reason == "too_many_websockets"
        if old is not None and (full or not old.stands):
            await asyncio.wait({self._retire(self._lines.pop(place))})

    def _followed(self, place: int, line: Line) -> None:
        """`line` stands in its place now; who stood there before still answers what it has."""
        old = self._lines.get(place)
        self._lines[place] = line
        self._troubles.pop(place, None)
        self._counted = (line.told, len(self._lines) + (old is not None) + len(self._retiring))
        for each in self._lines.values():
            each.missed = 0
        if old is not None:
            self._retire(old)

    def _retire(self, line: Line) -> asyncio.Task[None]:
        """Goes on where its keeper is cancelled meanwhile, and is waited for at the end."""
        task = asyncio.create_task(_retired(line))
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)
        return task

    def _others(self) -> int:
        return len(self._lines) - 1

    def _turn(self) -> bool:
        """One quiet line after the other, in even steps: they are never all old at one moment."""
        now = asyncio.get_running_loop().time()
        if now - self._quiet_since < self._hearing.quiet / len(self._places):
            return False
        self._quiet_since = now
        return True

    def _heard(self, by: Line) -> None:
        by.heard_at = asyncio.get_running_loop().time()
        for line in self._lines.values():
            line.missed = 0 if line is by else line.missed + 1


async def _retired(line: Line) -> None:
    await line.drain(seconds=DRAIN_SECONDS)
    await line.close()


def trouble_sentence(no: Unavailable | Misconfigured) -> str:
    if isinstance(no, Misconfigured):
        return token_sentence(no)
    if no.reason == "too_many_websockets":
        return _FULL
    return f"Slack does not open a connection to me just now ({no.reason}); I go on trying."


async def connect(
    app: AsyncApp,
    app_token: str,
    *,
    connections: int = 2,
    processes: int = 1,
    hearing: Hearing = WORKING,
    start: Start = asyncio.create_task,
) -> SocketMode:
    """After `check_token`, so that a wrong one is told at the start."""
    made = SocketMode(app, app_token, places=connections, processes=processes, hearing=hearing)
    await made.connect(start)
    return made
