"""What may be written in a log: our own event names and listed fields, nothing a person said.

Libraries log whatever passes through them, customers' words included. Of their lines only the
logger, the place and the kind of error are kept, and only from a warning on.

A line that cannot be written is lost and counted: work never waits for its own log, nor ends by it.
"""

import io
import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import orjson
import structlog
from prometheus_client import Counter

FIELDS = frozenset({
    "attempts", "case_id", "cause", "channel", "command", "count", "decision", "delivery", "desk",
    "directory", "effect", "engine", "error", "event", "handoff_id", "host", "job", "kind", "late",
    "level", "logger", "method", "ms", "network", "opened", "party", "places", "port", "profile",
    "queue", "reason", "received", "reference", "route", "rule", "seconds", "set_aside", "status",
    "subject", "threaded", "timestamp", "trace", "version", "what",
})  # fmt: skip
"""`reason` is what we wrote into a `Refusal` or `Unavailable`, never a body or a value."""

LONGEST = 300
PERSON = re.compile(r"\b(?:[ET][A-Z0-9]+:)?[UW](?=[A-Z]*[0-9])[A-Z0-9]{4,}\b")
"""Slack's id of a colleague, or our key of one: a delivery's subject, or in a reason of Slack's."""

LOST = Counter("usher_log_lines_lost", "Lines of the log that could not be written.")
Event = MutableMapping[str, Any]


class Steady(io.TextIOBase):
    """A stream that takes everything, though its pipe were closed or its disk full."""

    def __init__(self, stream: TextIO | None) -> None:
        """None is what Python has for a stream that was closed before it began."""
        self._stream = stream

    def write(self, text: str) -> int:
        if not self._wrote(text):
            LOST.inc()
        return len(text)

    def _wrote(self, text: str) -> bool:
        if self._stream is None:
            return False
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            return False
        return True

    def isatty(self) -> bool:
        return self._stream is not None and self._stream.isatty()


def steady(stream: TextIO | None) -> TextIO:
    return cast("TextIO", Steady(stream))


def set_up_logs(*, stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """For the whole process: one JSON object a line on `stream`, or else on stderr."""
    from_libraries = max(level, logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_messages,
            _listed_only,
            structlog.processors.JSONRenderer(serializer=_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=steady(stream or sys.stderr)),
        cache_logger_on_first_use=False,
    )
    logging.root.handlers = [_Libraries(level=from_libraries)]
    logging.root.setLevel(from_libraries)
    logging.captureWarnings(capture=True)


class _Libraries(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        structlog.get_logger().warning(
            "library.spoke",
            logger=record.name,
            kind=record.levelname.lower(),
            trace=f"{record.module}:{record.lineno}",
            **({"error": error} if error else {}),
        )


def _without_messages(_logger: object, _method: str, event: Event) -> Event:
    """An exception's own words may quote a customer: its type and the way to it are enough."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-8:]
        event["error"] = type(error).__name__
        event["trace"] = " > ".join(
            f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}" for frame in frames
        )
    return event


def _listed_only(_logger: object, _method: str, event: Event) -> Event:
    return {name: _short(value) for name, value in event.items() if name in FIELDS}


def _short(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = PERSON.sub("somebody", str(value))[:LONGEST]
    return text if text.isprintable() else "".join(c for c in text if c.isprintable())


def _json(event: Event, **_: object) -> str:
    return orjson.dumps(event).decode()
