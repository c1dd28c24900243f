"""What may stand where: clearance, broad excepts, printing, names. import-linter holds the rest."""

import ast
import re
from collections.abc import Iterator

from bot.logs import FIELDS
from tests.house.source import OURS, PRODUCT, Source, sources

EDGES = {
    "handlers/door.py",
    "bot/web/slack.py",
    "bot/care/deliveries.py",
    "bot/care/listening.py",
    "bot/timetable.py",
}
"""Where anything at all may come in and must not bring the whole down: design.md names them."""

BANNED_NAMES = {"common", "core", "helper", "helpers", "manager", "managers", "util", "utils"}
LOG_METHODS = {"debug", "info", "warning", "error", "exception", "critical"}
PEERS = "tests/fixtures/peers.py"


def called(node: ast.AST) -> str:
    """The name a call goes to: `Cleared` for both Cleared(…) and model.Cleared[str](…)."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func.value if isinstance(node.func, ast.Subscript) else node.func
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def calls(source: Source, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) in names:
            yield node


def test_compliance_alone_clears() -> None:
    found = [
        source.at(call)
        for source in sources(*PRODUCT)
        if not source.path.startswith("bot/compliance/")
        for call in calls(source, "Cleared")
    ]
    assert found == []


def test_broad_excepts_stand_at_the_edges_alone() -> None:
    found = [
        source.at(node)
        for source in sources(*PRODUCT, "bench")
        if source.path not in EDGES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type)
    ]
    assert found == []


def _is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(one, ast.Name) and one.id == "Exception" for one in names)


def test_only_the_command_line_prints() -> None:
    found = [
        source.at(call)
        for source in sources(*PRODUCT)
        if source.path != "bot/__main__.py"
        for call in calls(source, "print")
        if isinstance(call.func, ast.Name)
    ]
    assert found == []


def test_every_module_says_why_it_exists() -> None:
    assert [source.path for source in sources(*OURS) if not ast.get_docstring(source.tree)] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [
        source.path
        for source in sources(*OURS)
        if BANNED_NAMES & set(re.split(r"[/_.]", source.path))
    ]
    assert found == []


def log_calls(source: Source) -> Iterator[ast.Call]:
    for call in calls(source, *LOG_METHODS):
        match call.func:
            case ast.Attribute(value=ast.Name(id="log" | "_log" | "logger" | "_logger")):
                yield call


def test_an_event_of_the_log_is_a_constant() -> None:
    """Words that a person said could stand in it otherwise, past the list of fields."""
    found = [
        source.at(call)
        for source in sources(*PRODUCT)
        for call in log_calls(source)
        if not (call.args and isinstance(call.args[0], ast.Constant))
    ]
    assert found == []


def test_a_rule_that_is_waived_says_why() -> None:
    code = r"[A-Z]+[0-9]+"
    codes = rf"(?P<codes>: ?{code}(?:, ?{code})*|\[[a-z, -]+\])?"
    waived = re.compile(rf"# (?:noqa|type: ignore){codes}(?P<why>.*)")
    found = [
        f"{source.path}:{number}"
        for source in sources(*OURS)
        for number, line in enumerate(source.text.splitlines(), start=1)
        if source.path != "tests/house/test_walls.py" and (match := waived.search(line))
        if not match["codes"] or len(match["why"].strip(" #-")) < 5
    ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert [source.path for source in sources(*OURS) if later.search(source.text)] == []


def test_a_test_is_skipped_for_a_missing_peer_alone() -> None:
    found = [
        source.at(call)
        for source in sources("tests")
        if source.path != PEERS
        for call in calls(source, "skip", "skipif", "xfail", "importorskip")
    ]
    assert found == []


def test_a_field_of_the_log_is_on_its_list() -> None:
    """It would be dropped in silence otherwise."""
    found = [
        f"{source.at(call)} {keyword.arg}"
        for source in sources(*PRODUCT)
        if source.path != "bot/logs.py"
        for call in log_calls(source)
        for keyword in call.keywords
        if keyword.arg not in FIELDS | {"exc_info"}
    ]
    assert found == []
