"""`python -m bench`: every figure of BENCHES, or those named, into a table and build/bench.json.

A goal that is missed says so in both and ends nothing: on a noisy machine that is no defect yet.
"""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from rich.console import Console

from bench.claims import claim_50_contenders
from bench.decisions import decision_us
from bench.guard import guard_finds, guard_texts_per_s
from bench.ingest import ingest_vs_plain_rows
from bench.lookups import lookup_http_vs_floor
from bench.replays import replays
from bench.report import Figure, show, write
from bench.slashes import claim_http_vs_bare_transaction, slash_case_vs_bare_bolt
from bench.storm import storm
from bot.logs import set_up_logs

Bench = Callable[[], Awaitable[Sequence[Figure]]]

BENCHES: tuple[Bench, ...] = (
    claim_50_contenders,
    ingest_vs_plain_rows,
    lookup_http_vs_floor,
    slash_case_vs_bare_bolt,
    claim_http_vs_bare_transaction,
    storm,
    replays,
    decision_us,
    guard_texts_per_s,
    guard_finds,
)
"""One line each; a bench gives a figure for every engine it ran on."""

RESULT = Path("build/bench.json")


def main(names: Sequence[str]) -> int:
    set_up_logs(stream=io.StringIO())
    console = Console()
    known = {bench.__name__: bench for bench in BENCHES}
    if unknown := sorted(set(names) - set(known)):
        console.print(f"Not a bench: {', '.join(unknown)}. There are: {', '.join(known)}.")
        return 2
    figures: list[Figure] = []
    for name, bench in known.items():
        if not names or name in names:
            with console.status(name):
                figures += asyncio.run(_of(bench))
    show(figures, console)
    write(figures, RESULT, whole=not names)
    return 0


async def _of(bench: Bench) -> Sequence[Figure]:
    return await bench()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
