"""How a figure and its floor are taken: in turns, several times, and the median of each.

A floor is the same work with nothing of ours around it, so that a slow machine slows both.
"""

from collections.abc import Awaitable, Callable
from statistics import median, quantiles
from time import perf_counter

Round = Callable[[], Awaitable[float]]
"""One repeat; gives what it measured, in the figure's unit."""


async def in_turns(ours: Round, floor: Round, *, repeats: int = 5) -> tuple[float, float]:
    """The medians of both. The first round of each warms up and does not count."""
    await floor()
    await ours()
    pairs = [(await ours(), await floor()) for _ in range(repeats)]
    return median(value for value, _ in pairs), median(bare for _, bare in pairs)


async def seconds(work: Callable[[], Awaitable[object]]) -> float:
    start = perf_counter()
    await work()
    return perf_counter() - start


def p99(values: list[float]) -> float:
    """The 99th percentile; of fewer than a hundred values the largest but interpolated."""
    return quantiles(values, n=100, method="inclusive")[98]
