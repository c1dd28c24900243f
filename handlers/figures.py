"""What is counted of visits, under our own names alone: nothing a person typed, nor who it was."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from prometheus_client import Counter, Histogram

from bot.errors import Misconfigured, Unavailable
from bot.model.visit import Answer

VISITS = Counter(
    "usher_visits",
    "Commands, presses, forms and events of colleagues, by what was asked and how it ended: "
    "done, refused, repeated (delivered twice), unavailable (Slack, the database or a network was "
    "away or took too long), failed (a defect).",
    ("what", "outcome"),
)
SECONDS = Histogram(
    "usher_visit_seconds",
    "From a visit to its answer; after 1.7 seconds the person is told that it takes longer.",
    ("what",),
    buckets=(0.05, 0.1, 0.25, 0.5, 1.0, 1.7, 3.0, 10.0),
)


@dataclass(slots=True)
class Visited:
    outcome: str = "failed"

    def answered(self, answer: Answer) -> Answer:
        self.outcome = "refused" if answer.refused else "done"
        if answer.repeated:
            self.outcome = "repeated"
        return answer


@contextmanager
def visited(what: str) -> Iterator[Visited]:
    """Whatever is raised inside is counted and goes on."""
    visit, began = Visited(), perf_counter()
    try:
        yield visit
    except (Unavailable, Misconfigured, asyncio.CancelledError):
        # Cancelled is a courier who is called home; the event is told again then.
        visit.outcome = "unavailable"
        raise
    finally:
        VISITS.labels(what, visit.outcome).inc()
        SECONDS.labels(what).observe(perf_counter() - began)
