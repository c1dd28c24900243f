"""What Slack refuses to show: Block Kit and messages checked as its Web API checks them."""

import json
from typing import Any

from bot.sandbox.block_report import Problem, Report
from bot.sandbox.block_rules import Items, Kind
from bot.sandbox.blocks_cross import cross_check
from bot.sandbox.blocks_shapes import MOST_BLOCKS, SHAPES, SURFACES
from bot.sandbox.records import Json, SlackError, invalid_arguments

TRUNCATED, BLOCKS_JSON, ATTACHMENTS = 40_000, 13_200, 100


def checked_message(body: Json) -> tuple[str, list[Json]]:
    """Text and blocks of a post, cut where Slack cuts; SlackError where it refuses."""
    text = str(body.get("text") or body.get("markdown_text") or "")
    if body.get("markdown_text") and (body.get("text") or body.get("blocks")):
        raise SlackError("markdown_text_conflict")
    attachments = array(body.get("attachments"), otherwise="invalid_attachments")
    if len(attachments) > ATTACHMENTS:
        raise SlackError("too_many_attachments")
    blocks = array(body.get("blocks"), otherwise="invalid_blocks_format")
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    sentences = [problem.sentence for problem in block_problems(blocks, surface="message")]
    if sentences:
        metadata = {"messages": sentences}
        raise SlackError("invalid_blocks", errors=sentences, response_metadata=metadata)
    if len(json.dumps(blocks)) > BLOCKS_JSON:
        raise SlackError("msg_blocks_too_long")
    return text[:TRUNCATED], blocks


def checked_view(view: Any, *, surface: str = "modal") -> Json:
    """A view as Slack would take it; SlackError("invalid_arguments") with pointers where not."""
    given = decoded(view, otherwise="invalid_arguments")
    if not isinstance(given, dict):
        raise invalid_arguments("[ERROR] missing required field: view")
    problems = view_problems(given, surfaces=(surface,), at="/view")
    if problems:
        raise invalid_arguments(*(problem.sentence for problem in problems))
    return given


def view_problems(
    view: Any, *, surfaces: tuple[str, ...] = ("modal", "home"), at: str = ""
) -> list[Problem]:
    report = Report(SHAPES)
    Kind(surfaces).check(view, at, report)
    if not report.problems:
        blocks = view["blocks"]
        cross_check(blocks, f"{at}/blocks", report)
        if view["type"] == "modal" and needs_submit(blocks) and not view.get("submit"):
            report.absent("submit", at)
    return report.problems


def block_problems(blocks: list[Any], *, surface: str) -> list[Problem]:
    """Empty when the blocks may stand on that surface."""
    report = Report(SHAPES)
    rule = Items(Kind(SURFACES[surface]), MOST_BLOCKS[surface], least=0)
    rule.check(blocks, "/blocks", report)
    if not report.problems:
        cross_check(blocks, "/blocks", report)
    return report.problems


def needs_submit(blocks: list[Json]) -> bool:
    return any(block["type"] == "input" for block in blocks)


def array(value: Any, *, otherwise: str) -> list[Any]:
    found = decoded(value, otherwise=otherwise)
    if found is None:
        return []
    if not isinstance(found, list):
        raise SlackError(otherwise)
    return found


def decoded(value: Any, *, otherwise: str) -> Any:
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError as broken:
        raise SlackError(otherwise) from broken
