"""X's words for people and posts: handles, addresses, and how long it says a text is."""

import unicodedata
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.model.clock import utc_now
from bot.networks.x import X, XSettings
from bot.networks.x_length import weighted_length

LENGTHS = [
    ("", 0),
    ("This is a test.", 15),
    ("two\nlines", 9),
    # Links, with and without a scheme, weigh 23 whatever their length.
    ("http://test.com", 23),
    ("https://test.com", 23),
    ("test.com", 23),
    ("HTTPS://www.ExaMPLE.COM/index.html", 23),
    ("https://example.com/path/to/resource?search=foo&lang=en#part", 23),
    ("Test https://test.com test https://test.com test.com test", 86),
    ("(https://example.com/a)", 25),
    ("https://example.com/a_(b)", 23),
    ("See https://example.com/a.", 28),
    ("https://müller.de/weg", 23),
    ("foo.co.jp", 23),
    # No links: an address for mail, a number, a handle, an abbreviation, four numbers.
    ("jane.doe@example.com", 20),
    ("3.5", 3),
    ("@acme.", 6),
    ("e.g. this", 9),
    ("http://127.0.0.1/", 17),
    # Latin, Greek, Cyrillic weigh 1, what is further away 2, composed or not.
    ("Füße – “ja”…", 13),
    ("e\u0301", 1),
    ("привет", 6),
    ("日本語", 6),
    ("저찀쯿", 6),
    ("\U00010000\U0010ffff", 4),
    ("\u200b", 1),
    ("€", 2),
    # One emoji weighs 2 however many signs it is made of.
    ("👍", 2),
    ("👍🏽", 2),
    ("❤️", 2),
    ("☺", 2),
    ("🇩🇪", 2),
    ("1️⃣", 2),
    ("👨‍👩‍👧‍👦", 2),
    ("👩🏽‍💻", 2),
    ("🏳️‍🌈", 2),
    ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
    ("©", 1),
    ("H🐱☺", 5),
    ("🐱" * 140, 280),
]


@pytest.fixture
async def x() -> AsyncIterator[X]:
    async with ClientSession() as session:
        settings = XSettings(account_id="1000", handle="@acme")
        yield X.make(settings, {"BEARER_TOKEN": "loopback"}.get, session, utc_now)


@pytest.mark.parametrize(("text", "length"), LENGTHS)
def test_lengths(text: str, length: int) -> None:
    assert weighted_length(text) == length


@given(st.text(max_size=300))
def test_no_text_weighs_more_than_two_a_sign_or_a_link(text: str) -> None:
    signs = unicodedata.normalize("NFC", text)
    assert 0 <= weighted_length(text) <= 2 * len(signs) + 23 * signs.count(".")
    assert weighted_length(text) == weighted_length(unicodedata.normalize("NFD", text))


@given(st.text(alphabet="aä. ,!-", max_size=60), st.text(alphabet="aä ,!", max_size=60))
def test_words_apart_weigh_what_they_weigh_alone(one: str, other: str) -> None:
    together = weighted_length(f"{one} {other}")
    assert together == weighted_length(one) + 1 + weighted_length(other)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", ["a.", "a-", "(a", "https://", "x.com/((", "/a.b(c)", "_.", "👩‍"])
def test_no_text_takes_long(piece: str) -> None:
    assert weighted_length(piece * 3000) > 0


@pytest.mark.parametrize("handle", ["", "a" * 16, "jаne", "@@acme"])
def test_our_own_handle_must_be_one(handle: str) -> None:
    with pytest.raises(ValidationError):
        XSettings(account_id="1000", handle=handle)


def test_an_account_id_may_be_written_as_a_number() -> None:
    settings = XSettings.model_validate({"account_id": 1000, "handle": "@acme"})
    assert (settings.account_id, settings.handle) == ("1000", "acme")


async def test_pages_of_x(x: X) -> None:
    assert x.profile_url("jane") == "https://x.com/jane"
    assert (
        x.answer_url("17", "100% & more\n– Anna")
        == "https://x.com/intent/post?in_reply_to=17&text=100%25%20%26%20more%0A%E2%80%93%20Anna"
    )


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("jane", "jane"),
        ("@Jane_99", "Jane_99"),
        (" @jane ", "jane"),
        ("a" * 15, "a" * 15),
        ("a" * 16, None),
        ("@", None),
        ("@@jane", None),
        ("ｊａｎｅ", None),
        ("jаne", None),
        ("jane\u202e", None),
        ("jane\n@tom", None),
        ("１２３", None),
        ("https://x.com/jane", None),
    ],
)
async def test_handles(x: X, text: str, handle: str | None) -> None:
    assert x.clean_handle(text) == handle
