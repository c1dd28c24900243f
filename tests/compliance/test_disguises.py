"""Evasions and encodings matter more than the engine: each is read as what it says."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.compliance.normalise import normalise, plain

VALUES = (
    ("4556 1568 2160 9393", "card"),
    ("531-21-7351", "national_id"),
    ("DE89 3704 0044 0532 0130 00", "iban"),
    ("+49 171 1234567", "phone"),
    ("98.85.59.159", "ip"),
    ("anna@example.com", "email"),
)
Disguise = Callable[[str], str]


def _table(digits: str) -> Disguise:
    return lambda text: text.translate(dict(zip(map(ord, "0123456789"), digits, strict=True)))


def _digits(first: int) -> Disguise:
    table = {ord("0") + digit: first + digit for digit in range(10)}
    return lambda text: text.translate(table)


DISGUISES: dict[str, Disguise] = {
    "zero width": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "word joiners": "\u2060".join,
    "NUL": "\x00".join,
    "bidi": lambda text: f"\u202e{text}\u202c",
    "full width": lambda text: "".join(
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text
    ),
    "arabic-indic": _digits(0x660),
    "devanagari": _digits(0x966),
    "mathematical bold": _digits(0x1D7CE),
    "black circles": _table("⓿❶❷❸❹❺❻❼❽❾"),
    "double circles": _table("⓪⓵⓶⓷⓸⓹⓺⓻⓼⓽"),
    "Chinese": _table("〇一二三四五六七八九"),
    "Chinese for banks": _table("零壹貳參肆伍陸柒捌玖"),
    "Hangul fillers": "\u3164".join,
    "half-width fillers": "\uffa0".join,
    "our own barrier": "\uffff".join,
    "tags": "\U000e0041".join,
    "wide gaps": lambda text: text.replace(" ", "\u3000 \t\u00a0   "),
    "keycaps": lambda text: "".join(
        f"{sign}\ufe0f\u20e3" if sign.isdigit() else sign for sign in text
    ),
    "struck out": lambda text: "".join(f"{sign}\u0336" for sign in text),
    "spelled signs": lambda text: text.replace("@", " [at] ").replace(".", " (dot) "),
    "unicode dashes": lambda text: text.replace("-", "\u2013").replace(" ", "\u00a0"),
    "lone surrogates": "\ud800".join,
}


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
