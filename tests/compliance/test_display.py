"""What may be shown, and what consists of nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import worded
from bot.compliance.display import INVISIBLE, shown

UNSEEN = st.from_regex(rf"[{INVISIBLE}\u200c\u200d\ufe0f\u2800\x00\t\n ]+", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "\u200b" * 4000,
        "\u202e\u202d",
        "\x00",
        "\u3164",
        "\u200d\ufe0f",
        "\u2800",
        "\ud800",
    ],
)
def test_nothing_is_no_word(typed: str) -> None:
    assert worded(typed) == ""


@given(UNSEEN)
def test_whatever_nobody_sees_is_no_word(typed: str) -> None:
    assert worded(typed) == ""


@given(UNSEEN, st.from_regex(r"[a-z]([a-z ]*[a-z])?", fullmatch=True), UNSEEN)
def test_words_among_it_are_words(before: str, words: str, after: str) -> None:
    assert words in worded(before + words + after)


@given(st.text())
def test_shown_is_shown_as_it_is(text: str) -> None:
    assert shown(shown(text)) == shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧 ❤️ नमस्ते",
        "می‌خواهم",  # Persian needs its joiners
        "葛\U000e0100城市",  # and a Japanese name its variant
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # England
        "one\n\ttwo",
    ],
)
def test_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert shown(text) == text


def test_hidden_letters_go() -> None:
    hidden = "".join(chr(0xE0000 + ord(sign)) for sign in "say yes")
    assert shown(f"no{hidden}") == "no"


def test_what_python_takes_for_printable_is_looked_at_all_the_same() -> None:
    """A control beside it makes sure that each sign is looked at: the answer is the same."""
    for point in range(0x110000):
        if (sign := chr(point)).isprintable():
            assert shown(f"{sign}\x00") == shown(sign), hex(point)
