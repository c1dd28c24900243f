"""What no field of a block can tell alone: doubles, alternatives, presets not on offer, totals."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bot.sandbox.block_report import Report
from bot.sandbox.blocks_shapes import EXACTLY_ONE, NEVER_BOTH, ONE_AT_LEAST
from bot.sandbox.records import Json

MARKDOWN, CHARTS = 12_000, 2
CELLS = {"table": 10_000, "data_table": 20_000}
"""Characters in all cells of one table together."""
UNSEEN = ("chart", "customizable_input_parameters")
"""Free in the table of shapes, so that anything may stand there."""


def cross_check(blocks: list[Json], at: str, report: Report) -> None:
    for node, pointer in walk(blocks, at):
        check_alternatives(node, pointer, report)
        check_preset(node, pointer, report)
        check_lengths(node, pointer, report)
        check_cells(node, pointer, report)
    check_names(blocks, at, report)
    check_focus(blocks, at, report)
    check_totals(blocks, at, report)


def check_alternatives(node: Json, at: str, report: Report) -> None:
    kind = str(node.get("type"))
    any_of = ONE_AT_LEAST.get(kind, ())
    if any_of and not any(node.get(key) for key in any_of):
        report.absent(any_of[0], at)
    just_one = EXACTLY_ONE.get(kind, ())
    given = [key for key in just_one if node.get(key) is not None]
    if just_one and len(given) != 1:
        message = f"must provide exactly one of: {', '.join(just_one)}"
        report.say(message, at, rule="exactly_one", expected=list(just_one), got=given)
    never = NEVER_BOTH.get(kind, ())
    if never and all(node.get(key) for key in never):
        message = f"must not provide both: {', '.join(never)}"
        report.say(message, at, rule="never_both", expected=list(never), got=list(never))


def check_preset(node: Json, at: str, report: Report) -> None:
    name = "initial_options" if "initial_options" in node else "initial_option"
    given = node.get(name)
    preset = given if isinstance(given, list) else [given] if isinstance(given, dict) else []
    if not preset or str(node.get("type")).endswith("external_select"):
        return
    offered = [*(node.get("options") or ())]
    offered += [option for g in node.get("option_groups") or () for option in g["options"]]
    if any(option not in offered for option in preset):
        message = "initial option must match one of the options"
        report.say(message, f"{at}/{name}", rule="preset", got=given)


def check_lengths(node: Json, at: str, report: Report) -> None:
    for low, high in (("min_length", "max_length"), ("min_lines", "max_lines")):
        least, most = node.get(low), node.get(high)
        if least is not None and most is not None and least > most:
            message = f"must not be more than {high}"
            report.say(message, f"{at}/{low}", rule="maximum", expected=most, got=least)


def check_cells(node: Json, at: str, report: Report) -> None:
    most = CELLS.get(str(node.get("type")))
    if most is None:
        return
    written = sum(len(text) for text in texts(node["rows"]))
    report.length(written, most=most, at=f"{at}/rows", where=" in all cells")
    widths = {len(row) for row in node["rows"]}
    if node["type"] == "data_table" and len(widths) > 1:
        message = "every row must have as many cells as the first"
        report.say(message, f"{at}/rows", rule="same_length", got=sorted(widths))


def check_names(blocks: list[Json], at: str, report: Report) -> None:
    """A block's name is its own in the whole surface, an element's within its block."""
    say_twice("block_id", walk(blocks, at), report)
    for number, block in enumerate(blocks):
        say_twice("action_id", walk(block, f"{at}/{number}"), report)


def check_focus(blocks: list[Json], at: str, report: Report) -> None:
    focused = [pointer for node, pointer in walk(blocks, at) if node.get("focus_on_load") is True]
    for pointer in focused[1:]:
        message = "only one element may have the focus"
        report.say(message, f"{pointer}/focus_on_load", rule="unique", expected=1, got=len(focused))


def check_totals(blocks: list[Json], at: str, report: Report) -> None:
    kinds = Counter(str(block["type"]) for block in blocks)
    tables = sum(kinds[name] for name in CELLS)
    if tables > 1:
        report.say("only_one_table_allowed", at, rule="max_items", expected=1, got=tables)
    charts = kinds["data_visualization"]
    report.count(charts, most=CHARTS, at=at, what="data_visualization blocks")
    markdown = sum(len(b["text"]) for b in blocks if b["type"] == "markdown")
    report.length(markdown, most=MARKDOWN, at=at, where=" of markdown in all")


def say_twice(what: str, nodes: Iterable[tuple[Json, str]], report: Report) -> None:
    seen: set[str] = set()
    for node, pointer in nodes:
        name = node.get(what)
        if name and name in seen:
            message = f"`{what}` {name} already exists"
            report.say(message, f"{pointer}/{what}", rule="unique", got=name)
        seen.add(name or "")


def walk(node: Any, at: str) -> Iterator[tuple[Json, str]]:
    if isinstance(node, dict):
        yield node, at
        for key, inner in node.items():
            if key not in UNSEEN:
                yield from walk(inner, f"{at}/{key}")
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from walk(inner, f"{at}/{number}")


def texts(node: Any) -> Iterator[str]:
    return (inner["text"] for inner, _ in walk(node, "") if isinstance(inner.get("text"), str))
