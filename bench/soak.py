"""`make soak`: a real process at fifty commands a second for half an hour; is its memory flat?

Not a figure of `make bench`, and not in CI: it takes as long as it says. `ARGS=2` makes it two
minutes, which shows that it works and little else. What is measured is Usher's process alone;
the sandbox and the people are this one.
"""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median
from time import monotonic

from rich.console import Console
from rich.progress import track

from bench.floors import p99
from bot.manual import manifest_for
from bot.sandbox.driver import Person, View
from bot.sandbox.server import Sandbox
from bot.sandbox.slash import SlashCommands
from tests.faults.process import Program, bot_running
from tests.running import write_home

MINUTES, PER_SECOND, LOOKS, CASES = 30.0, 50, 60, 200
MOST_WAITING = 50
"""People who wait for an answer type nothing: a house too slow for the rate shows a lower one."""
GROWTH, RATE = 1.05, 0.9
"""Of the last fifth over the second one: the first fills caches and pools. And of PER_SECOND."""
SAID = (
    "/case {}",
    "/case mine",
    "/claim {}",
    "/case open",
    "/case note {} seen",
    "/case find refund",
    "/case release {}",
)
"""A number of words that has no divisor with the number of people or of cases: all meet all."""


@dataclass(slots=True)
class Seen:
    """`resident` in kibibytes, one for each look; `took` in seconds, one for each answer."""

    asked: int = 0
    resident: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def growth(self) -> float:
        fifth = max(1, len(self.resident) // 5)
        return median(self.resident[-fifth:]) / median(self.resident[fifth : 2 * fifth])

    @property
    def held(self) -> bool:
        enough = len(self.took) / self.seconds >= RATE * PER_SECOND
        return enough and self.growth <= GROWTH and len(self.took) == self.asked

    def told(self) -> str:
        lost, each = self.asked - len(self.took), max(1, len(self.resident) // 30)
        return (
            f"{len(self.took)} commands answered, {lost} not within Slack's three seconds; "
            f"{len(self.took) / self.seconds:.1f} a second (at least {RATE * PER_SECOND:g}), "
            f"half of them within {median(self.took) * 1000:.0f} ms, 99 of 100 within "
            f"{p99(self.took) * 1000:.0f} ms.\n"
            f"Resident memory in MiB: {' '.join(str(kib // 1024) for kib in self.resident[::each])}"
            f"\nIts growth: {self.growth:.3f}, at most {GROWTH}."
        )


async def soak(minutes: float, console: Console) -> int:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_home(home)
        async with (
            Sandbox(manifest=manifest_for(""), tier_burst=10_000.0) as sandbox,
            bot_running(home, sandbox, f"sqlite:///{home / 'usher.db'}", forked=False) as bot,
        ):
            people = await _at_work(sandbox)
            seen = await _under_load(sandbox, people, bot, minutes)
    console.print(seen.told())
    return 0 if seen.held else 1


async def _at_work(sandbox: Sandbox) -> list[Person]:
    """Enrolled; and a case for each of as many customers is on its way."""
    people = [sandbox.person(name) for name in ("anna", "ben", "cora")]
    for person in people:
        form = await person.types("/usher enroll")
        assert isinstance(form, View), form
        await person.submits(form)
    for number in range(CASES):
        await sandbox.x.posts(f"customer_{number}", "@acme refund now")
    return people


async def _under_load(
    sandbox: Sandbox, people: Sequence[Person], bot: Program, minutes: float
) -> Seen:
    seen, waiting = Seen(), asyncio.Semaphore(MOST_WAITING)
    words, under_way = cycle(SAID), set[asyncio.Task[None]]()
    # Not as a person `types`, who looks for what is new among all that she ever heard.
    slack, channel = SlashCommands(sandbox.workspace), sandbox.workspace.channel("#care-general")

    async def one(number: int) -> None:
        begun, who = monotonic(), people[number % len(people)].person
        shown = await slack.type(who, channel, next(words).format(number % CASES + 1))
        waiting.release()
        if not shown.failed:
            seen.took.append(monotonic() - begun)

    begun = monotonic()
    for look in track(range(1, LOOKS + 1), description="soaking"):
        while (passed := monotonic() - begun) < look * minutes * 60 / LOOKS:
            await asyncio.sleep(max(0.0, seen.asked / PER_SECOND - passed))
            await waiting.acquire()
            task = asyncio.create_task(one(seen.asked))
            seen.asked += 1
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        seen.resident.append(_resident(bot.process.pid))
        for person in people:
            # Else the sandbox, which keeps them all, slows down and takes the processor from Usher.
            sandbox.workspace.messages.forget_ephemerals(person.person.id)
    await asyncio.gather(*under_way)
    seen.seconds = monotonic() - begun
    return seen


def _resident(pid: int) -> int:
    told = subprocess.run(  # noqa: S603  a number, and the system's own program
        ["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    return int(told.stdout)


def main(arguments: Sequence[str]) -> int:
    minutes = float(arguments[0]) if arguments else MINUTES
    return asyncio.run(soak(minutes, Console()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
