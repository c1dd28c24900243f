"""The section `guard` of app.yaml: what a hand gets wrong in it is told with its line."""

from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.guarding import guard_alone


def told(tmp_path: Path, section: str) -> str:
    page = tmp_path / "app.yaml"
    page.write_text(f"guard:\n{section}\n", encoding="utf-8")
    with pytest.raises(Misconfigured) as wrong:
        guard_alone(page)
    (problem,) = wrong.value.problems
    return problem


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        ("  numbers: [{name: x, pattern: '[0-9'}]", "pattern that RE2 reads (missing ]: [0-9)"),
        (
            "  numbers: [{name: x, pattern: '[0-9'}]",
            "app.yaml:2: guard › numbers › 1 › pattern: found",
        ),
        ("  numbers:\n    - {name: x, pattern: '(?=a)b'}", "a pattern that RE2 reads (invalid"),
        (r"  numbers: [{name: x, pattern: '(a)\1'}]", "a pattern that RE2 reads (invalid"),
        ("  numbers: [{name: x, pattern: 'x*'}]", "that takes at least one character"),
        (f"  numbers: [{{name: x, pattern: '{'x' * 201}'}}]", "expected at most 200 characters"),
        ("  numbers: [{name: 'A b', pattern: 'x'}]", "expected a short name in small letters"),
        ("  numbers: [{name: card, pattern: 'x'}]", "taken already; expected a name of its own"),
        ("  numbers: [{name: x, pattern: 'x', action: seal}]", "expected mask, destroy"),
        ("  regions: [DE, XX]", "guard › regions › 2: found XX, expected a country's"),
        ("  desk: [fone]", "no kind of the guard; did you mean phone?"),
        ("  number: []", "did you mean numbers?"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, section: str, problem: str) -> None:
    said = told(tmp_path, section)
    assert said.startswith("app.yaml:")
    assert problem in said


def test_a_pattern_that_is_slow_elsewhere_is_quick_here(tmp_path: Path) -> None:
    page = tmp_path / "app.yaml"
    page.write_text("guard:\n  numbers: [{name: x, pattern: '(a+)+b'}]\n", encoding="utf-8")
    assert guard_alone(page).mask("a" * 100_000) == "a" * 100_000


def test_without_the_section_the_guard_is_as_delivered(tmp_path: Path) -> None:
    page = tmp_path / "app.yaml"
    page.write_text("organisation: Acme\n", encoding="utf-8")
    assert guard_alone(page).mask("4111 1111 1111 1111") == "[card ••1111]"
