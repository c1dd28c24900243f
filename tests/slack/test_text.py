"""One way to cut: within the limit, never empty, never half a character."""

import html

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.text import NOTHING, escape, escaped, fit, line
from tests.slack import hostile


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(hostile.texts, st.integers(20, 3000))
def test_fits_is_never_empty_and_stays_what_it_is(text: str, limit: int) -> None:
    shown = fit(text, limit)
    assert shown.strip()
    assert units(shown) <= limit
    assert fit(shown, limit) == shown


@given(hostile.texts, st.integers(20, 300))
def test_a_line_has_no_line_ends(text: str, limit: int) -> None:
    assert "\n" not in line(text, limit)


def test_what_is_only_air_becomes_a_dash() -> None:
    assert fit("\u200b \n\ufeff", 10) == NOTHING


def test_a_family_is_not_torn_apart() -> None:
    family = "👨‍👩‍👧"
    for limit in range(20, 60):
        assert fit(family * 20, limit).rstrip("…").replace(family, "") == ""


@given(st.text())
def test_nothing_escaped_can_act(text: str) -> None:
    assert "<" not in escape(text)
    assert ">" not in escape(text)


@given(hostile.texts, st.integers(20, 3000))
def test_escaped_fits_as_it_travels_and_loses_only_its_end(text: str, limit: int) -> None:
    shown = escaped(text, limit)
    assert shown.strip()
    assert units(shown) <= limit
    assert "<" not in shown
    assert ">" not in shown
    begin = html.unescape(shown.removesuffix("…")).rstrip()
    assert escape(begin) == shown.removesuffix("…").rstrip(), "half of an entity"
    assert fit(text, 10**6).startswith(begin)


def test_a_text_of_brackets_does_not_outgrow_an_edit() -> None:
    assert units(escaped("<" * 1200, 3500)) <= 3500
