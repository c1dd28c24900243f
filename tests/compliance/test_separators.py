"""Whatever stands between the groups of a number, and however much of it: it is the same number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.compliance.display import INVISIBLE

NUMBERS = {
    "card": ("4111", "1111", "1111", "1111"),
    "iban": ("DE89", "3704", "0044", "0532", "0130", "00"),
    "british iban": ("GB82", "WEST", "1234", "5698", "7654", "32"),
    "ssn": ("531", "21", "7351"),
    "phone": ("+49", "171", "1234567"),
}
STRUCTURED = ("card", "iban", "british iban", "ssn")
SIGNS = (
    "_",
    "-",
    ".",
    "/",
    ",",
    ":",
    "\\",
    "|",
    "*",
    "·",
    "–",
    "ー",
    "ـ",
    "\u2007",
    "\u3000",
    "\u2003",
)
# One of each stretch of what is never drawn; a letter among them is the meanest.
UNSEEN = (
    "\u3164\u115f\u1160\uffa0\uffff\ufffe\ufdd0\U0001ffff\u2065\ufff0\U000e0020\U000e0000\u034f"
    "\u061c\u17b4\u180e\u180b\u200b\u200c\u200d\u202e\u2060\u206f\ufe0f\ufeff\U0001d173\U000e01ff"
    "\x00\x07\x1b\x7f\x85\r\ud800"
)


def _kind(name: str) -> str:
    return name.removeprefix("british ")


def _found(guard: Guard, name: str, written: str) -> None:
    text = f"Hello, my ssn, tel or so is {written} ok"
    guarded = guard.guard(text)
    assert guarded.kinds == (_kind(name),), written
    assert "1111" not in guarded.kept.replace("••1111", "")
    if name != "phone":
        assert guarded.kept == guarded.masked
    (span,) = guard.spans(text)
    assert text[: span.start].strip() == "Hello, my ssn, tel or so is"
    assert text[span.end :].strip() == "ok"


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0"])
@pytest.mark.parametrize("many", range(7))
@pytest.mark.parametrize("name", NUMBERS)
def test_any_number_of_blanks(guard: Guard, name: str, many: int, blank: str) -> None:
    _found(guard, name, (blank * many).join(NUMBERS[name]))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", STRUCTURED)
def test_each_sign_between_groups(guard: Guard, name: str, sign: str) -> None:
    _found(guard, name, sign.join(NUMBERS[name]))


@pytest.mark.parametrize("gap", [" - ", " / ", "  _  ", "\t|\t", "-----", "\n", "\n\n \n", "\r\n"])
@pytest.mark.parametrize("name", ["card", "iban", "british iban"])
def test_each_gap_between_groups(guard: Guard, name: str, gap: str) -> None:
    _found(guard, name, gap.join(NUMBERS[name]))


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("name", NUMBERS)
def test_what_nobody_sees_hides_nothing(guard: Guard, name: str, unseen: str) -> None:
    written = " ".join(NUMBERS[name])
    for times in (1, 7):
        _found(guard, name, (unseen * times).join(written))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(STRUCTURED), st.from_regex(rf"[{INVISIBLE}]{{1,9}}", fullmatch=True))
def test_no_code_point_of_the_unseen_hides_anything(guard: Guard, name: str, unseen: str) -> None:
    _found(guard, name, unseen.join(NUMBERS[name]))


@pytest.mark.parametrize("gap", [" ", ".", "-", "_", "/", "  "])
@pytest.mark.parametrize("name", ["card", "iban", "british iban"])
def test_sign_by_sign(guard: Guard, name: str, gap: str) -> None:
    _found(guard, name, gap.join("".join(NUMBERS[name])))


@pytest.mark.parametrize(
    "written",
    [
        "4111/1111/1111-1111",
        "4111/1111-1111 1111",
        "41 11-11 11/11 11.11 11",
        "4111_1111.1111/1111",
        "[4111] [1111] [1111] [1111]",
        "4111[ ]1111[ ]1111[ ]1111",
        "{4111}{1111}{1111}{1111}",
        "4111][1111][1111][1111",
        "4111(1111)1111-1111",
        "4111}1111;1111{1111",
    ],
)
def test_cards_in_mixed_dress(guard: Guard, written: str) -> None:
    guarded = guard.guard(f"see {written} ok")
    assert guarded.kinds == ("card",)
    assert "11" not in guarded.kept.replace("••1111", "")


@pytest.mark.parametrize("between", ["[", "]", "] [", "]["])
@pytest.mark.parametrize("name", ["iban", "british iban"])
def test_brackets_hide_no_account(guard: Guard, name: str, between: str) -> None:
    _found(guard, name, between.join(NUMBERS[name]))
