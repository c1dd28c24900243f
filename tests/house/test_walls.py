"""What may stand where: clearance, broad excepts, printing, names. import-linter holds the rest."""

import ast
import re
from collections.abc import Iterator

import pytest

from bot.logs import FIELDS
from tests.house.source import OURS, PRODUCT, Source, sources

EDGES = {
    "handlers/door.py",
    "bot/web/slack.py",
    "bot/slack/line.py",
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


def test_handlers_reach_slack_by_cleared_words_alone() -> None:
    """The client takes anything; `Outside` and `SlackChannel` take what was cleared."""
    found = [
        source.at(node)
        for source in sources("handlers")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"client", "_client"}
        if (source.path, ast.unparse(node))
        not in {("handlers/outside.py", "self._client"), ("handlers/__init__.py", "app.client")}
    ]
    assert found == []


def test_broad_excepts_stand_at_the_edges_alone() -> None:
    found = [
        source.at(node)
        for source in sources(*PRODUCT, "bench")
        if source.path not in EDGES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler | ast.Call) and _catches_all(node)
    ]
    assert found == []


@pytest.mark.parametrize("caught", ["", " Exception", " BaseException", " (OSError, Exception)"])
def test_a_broad_except_is_known_by_any_name(caught: str) -> None:
    assert [n for n in ast.walk(ast.parse(f"try: x\nexcept{caught}: y")) if _catches_all(n)]


@pytest.mark.parametrize("call", ["suppress(Exception)", "contextlib.suppress(BaseException)"])
def test_a_broad_suppress_is_one_too(call: str) -> None:
    assert [n for n in ast.walk(ast.parse(f"with {call}: x")) if _catches_all(n)]
    assert not _catches_all(ast.parse("suppress(OSError)", mode="eval").body)


def test_a_context_that_can_swallow_an_error_is_the_writers_alone() -> None:
    """Its `__exit__` answers with a bool; it keeps what it swallowed for whom it belongs to."""
    found = {
        source.path
        for source in sources(*PRODUCT, "bench")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name in {"__exit__", "__aexit__"} and not _answers_nothing(node)
    }
    assert found == {"storage/writer.py"}


def _catches_all(node: ast.AST) -> bool:
    if isinstance(node, ast.ExceptHandler):
        return node.type is None or _is_broad(node.type)
    if not isinstance(node, ast.Call) or called(node) != "suppress":
        return False
    return any(_is_broad(one) for one in node.args)


def _is_broad(caught: ast.expr) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(ast.unparse(one).split(".")[-1] in {"Exception", "BaseException"} for one in names)


def _answers_nothing(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return isinstance(node.returns, ast.Constant) and node.returns.value is None


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
