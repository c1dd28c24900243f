"""`make soak`: a real process at fifty commands a second for half an hour; is its memory flat?

Not a figure of `make bench`, and not in CI: it takes as long as it says. `ARGS=2` makes it two
minutes, which shows that it works and little else.
"""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import count, cycle
from pathlib import Path
from statistics import median
from time import monotonic

from rich.console import Console
from rich.progress import track

from bot.manual import manifest_for
from bot.sandbox.driver import Heard
from bot.sandbox.server import Sandbox
from tests.faults.process import Program, bot_running
from tests.running import write_home

MINUTES, PER_SECOND, LOOKS = 30.0, 50, 60
GROWTH = 1.05
"""Of the last fifth over the second one: the first fills caches and pools."""
SAID = (
    "/case {}",
    "/case mine",
    "/case open",
    "/case note {} seen",
    "/case find refund",
    "/claim {}",
)


async def soak(minutes: float, console: Console) -> int:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_home(home)
        async with (
            Sandbox(manifest=manifest_for(""), tier_burst=10_000.0) as sandbox,
            bot_running(home, sandbox, f"sqlite:///{home / 'usher.db'}") as bot,
        ):
            resident, answered, lost = await _under_load(sandbox, bot, minutes)
    fifth = max(1, len(resident) // 5)
    before, after = median(resident[fifth : 2 * fifth]), median(resident[-fifth:])
    console.print(
        f"{answered} commands answered, {lost} not; resident memory {before / 1024:.0f} MiB at "
        f"first, {after / 1024:.0f} MiB at last ({after / before:.3f}, at most {GROWTH})."
    )
    return 0 if after / before <= GROWTH and lost == 0 else 1


async def _under_load(sandbox: Sandbox, bot: Program, minutes: float) -> tuple[list[int], int, int]:
    """Kibibytes at each look, and how many commands were answered and how many were not."""
    heard = [0, 0]
    numbers, people = count(), [sandbox.person(name) for name in ("anna", "ben", "cora")]

    async def one(command: str) -> None:
        number = next(numbers)
        said = await people[number % len(people)].types(command.format(number % 200 + 1))
        failed = isinstance(said, Heard) and said.failed
        heard[failed] += 1

    await sandbox.x.posts("jane", "@acme refund now")
    resident: list[int] = []
    commands, under_way = cycle(SAID), set[asyncio.Task[None]]()
    for _ in track(range(LOOKS), description="soaking"):
        end = monotonic() + minutes * 60 / LOOKS
        while monotonic() < end:
            task = asyncio.create_task(one(next(commands)))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            await asyncio.sleep(1 / PER_SECOND)
        resident.append(_resident(bot.process.pid))
    await asyncio.gather(*under_way)
    return resident, heard[0], heard[1]


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
