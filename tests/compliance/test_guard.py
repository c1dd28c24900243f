"""What holds of the guard as a whole, for any text at all."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.compliance.kinds import KINDS
from bot.errors import Refusal

PIECES = (
    "4111 1111 1111 1111",
    "4111111111111111",
    "531-21-7351",
    "531217351",
    "my ssn ",
    "nhs 943 476 5919",
    "DE89 3704 0044 0532 0130 00",
    "john@example.com",
    " at example dot com",
    " (at) ",
    " [dot] ",
    "+49 171 1234567",
    "020 7946 0958",
    "(555) 123-4567",
    "call ",
    "password: hunter2",
    "pin 1234",
    "cvv 123",
    "https://u:p4ss@h.example/",
    "https://x.com/a/status/",
    "1790000000000000001",
    "98.85.59.159",
    "-----BEGIN PRIVATE KEY-----",
    "[card ••1111]",
    "[e-mail j•••@example.com]",
    "[phone ••67]",
    "[national id]",
    "[secret]",
    "[IBAN DE ••3000]",
    "[4111] [1111] [1111] [1111]",
    "4111/1111-1111 1111",
    "DE89_3704_0044_0532_0130_00",
    "my password is hunter22",
    "password for ",
    " is ",
    "token abcdef0123456789",
    "\u200b",
    "\u3164",
    "   ",
    "\t",
    "四",
    "❶",
    "\r\n",
    "\x00",
    "\ud800",
    "\uffff",
    "٤",
    "12.12.2024",
    "born on ",
    "vin ",
    "1HGBH41JXMN109186",
    "WVWZZZ1JZXW000001",
    "policy no. ",
    "A-12345 678",
    "order number ",
    "60-56-85-91",
    "0478-384-837",
    "aa:bb:cc:dd:ee:ff",
    "7030:6e73:a3cd:356d\n:6c39:64b1:d3bf:24d5",
    "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD",
    "rodné číslo 710319/2745",
    "a@b\n",
    "c.com",
    "\n@gmail.com",
)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(PIECES),
        st.text(max_size=3),
        st.text(alphabet="0123456789 -.\n", max_size=20),
        st.text(alphabet="[]()•@ab.1- ", max_size=6),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_once_masked_stays_as_it_is(guard: Guard, text: str) -> None:
    guarded = guard.guard(text)
    assert guard.guard(guarded.masked).masked == guarded.masked
    assert guard.guard(guarded.kept).kept == guarded.kept
    assert guard.mask(text) == guarded.masked


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_nothing_destroyed_is_kept(guard: Guard, text: str) -> None:
    kept = guard.guard(text).kept
    assert not [span for span in guard.spans(kept) if span.action == "destroy"]
    guard.admit(kept)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_spans_are_in_order_and_apart(guard: Guard, text: str) -> None:
    spans = guard.spans(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    ends = [0, *(span.end for span in spans)]
    assert all(end <= span.start for end, span in zip(ends, spans, strict=False))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_what_is_read_on_a_pipe_is_the_original_with_masks(guard: Guard, text: str) -> None:
    masked, spans = guard.read(text)
    assert spans == guard.spans(text)
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    apart = [re.escape(text[end:start]) for end, start in zip(ends, starts, strict=True)]
    assert re.fullmatch(r"\[.+?\]".join(apart), masked, re.DOTALL)
    assert guard.read(masked) == (masked, ())


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_what_is_shown_can_be_encoded_and_controls_nothing(guard: Guard, text: str) -> None:
    masked = guard.guard(text).masked
    masked.encode()
    assert not set(masked) & set("\x00\x07\x1b\x7f\x85\u202e\u2066\u200f\ufeff")


def test_lines_tabs_and_emoji_stay(guard: Guard) -> None:
    text = "one\n\ttwo 👩‍👩‍👧 ❤️ नमस्ते"
    assert guard.guard(text).masked == text


def test_what_one_finding_hides_is_found_too(guard: Guard) -> None:
    text = "+49 171 1234567 4111 1111 1111 1111 anna@example.com"
    assert guard.guard(text).masked == "[phone ••67] [card ••1111] [e-mail a•••@example.com]"
    assert guard.guard(text).kept == "+49 171 1234567 [card ••1111] anna@example.com"
    assert guard.guard(text).kinds == ("card", "email", "phone")


@pytest.mark.parametrize(
    "text",
    [
        "[card 4111 1111 1111 1111]",
        "[e-mail •••@4111111111111111.com]",
        "[IBAN DE89 3704 0044 0532 0130 00]",
        "[phone 4111][phone 1111][phone ••11] 4111 1111 1111 1111",
        "[secret xoxb-" + "123456789012-abcdefghijkl]",
    ],
)
def test_nobody_hides_in_what_looks_like_a_mask(guard: Guard, text: str) -> None:
    with pytest.raises(Refusal):
        guard.admit(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("claim 4111 1111 1111 1111", "guard.card"),
        ("cvv 123", "guard.card_code"),
        ("DE89370400440532013000", "guard.iban"),
        ("531-21-7351", "guard.ssn"),
        ("password: hunter2", "guard.token"),
    ],
)
def test_what_must_not_come_in_is_refused_unrepeated(guard: Guard, text: str, rule: str) -> None:
    with pytest.raises(Refusal) as refusal:
        guard.admit(text)
    assert refusal.value.rule == rule
    assert "did not keep it" in refusal.value.sentence
    assert "again without it" in refusal.value.sentence
    assert not any(sign.isdigit() for sign in refusal.value.sentence)
    assert "hunter" not in refusal.value.sentence


def test_mail_and_phone_may_come_in(guard: Guard) -> None:
    guard.admit("anna@example.com, +49 171 1234567")


def test_every_kind_has_its_words() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.noun.split()[0] in ("a", "an", "the")
        assert kind.instead.endswith((".", "!"))
