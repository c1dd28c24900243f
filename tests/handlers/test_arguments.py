"""What is typed is taken apart the same way whatever stands in it."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import worded
from handlers.arguments import Misread, case_number, colleague, first, handle, plain


def escaped(text: str) -> str:
    """As Slack sends it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@given(st.text())
def test_what_slack_escapes_comes_back_exactly_once(text: str) -> None:
    assert plain(escaped(text)) == worded(text)


@given(st.text())
def test_no_typed_text_is_ever_a_colleague(text: str) -> None:
    with pytest.raises(Misread):
        colleague(escaped(text))


@given(st.text())
def test_any_text_at_all_is_read_or_misread(text: str) -> None:
    for read in (case_number, colleague, handle):
        with contextlib.suppress(Misread):
            read(text)
    assert plain(text) is not None


@given(st.integers(1, 2**63 - 1), st.sampled_from(["", "#", "C-", "c-", "D-"]), st.text())
def test_a_number_is_read_in_each_of_its_forms(number: int, lead: str, rest: str) -> None:
    found, after = case_number(f" {lead}{number} {escaped(rest)}")
    assert found == number
    assert plain(after) == worded(rest)


@pytest.mark.parametrize(
    "typed", ["", "0", "-1", "C-", "4 2x"[2:], "1.5", "9" * 30, "<@U1|42>", "½"]
)
def test_what_is_no_number_is_misread(typed: str) -> None:
    with pytest.raises(Misread):
        case_number(typed)


def test_numbers_of_other_keyboards_and_channels_named_by_a_number_are_read() -> None:
    assert case_number("٤٢")[0] == 42
    assert case_number("C–42")[0] == 42
    assert case_number("<#C0123|42> rest") == (42, "rest")


@pytest.mark.parametrize(
    "typed",
    [
        "@jane",
        "jane",
        "@jane,",
        "<@U0JANE|jane>",
        "<https://x.com/jane>",
        "<https://x.com/jane/status/1?s=20&amp;t=1|x.com/jane>",
        "https://twitter.com/jane",
    ],
)
def test_a_customer_is_named_in_many_ways(typed: str) -> None:
    assert handle(f"{typed} and the rest") == ("jane", "and the rest")


def test_a_colleague_is_the_one_slack_names() -> None:
    assert colleague("<@U0BEN|ben> please") == ("U0BEN", "please")
    assert colleague("<@W0BEN>") == ("W0BEN", "")


def test_tokens_become_the_words_they_stood_for() -> None:
    typed = (
        "ask <@U1|ben> in <#C1|care> &amp; see <https://a.example/?x=1&amp;y=2|a> <!here> &amp;lt;"
    )
    assert plain(typed) == "ask @ben in #care & see https://a.example/?x=1&y=2 @here &lt;"


def test_a_token_with_blanks_is_one_word() -> None:
    assert first("<@U1|ben okafor> rest of it") == ("<@U1|ben okafor>", "rest of it")
