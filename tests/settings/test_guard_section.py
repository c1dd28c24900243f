"""The section `guard` of app.yaml: what a hand gets wrong in it is told with its line."""

import contextlib
from pathlib import Path

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.compliance import Guard
from bot.compliance.kinds.own_numbers import OwnNumber
from bot.compliance.own_patterns import plain_pattern
from bot.errors import Misconfigured
from bot.guarding import guard_alone
from bot.settings.guarding import NumberChoice


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
        (
            "  numbers: [{name: x, pattern: '^HO-[0-9]{3}$'}]",
            r"without ^ and $, since numbers stand",
        ),
        (r"  numbers: [{name: x, pattern: '\b'}]", "that takes at least one character"),
        ("  numbers: [{name: x, pattern: '[a-z]'}]", "a pattern that no ordinary words fit"),
        ("  numbers: [{name: x, pattern: '[Ａ-Ｚ]12'}]", "plain signs in [Ａ-Ｚ], such as [A-Z]"),
        ("  numbers: [{name: x, pattern: 'HO {2}12'}]", "Usher reads 'HO  12' as 'HO 12'"),
        ("  numbers: [{name: x, pattern: 'H\u200bO12'}]", "a pattern of signs that everybody sees"),
        ("  desk: [token]", "desk › 1: found token, which is kept nowhere: no desk can read it"),
        (
            "  numbers: [{name: x, pattern: 'HO12', action: destroy}]\n  desk: [x]",
            "found x, which is kept nowhere",
        ),
        ("  ours: ['@']", 'ours › 1: found "@", expected a whole telephone number or address'),
        ("  ours: ['']", 'ours › 1: found "", expected a whole'),
        ("  ours: ['4111 1111 1111 1111']", "what stands here is kept nowhere, expected a number"),
        ("  desk: [fone]", "no kind of the guard; did you mean phone?"),
        ("  number: []", "did you mean numbers?"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, section: str, problem: str) -> None:
    said = told(tmp_path, section)
    assert said.startswith("app.yaml:")
    assert problem in said


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("HO–[0-9]{3}–[0-9]{3}", "HO–123–456"),
        ("HO–[0-9]{3}–[0-9]{3}", "HO-123-456"),
        ("ＨＯ-[0-9]{3}", "ＨＯ-123"),
        ("ＨＯ-[0-9]{3}", "ho-123"),
        (r"\QＨＯ\E[–.][0-9]{3}", "HO—123"),
        (r"HO\x{2013}[0-9]{3}", "HO-123"),
        ("HO·[0-9]{3}", "HO·123"),
        ("№ [0-9]{5}", "№ 12345"),
        (r"\bHO-[0-9]{3}\b", "HO-123"),
        ("(?:PN|H–)[0-9]{4}(?:/[A-D])?", "H–1234/B"),
    ],
)
def test_a_pattern_finds_what_it_spells_however_it_is_printed(
    tmp_path: Path, pattern: str, written: str
) -> None:
    page = tmp_path / "app.yaml"
    section = f"guard:\n  numbers: [{{name: badge, pattern: '{pattern}', action: destroy}}]\n"
    page.write_text(section, encoding="utf-8")
    assert guard_alone(page).mask(f"It is {written}, thanks") == "It is [badge], thanks"


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12))
def test_any_number_spelled_out_is_found_or_refused(text: str) -> None:
    pattern = "".join(f"\\x{{{ord(sign):x}}}" for sign in text)
    try:
        guard = Guard(numbers=[OwnNumber("badge", pattern)])
    except ValueError:
        return
    assert guard.mask(f"It is {text} here.") != f"It is {text} here."


@given(st.text(st.sampled_from("aA19 –·ä.-[](){}^$|*+?\\bQEdpL:x,"), max_size=14))
def test_any_pattern_is_read_or_refused(pattern: str) -> None:
    with contextlib.suppress(ValueError, ValidationError):
        NumberChoice(name="x", pattern=pattern)
        re2.compile(plain_pattern(pattern))


def test_a_pattern_that_is_slow_elsewhere_is_quick_here(tmp_path: Path) -> None:
    page = tmp_path / "app.yaml"
    page.write_text("guard:\n  numbers: [{name: x, pattern: '(a+)+b'}]\n", encoding="utf-8")
    assert guard_alone(page).mask("a" * 100_000) == "a" * 100_000


def test_without_the_section_the_guard_is_as_delivered(tmp_path: Path) -> None:
    page = tmp_path / "app.yaml"
    page.write_text("organisation: Acme\n", encoding="utf-8")
    assert guard_alone(page).mask("4111 1111 1111 1111") == "[card ••1111]"
