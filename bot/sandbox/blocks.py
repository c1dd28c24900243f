"""What Slack refuses to show: Block Kit and messages checked as its Web API checks them."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.block_rules import Items, Kind, Report
from bot.sandbox.blocks_shapes import (
    EXACTLY_ONE,
    MOST_BLOCKS,
    ONE_AT_LEAST,
    OPEN_SHAPES,
    SHAPES,
    SURFACES,
)
from bot.sandbox.records import Json, SlackError, elements, invalid_arguments

TRUNCATED, BLOCKS_JSON, MARKDOWN, ATTACHMENTS = 40_000, 13_200, 12_000, 100
TABLES = ("table", "data_table")


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
    problems = block_problems(blocks, surface="message")
    if problems:
        messages = {"messages": problems}
        raise SlackError("invalid_blocks", errors=problems, response_metadata=messages)
    if len(json.dumps(blocks)) > BLOCKS_JSON:
        raise SlackError("msg_blocks_too_long")
    return text[:TRUNCATED], blocks


def checked_view(view: Any, *, surface: str = "modal") -> Json:
    """A view as Slack would take it; SlackError("invalid_arguments") with pointers where not."""
    given = decoded(view, otherwise="invalid_arguments")
    if not isinstance(given, dict):
        raise invalid_arguments("[ERROR] missing required field: view")
    report = Report(SHAPES, OPEN_SHAPES)
    Kind((surface,)).check(given, "/view", report)
    blocks = given.get("blocks")
    if not report.problems and isinstance(blocks, list):
        cross_check(blocks, "/view/blocks", report)
        if surface == "modal" and needs_submit(blocks) and not given.get("submit"):
            report.say("missing required field: submit", "/view")
    if report.problems:
        raise invalid_arguments(*report.problems)
    return given


def block_problems(blocks: list[Any], *, surface: str) -> list[str]:
    """Slack's sentences with JSON pointers; empty when the blocks may stand on that surface."""
    report = Report(SHAPES, OPEN_SHAPES)
    rule = Items(Kind(SURFACES[surface]), MOST_BLOCKS[surface], least=0)
    rule.check(blocks, "/blocks", report)
    if not report.problems:
        cross_check(blocks, "/blocks", report)
    return report.problems


def cross_check(blocks: list[Json], at: str, report: Report) -> None:
    """What no field can tell alone: doubles, alternatives, presets not on offer, totals."""
    for node, pointer in walk(blocks, at):
        check_alternatives(node, pointer, report)
        check_preset(node, pointer, report)
    say_twice([b.get("block_id") for b in blocks], "block_id", at, report)
    for number, block in enumerate(blocks):
        names = [e["action_id"] for e in elements([{"block_id": "", **block}])]
        say_twice(names, "action_id", f"{at}/{number}", report)
    if sum(block["type"] in TABLES for block in blocks) > 1:
        report.say("only_one_table_allowed", at)
    if sum(len(b["text"]) for b in blocks if b["type"] == "markdown") > MARKDOWN:
        report.say(f"markdown must be less than {MARKDOWN + 1} characters in all", at)


def check_alternatives(node: Json, at: str, report: Report) -> None:
    kind = str(node.get("type"))
    any_of = ONE_AT_LEAST.get(kind, ())
    if any_of and not any(node.get(key) for key in any_of):
        report.say(f"missing required field: {any_of[0]}", at)
    just_one = EXACTLY_ONE.get(kind, ())
    if just_one and sum(node.get(key) is not None for key in just_one) != 1:
        report.say(f"must provide exactly one of: {', '.join(just_one)}", at)


def check_preset(node: Json, at: str, report: Report) -> None:
    preset = [*node.get("initial_options", ())]
    if isinstance(node.get("initial_option"), dict):
        preset.append(node["initial_option"])
    if not preset or str(node.get("type")).endswith("external_select"):
        return
    offered = [*(node.get("options") or ())]
    offered += [option for g in node.get("option_groups") or () for option in g["options"]]
    if any(option not in offered for option in preset):
        report.say("initial option must match one of the options", at)


def walk(node: Any, at: str) -> Iterator[tuple[Json, str]]:
    if isinstance(node, dict):
        yield node, at
        for key, inner in node.items():
            yield from walk(inner, f"{at}/{key}")
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from walk(inner, f"{at}/{number}")


def say_twice(names: list[Any], what: str, at: str, report: Report) -> None:
    for name, count in Counter(name for name in names if name).items():
        if count > 1:
            report.say(f"`{what}` {name} already exists", at)


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
