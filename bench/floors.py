"""How a figure and its floor are taken: in many short turns, and the turn with the median ratio.

A floor is the same work with nothing of ours around it, so that a slow machine slows both. Short,
because what else the machine does comes and goes: both halves of one turn meet the same of it.
"""

from collections.abc import Awaitable, Callable
from statistics import median_low, quantiles
from time import perf_counter

Round = Callable[[], Awaitable[float]]
"""One repeat; gives what it measured, in the figure's unit."""


async def in_turns(ours: Round, floor: Round, *, turns: int = 15) -> tuple[float, float]:
    """Ours and the floor of one turn. The first of each warms up and does not count."""
    await floor()
    await ours()
    pairs = [(await ours(), await floor()) for _ in range(turns)]
    ratios = {value / bare: (value, bare) for value, bare in pairs}
    return ratios[median_low(value / bare for value, bare in pairs)]


async def seconds(work: Callable[[], Awaitable[object]]) -> float:
    start = perf_counter()
    await work()
    return perf_counter() - start


def p99(values: list[float]) -> float:
    """The 99th percentile; of fewer than a hundred values the largest but interpolated."""
    return quantiles(values, n=100, method="inclusive")[98]
