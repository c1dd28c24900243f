"""No sink shows a customer's words: not our fields, not an exception, not a library's line."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logs

CANARY = "jane.doe@example.com"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    handlers, level = logging.root.handlers, logging.root.level
    stream = io.StringIO()
    set_up_logs(stream=stream)
    yield stream
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    logging.root.handlers = handlers
    logging.root.setLevel(level)


def line(written: io.StringIO) -> dict[str, object]:
    (only,) = written.getvalue().splitlines()
    return json.loads(only)


def test_listed_fields_alone_are_written(written: io.StringIO) -> None:
    structlog.get_logger().info("case.claimed", case_id=42, words=CANARY)
    entry = line(written)
    assert (entry["event"], entry["case_id"], entry["level"]) == ("case.claimed", 42, "info")
    assert CANARY not in written.getvalue()


def test_a_listed_field_stays_one_short_line(written: io.StringIO) -> None:
    structlog.get_logger().info("x", reason="a\nb\u202e" + "c" * 1000)
    assert str(line(written)["reason"]).startswith("abccc")
    assert len(written.getvalue()) < 500


@pytest.mark.parametrize(
    "field", [{"subject": "T0USHER:U0ANNA"}, {"reason": "Slack refuses what I send to U01ABC2DE."}]
)
def test_no_line_names_a_colleague(written: io.StringIO, field: dict[str, str]) -> None:
    structlog.get_logger().info("deliveries.later", kind="home", **field)
    assert "somebody" in written.getvalue()
    assert "U0" not in written.getvalue()


def test_numbers_and_channels_are_left_alone(written: io.StringIO) -> None:
    fields = {"subject": "42 C0AB1 1700000001.000100", "reference": "9F3A00BC", "channel": "C0AB1"}
    structlog.get_logger().info("deliveries.later", **fields)
    assert {name: line(written)[name] for name in fields} == fields


def test_an_exception_is_its_kind_and_its_way(written: io.StringIO) -> None:
    try:
        int(CANARY)
    except ValueError:
        structlog.get_logger().exception("job.failed", job="digest")
    entry = line(written)
    assert entry["error"] == "ValueError"
    assert "test_logs.py:" in str(entry["trace"])
    assert CANARY not in written.getvalue()


def test_a_library_is_heard_without_its_words(written: io.StringIO) -> None:
    logger = logging.getLogger("slack_bolt.AsyncApp")
    logger.debug("body: %s", CANARY)
    logger.info("body: %s", CANARY)
    logger.error("unhandled: %s", CANARY)
    entry = line(written)
    assert (entry["logger"], entry["kind"]) == ("slack_bolt.AsyncApp", "error")
    assert CANARY not in written.getvalue()


def test_a_quieter_level_holds_for_libraries_too() -> None:
    stream = io.StringIO()
    handlers, level = logging.root.handlers, logging.root.level
    set_up_logs(stream=stream, level=logging.ERROR)
    logging.getLogger("aiohttp").warning("slow")
    structlog.get_logger().warning("x")
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    logging.root.handlers = handlers
    logging.root.setLevel(level)
    assert stream.getvalue() == ""
