"""Evasions and encodings matter more than the engine: each is read as what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.compliance.normalise import normalise, plain
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
