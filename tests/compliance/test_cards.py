"""Cards are found in every grouping, and links to posts are not mistaken for them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import luhn

from bot.care.wording import in_eights
from bot.compliance import Guard

VISA = "4111111111111111"


def _card(prefix: str, length: int) -> str:
    body = prefix.ljust(length - 1, "7")
    return body + str(luhn.calc_check_digit(body))


@pytest.mark.parametrize(
    ("prefix", "length"),
    [
        ("4", 13),
        ("4", 16),
        ("4", 19),
        ("51", 16),
        ("55", 16),
        ("2221", 16),
        ("2720", 16),
        ("34", 15),
        ("37", 15),
        ("300", 14),
        ("36", 14),
        ("6011", 16),
        ("6011", 19),
        ("65", 16),
        ("3528", 16),
        ("2131", 15),
        ("62", 19),
        ("5018", 12),
        ("6759", 13),
        ("2200", 16),
    ],
)
def test_every_issuer(guard: Guard, prefix: str, length: int) -> None:
    number = _card(prefix, length)
    guarded = guard.guard(f"it is {number}, thanks")
    assert guarded.masked == f"it is [card ••{number[-4:]}], thanks"
    assert guarded.kept == guarded.masked
    assert guarded.kinds == ("card",)


@pytest.mark.parametrize(
    "written",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111/1111/1111/1111",
        "4111  1111  1111  1111",
        "4111 - 1111 - 1111 - 1111",
        "4111 1111\n1111 1111",
        "41111111\r\n11111111",
        "411111111\n1111111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "4111_1111_1111_1111",
        "card4111111111111111",
        "41111111111111111225",  # expiry typed on
        "4111 1111 1111 1111 12/25",
        "(4111)(1111)(1111)(1111)",
    ],
)
def test_every_grouping(guard: Guard, written: str) -> None:
    masked = guard.guard(f"see: {written}.").masked
    assert "[card ••1111]" in masked
    assert "4111" not in masked


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",  # wrong check digit
        "1790000000000000003",  # the id of a post
        "order 1000000000000008",  # right check digit, no issuer
        "on 2024-10-12 14:30:15 I paid 4500 and then 5600",
        "550e8400-e29b-41d4-a716-446655440000",
        "1503435956.000247",
    ],
)
def test_what_is_no_card(guard: Guard, text: str) -> None:
    assert "card" not in guard.guard(text).kinds


@pytest.mark.parametrize(
    "text",
    [
        # Each begins as a card does, is as long as one and has the right check digit.
        "invoice 54336302 14.08.2026",
        "policy 45000006 2024-05-12",
        "closed 30/06/2024-07/07/2024",
        "on 30.06.2024 14.30.04",
        "rooms 4500-4600, 4700-4802",
        "at 48.137100, 11.576124",
        "paid 45.01, 12.50, 33.10, 44.40",
        "paid 4,500.00 4,600.17 440.00",
        "4500+1200-4600=1007",
    ],
)
def test_lists_of_numbers_are_no_card(guard: Guard, text: str) -> None:
    digits = "".join(sign for sign in text if sign.isdigit())
    assert any(luhn.is_valid(digits[:length]) for length in (14, 16, 18)), "or it could not fail"
    assert "card" not in guard.guard(text).kinds


@given(st.integers(min_value=10**18, max_value=10**19 - 1))
def test_links_to_posts_stay(guard: Guard, post: int) -> None:
    for link in (
        f"https://x.com/acme/status/{post}",
        f"http://twitter.com/i/status/{post}?s=20",
        f"https://social.example/@anna/statuses/{post}",
    ):
        assert guard.guard(f"see {link} please").masked == f"see {link} please"


@pytest.mark.parametrize(
    "link",
    [
        f"https://evil.example/?n={VISA}",
        f"https://evil.example/{VISA}/status",
        f"https://x.com/acme/{VISA}",
        f"https://x.com/acme/status/{VISA}",  # no post has had so short an id since 2011
        f"https://x.com/acme/status/1790000000000000001?card={VISA}",
    ],
)
def test_a_card_hidden_in_a_link_is_found(guard: Guard, link: str) -> None:
    assert VISA not in guard.guard(link).masked


@pytest.mark.parametrize("text", ["cvv 123", "CVC: 1234", "the security code is 987", "CSC=123"])
def test_security_codes(guard: Guard, text: str) -> None:
    guarded = guard.guard(text)
    assert guarded.kinds == ("card_code",)
    assert guarded.kept.endswith("[card code]")


def test_two_cards_and_what_stands_between(guard: Guard) -> None:
    text = "4111 1111 1111 1111 and 5500 0055 5555 5559."
    assert guard.guard(text).masked == "[card ••1111] and [card ••5559]."


HASH = "89b7ac8ba8e81d9c4e7d2a1f06c35b9de4111111111111111c0ffee5d2b61a97"
DIGITS = st.text("0123456789", min_size=12, max_size=64)


@given(DIGITS | st.text("0123456789abcdef", min_size=64, max_size=64))
@example(HASH)
def test_our_own_hashes_are_no_numbers_of_anybody(guard: Guard, digest: str) -> None:
    for says in (
        "SHA-256 of the file: {}",
        "verify-case case-12.json --sha256 {}`",
        "shelter ({}).",
    ):
        assert not guard.spans(says.format(in_eights(digest)))


def test_as_they_are_one_in_a_thousand_would_be(guard: Guard) -> None:
    assert guard.spans(f"SHA-256 of the file: {HASH}")
