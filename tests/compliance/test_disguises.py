"""Evasions and encodings matter more than the engine: each is read as what it says."""

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.compliance.escapes import CODED, decoded
from bot.compliance.folding import folded
from bot.compliance.normalise import DRESSED, normalise, plain
from tests.compliance.disguises import DISGUISES

VALUES = (
    ("4556 1568 2160 9393", "card"),
    ("531-21-7351", "ssn"),
    ("DE89 3704 0044 0532 0130 00", "iban"),
    ("+49 171 1234567", "phone"),
    ("98.85.59.159", "ip"),
    ("anna@example.com", "email"),
)


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize(("value", "kind"), VALUES)
def test_disguises(guard: Guard, disguise: str, value: str, kind: str) -> None:
    hidden = DISGUISES[disguise](value)
    text = f"Hello, {hidden} – thanks"
    guarded = guard.guard(text)
    assert guarded.kinds == (kind,)
    (span,) = guard.spans(text)
    assert normalise(text[span.start : span.end]).text.strip() == plain(hidden)
    assert guarded.masked.startswith("Hello, [")
    assert guarded.masked.endswith("] – thanks")


@pytest.mark.parametrize(("value", "kind"), VALUES[:3])
def test_numbers_over_a_line_end(guard: Guard, value: str, kind: str) -> None:
    for place in range(5, len(value) - 1):
        text = f"it is {value[:place]}\n{value[place:]} ok"
        assert guard.guard(text).kinds == (kind,), text


def test_the_map_leads_back() -> None:
    normal = normalise("a\u200b１２\u0301½ (at) b")
    assert normal.text == "a121\u20442@b"
    assert list(normal.starts) == [0, 2, 3, 5, 5, 5, 6, 12]
    assert normal.original(1, 3) == (2, 5)
    assert normal.original(3, 4) == (5, 6)  # half of a sign is the whole sign


@given(st.text())
def test_the_quick_form_is_the_mapped_form(text: str) -> None:
    normal = normalise(text)
    assert normal.text == plain(text)
    assert len(normal.starts) == len(normal.text)
    assert list(normal.starts) == sorted(normal.starts)


@given(st.text(alphabet=" .@[](){}<>-*_|/~·•ä–１14aotdpunkAT", max_size=30))
def test_what_is_not_dressed_up_is_plain(text: str) -> None:
    """The guard takes a short way then, so this must never say no too often."""
    if re2.search(DRESSED, folded(text)) is None:
        assert plain(text) == folded(text)


CODES = ("%20", "%2b", "%C3%A9", "%EF%BC%94", "&#52;", "&#x00E9;", "&nbsp;", "&commat;", "é", "4")
SAID = (" ", "+", "é", "４", "4", "é", "\xa0", "@", "é", "4")


@given(st.lists(st.sampled_from(range(len(CODES)))))
def test_each_code_leads_back_to_all_of_itself(places: list[int]) -> None:
    """The last two are no codes."""
    written = [CODES[place] for place in places]
    text = "".join(written)
    if not set(places) - {8, 9}:
        assert decoded(text) == []
        return
    (said,) = decoded(text)
    assert said.text == "".join(SAID[place] for place in places)
    assert [text[slice(*said.original(at, at + 1))] for at in range(len(said.text))] == written


@pytest.mark.parametrize(
    "text",
    ["100 % of 4", "50%off", "%4", "%zz", "%FF%C3(", "AT&T;", "R&D", "&nope;", "&#xD800;", "&#;"],
)
def test_what_is_no_code_stays(text: str) -> None:
    assert decoded(text) == []


@given(st.text(alphabet="%&#x;423aFtlg ", max_size=20))
def test_what_seems_to_hold_no_code_holds_none(text: str) -> None:
    if re2.search(f"(?i){CODED}", folded(text)) is None:
        assert decoded(text) == []


@given(st.text(alphabet="%&#x;4@21aFtlgp .", max_size=30))
def test_codes_are_masked_once_and_for_all(guard: Guard, text: str) -> None:
    masked = guard.mask(f"4111{text}1111%201111%201111 a{text}%40b.co")
    assert guard.mask(masked) == masked


def test_the_short_way_finds_what_the_long_way_finds(guard: Guard) -> None:
    for value, _ in VALUES:
        for disguise in DISGUISES.values():
            text = f"Hello, {disguise(value)} thanks"
            # A line end of its own, which hides nothing, makes the guard take the long way.
            assert guard.spans(text) == guard.spans(f"{text}\n"), text
