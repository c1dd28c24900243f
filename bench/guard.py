"""The guard: how quick, how sharp, how hard to deceive, beside Presidio's patterns.

Times are the processor's, not the clock's, since others work on the same cores. What is found
counts where it overlaps the label; of the kinds, only the six that labelled sets share.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from time import thread_time

from bench.floors import in_turns
from bench.guard_data import KINDS, Labelled, clean_texts, labelled, mixed_texts
from bench.report import AT_LEAST, AT_MOST, Figure
from bot.compliance import Guard
from tests.compliance.disguises import MEASURED, Disguise

CLEAN_PER_S, MIXED_PER_S = 50_000, 20_000
TIMES_PRESIDIO = 50
RECALL, PRECISION, DISGUISED, FALSE_ALARMS = 0.90, 0.95, 0.85, 0.005
LONG, LONG_MS = 10_000, 50
TURNS = 15
PEER_TEXTS = 100

PEER = Path(os.environ.get("PEERS", ".venv/peers")) / "bin" / "python"
"""`make bench` makes it; where it is not there, the figure beside it is left out and said so."""

CARRIER = "Hello, my details are {} as I wrote, thanks."
LONG_TEXTS = (
    "I waited since Tuesday for an answer about my claim, case 481195160, and nobody called. ",
    "4111 1111 1111 1111 a@b.co +49 171 1234567 531-21-7351 98.85.59.159 ",
    "policy no 12 345 at 10.05. 2024, 0171 1234567, ssn 123456780 ",
    "D E 8 9 ",
    "1\n",
)


async def guard_texts_per_s() -> Sequence[Figure]:
    guard = Guard()
    clean, mixed = clean_texts(), mixed_texts()
    figures = [
        await _quick("guard_texts_per_s (clean)", guard, clean, CLEAN_PER_S),
        await _quick("guard_texts_per_s (5 % planted)", guard, mixed, MIXED_PER_S),
        _long(guard),
    ]
    if PEER.exists():
        figures.append(await _beside_presidio(guard, mixed))
    else:
        print(f"Presidio is not at {PEER}: guard_vs_presidio is left out. `make bench` brings it.")
    return figures


async def guard_finds() -> Sequence[Figure]:
    guard = Guard()
    samples = labelled()
    alarms = sum(bool(guard.spans(text)) for text in clean_texts()) / len(clean_texts())
    found, gold, wrong = _counted(guard, samples)
    return [
        Figure("guard_recall", found / gold, "of labels", RECALL, AT_LEAST, 1),
        Figure("guard_precision", 1 - wrong / (found + wrong), "of finds", PRECISION, AT_LEAST, 1),
        *(_disguised(guard, samples, name) for name in MEASURED),
        Figure("guard_false_alarms", alarms, "of clean texts", FALSE_ALARMS, AT_MOST, 1),
    ]


async def _quick(name: str, guard: Guard, texts: Sequence[str], floor: float) -> Figure:
    async def ours() -> float:
        return len(texts) / _seconds(guard.mask, texts)

    async def promised() -> float:
        return floor

    value, _ = await in_turns(ours, promised, turns=TURNS)
    return Figure(name, value, "texts/s", floor, AT_LEAST, 1)


async def _beside_presidio(guard: Guard, texts: Sequence[str]) -> Figure:
    async with _presidio() as seconds:
        sample = texts[:PEER_TEXTS]

        async def ours() -> float:
            return len(texts) / _seconds(guard.mask, texts)

        async def theirs() -> float:
            return len(sample) / await seconds(sample)

        value, floor = await in_turns(ours, theirs, turns=TURNS)
    return Figure("guard_vs_presidio", value, "texts/s", floor, AT_LEAST, TIMES_PRESIDIO)


@asynccontextmanager
async def _presidio() -> AsyncIterator[Callable[[Sequence[str]], "asyncio.Future[float]"]]:
    process = await asyncio.create_subprocess_exec(
        PEER, Path(__file__).with_name("guard_peer.py"),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    hears, says = process.stdin, process.stdout

    async def seconds(texts: Sequence[str]) -> float:
        hears.write(json.dumps(list(texts)).encode() + b"\n")
        return float(await says.readline())

    try:
        yield lambda texts: asyncio.ensure_future(seconds(texts))
    finally:
        hears.close()
        await process.wait()


def _long(guard: Guard) -> Figure:
    def worst() -> float:
        texts = [(piece * LONG)[:LONG] for piece in LONG_TEXTS]
        return max(_seconds(guard.mask, [text]) for text in texts)

    return Figure(
        "guard_10k_ms", median(worst() for _ in range(5)) * 1000, "ms", LONG_MS, AT_MOST, 1
    )


def _counted(guard: Guard, samples: Sequence[Labelled]) -> tuple[int, int, int]:
    """Labels that were found as what they are, labels, and finds that are no label."""
    found = gold = wrong = 0
    for sample in samples:
        spans = [span for span in guard.spans(sample.text) if span.kind in KINDS.values()]
        gold += len(sample.gold)
        for start, end, kind in sample.gold:
            found += any(s.start < end and s.end > start and s.kind == kind for s in spans)
        wrong += sum(
            not any(span.start < end and span.end > start for start, end, _ in sample.gold)
            for span in spans
        )
    return found, gold, wrong


def _disguised(guard: Guard, samples: Sequence[Labelled], name: str) -> Figure:
    """As any of the six: a telephone number with dots may look like an address of a machine."""
    disguise: Disguise = MEASURED[name]
    values = [sample.text[start:end] for sample in samples for start, end, _ in sample.gold]
    found = 0
    for value in values:
        kinds = {span.kind for span in guard.spans(CARRIER.format(disguise(value)))}
        found += not kinds.isdisjoint(KINDS.values())
    share = found / len(values)
    return Figure(f"guard_recall ({name})", share, "of labels", DISGUISED, AT_LEAST, 1)


def _seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    start = thread_time()
    for text in texts:
        work(text)
    return thread_time() - start
