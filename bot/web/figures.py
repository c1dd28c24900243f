"""`/metrics`: what is counted as it happens, and how the house stands at the moment of asking.

A label's value is a name from our own lists, never anything from outside: what people said or are
called must not get here, and each further value is a curve that somebody has to keep.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator

import structlog
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from starlette.requests import Request
from starlette.responses import Response

from bot.errors import Misconfigured, Unavailable
from bot.model.figures import HouseFigures

log = structlog.get_logger(__name__)

Look = Callable[[], Awaitable[HouseFigures]]
Lines = Callable[[], tuple[int, int]]
"""How many web sockets to Slack hear, and how many should."""


class Figures:
    """`house` may raise `Unavailable` or `Misconfigured` or take long: the figures of the process
    are told anyway. Only a defect of ours, such as a wrong statement, is an error of the page.

    `registry` is the process's own, `lines` is None where Slack speaks to us over HTTP.
    """

    def __init__(
        self,
        house: Look,
        *,
        lines: Lines | None = None,
        registry: CollectorRegistry = REGISTRY,
        patience: float = 2.0,
    ) -> None:
        self._house, self._lines = house, lines
        self._registry, self._patience = registry, patience

    async def page(self, _request: Request) -> Response:
        now = CollectorRegistry()
        now.register(_Once([*await self._of_house(), *_of_lines(self._lines)]))
        text = generate_latest(self._registry) + generate_latest(now)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    async def _of_house(self) -> list[Metric]:
        try:
            house = await asyncio.wait_for(self._house(), self._patience)
        except (Unavailable, Misconfigured, TimeoutError) as away:
            log.warning("metrics.database_away", error=type(away).__name__)
            return [_gauge("usher_database_up", "1 while the database answers.", 0)]
        return [_gauge("usher_database_up", "1 while the database answers.", 1), *_shown(house)]


class _Once:
    """What was looked at already, in the shape in which the library asks for it."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = tuple(families)

    def collect(self) -> Iterator[Metric]:
        yield from self._families


def _shown(house: HouseFigures) -> Iterator[Metric]:
    rows = GaugeMetricFamily(
        "usher_deliveries",
        "What has yet to be made true outside: waiting (retrying among them, tried in vain "
        "before), or stuck until somebody looks.",
        labels=("kind", "state"),
    )
    oldest = GaugeMetricFamily(
        "usher_deliveries_oldest_waiting_seconds",
        "How long the longest due one waits for its turn.",
        labels=("kind",),
    )
    for box in house.outboxes:
        rows.add_metric((box.kind.value, "waiting"), box.waiting)
        rows.add_metric((box.kind.value, "retrying"), box.retrying)
        rows.add_metric((box.kind.value, "stuck"), box.stuck)
        oldest.add_metric((box.kind.value,), box.oldest_seconds)
    yield rows
    yield oldest
    yield _gauge("usher_storms_raging", "Channels whose cases stand on one card.", house.storms)
    yield _gauge("usher_audit_newest_line", "The record's newest number.", house.newest_line)


def _of_lines(lines: Lines | None) -> Iterator[Metric]:
    if lines is None:
        return
    hear, wanted = lines()
    yield _gauge("usher_slack_connections", "Web sockets to Slack that hear.", hear)
    yield _gauge("usher_slack_connections_wanted", "Web sockets that should hear.", wanted)


def _gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_, value=value)
