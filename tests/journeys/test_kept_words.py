"""The words of a kept answer: nobody is named in them, nothing is computed, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.kept_words import HANDLE, bare, computes, filled, general, unnamed
from tests import hostile

SIGNATURE = "– Anna, works at Acme"
HANDLES = st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Hi @jane, we are on it.", "Hi {handle}, we are on it."),
        ("Hi Jane Doe, hi Jane, hi JANE!", "Hi {handle}, hi {handle}, hi {handle}!"),
        (
            "@jane_d is somebody else, and so is janet.",
            "@jane_d is somebody else, and so is janet.",
        ),
        ("Hi {handle}, it is @Jane.", "Hi {handle}, it is {handle}."),
        ("Nobody is named.", "Nobody is named."),
    ],
)
def test_the_customer_is_taken_out(said: str, kept: str) -> None:
    assert general(said, handle="jane", name="Jane Doe") == kept


def test_a_first_name_that_is_a_word_counts_as_it_is_written_alone() -> None:
    assert general("Will it? I will.", handle="w42", name="Will Oak") == "{handle} it? I will."


@pytest.mark.parametrize("footer", ["", "Privacy: https://acme.example/privacy"])
@given(words=hostile.texts)
def test_what_was_added_is_taken_away_and_nothing_else(words: str, footer: str) -> None:
    text = f"{words.strip()} {SIGNATURE}" + (f"\n{footer}" if footer else "")
    assert bare(text, signature=SIGNATURE, footer=footer) == words.strip()


@given(hostile.texts, HANDLES, st.text(max_size=20))
def test_nobody_is_named_after_it_and_twice_is_once(words: str, handle: str, name: str) -> None:
    once = general(words, handle=handle, name=name)
    assert general(once, handle=handle, name=name) == once
    assert unnamed(once, handle=handle) == once


@given(hostile.texts, HANDLES)
def test_each_place_is_filled_once_and_with_the_handle_alone(words: str, handle: str) -> None:
    assert filled(words, handle=handle).split(f"@{handle}") == [
        rest for part in words.split(HANDLE) for rest in part.split(f"@{handle}")
    ]


@pytest.mark.parametrize(
    "words", ["{{ 7*7 }}", "{% if x %}", "{# no #}", "{name}", "{ handle }", "{Handle}", "{}"]
)
def test_what_looks_as_if_it_were_filled_in_is_named(words: str) -> None:
    assert computes(f"Hi {{handle}}, {words}")


@pytest.mark.parametrize("words", ["Hi {handle}.", "100 % { sure", ":-} {", "%s ${name"])
def test_other_signs_are_words(words: str) -> None:
    assert computes(words) == ""
