"""Files fit one sitting, functions one screen: where they grow, a room is missing."""

import ast
from collections.abc import Iterator

from tests.house.source import OURS, Source, sources

LONGEST_FILE = 250
LONGEST_FUNCTION = 30
"""Lines from the first statement to the last, the docstring aside."""


MIGRATIONS = "storage/migrations/versions/"
"""Written once and never changed again: a list of columns, as long as it is."""


def measured() -> Iterator[Source]:
    return (source for source in sources(*OURS) if not source.path.startswith(MIGRATIONS))


def test_no_file_is_longer_than_its_subject() -> None:
    sizes = {source.path: source.text.count("\n") for source in measured()}
    assert {path: lines for path, lines in sizes.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{source.at(node)} {node.name}": lines
        for source in measured()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := _body_lines(node)) > LONGEST_FUNCTION
    }
    assert long == {}


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    return (body[-1].end_lineno or 0) - body[0].lineno + 1
