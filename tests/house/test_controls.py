"""docs/controls.md is held to the rules and the tests there are: counsel may rely on each row."""

import re

import pytest

from bot.compliance import profile_names, profile_text
from bot.compliance.policy_file import parse_table
from tests.house.source import PROJECT

PAGE = (PROJECT / "docs/controls.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("|") and not line.startswith(("| duty", "| ---"))
]


@pytest.mark.parametrize("name", profile_names())
def test_every_rule_has_its_duty(name: str) -> None:
    named = {rule for row in ROWS for rule in re.findall(r"`([a-z-]+)`", row[1])}
    rules = {rule.id for rule in parse_table(profile_text(name)).rules}
    assert rules - named == set()


def test_every_test_that_is_named_exists() -> None:
    absent = []
    for row in ROWS:
        (test,) = re.findall(r"`(tests/[^`]+)`", row[2])
        path, _, function = test.partition("::")
        text = (PROJECT / path).read_text(encoding="utf-8") if (PROJECT / path).is_file() else ""
        if not text or (function and not re.search(rf"def {function}\(", text)):
            absent.append(test)
    assert absent == []


def test_a_row_says_duty_rule_and_test() -> None:
    assert len(ROWS) > 20
    assert [row for row in ROWS if len(row) != 3 or not all(row)] == []
