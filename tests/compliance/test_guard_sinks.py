"""What becomes of a find where: one table, and every place that words reach asks it."""

import pytest

from bot.compliance import Guard, Sink
from bot.compliance.guard import KIND_NAMES
from bot.compliance.kinds import Harm
from bot.compliance.kinds.own_numbers import OwnNumber
from bot.compliance.sinks import TABLE, Treatment
from bot.errors import Refusal
from tests.house.source import PROJECT

CARD, PHONE, MAIL = "4111 1111 1111 1111", "+49 171 1234567", "anna@example.com"
NUMBER = "P-12345678"
EVERYTHING = f"{CARD}, {PHONE}, {MAIL}, {NUMBER}"


@pytest.fixture(scope="module")
def own() -> Guard:
    return Guard(
        numbers=[OwnNumber("policy", "P-[0-9]{8}")], desk=["phone"], ours=["+1 800 848 9136"]
    )


def test_the_page_names_every_kind() -> None:
    page = (PROJECT / "docs" / "guard.md").read_text(encoding="utf-8")
    assert [kind for kind in KIND_NAMES if f"`{kind}`" not in page] == []


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(Harm)
    assert all(set(row) == set(Sink) for row in TABLE.values())


def test_what_does_grave_harm_is_shown_and_kept_nowhere() -> None:
    grave = TABLE[Harm.GRAVE]
    assert grave[Sink.STORE] is Treatment.DESTROY
    assert not {Treatment.SHOW, Treatment.SEAL} & set(grave.values())


@pytest.mark.parametrize(
    ("sink", "masked"),
    [
        (Sink.CHANNEL, "[card ••1111], [phone ••67], [e-mail a•••@example.com], [policy]"),
        (Sink.PERSON, f"[card ••1111], [phone ••67], [e-mail a•••@example.com], {NUMBER}"),
        (Sink.DESK, f"[card ••1111], {PHONE}, [e-mail a•••@example.com], [policy]"),
        (Sink.LOG, "[card ••1111], [phone ••67], [e-mail a•••@example.com], [policy]"),
    ],
)
def test_each_place_reads_its_own_text(own: Guard, sink: Sink, masked: str) -> None:
    assert own.mask(EVERYTHING, sink=sink) == masked
    assert own.clear({"text": EVERYTHING}, sink=sink).value == {"text": masked}


def test_a_channel_reads_what_the_store_calls_masked(own: Guard) -> None:
    assert own.mask(EVERYTHING) == own.guard(EVERYTHING).masked


def test_a_desk_is_opened_by_kind_and_never_to_what_does_grave_harm() -> None:
    opened = Guard(desk=["phone", "card"])
    assert opened.mask(f"{CARD} {PHONE}", sink=Sink.DESK) == f"[card ••1111] {PHONE}"
    assert opened.hidden(f"{PHONE} {MAIL}", sink=Sink.DESK) == ("an e-mail address",)
    assert opened.hidden(PHONE, sink=Sink.DESK) == ()
    assert Guard().hidden(f"{PHONE} {MAIL}", sink=Sink.DESK) == (
        "an e-mail address",
        "a telephone number",
    )


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (f"We saw {CARD}", "guard.card"),
        (f"We call you at {PHONE}", "guard.phone"),
        (f"is it still {MAIL}?", "guard.email"),
        (f"about {NUMBER}", "guard.policy"),
        ("the password is hunter22", "guard.token"),
        ("4111\u200b111111111111 \uff1f", "guard.card"),
    ],
)
def test_a_reply_tells_nobodys_numbers(own: Guard, words: str, rule: str) -> None:
    with pytest.raises(Refusal) as no:
        own.release(words)
    assert no.value.rule == rule
    assert "nothing went out" in no.value.sentence
    assert not any(sign.isdigit() for sign in no.value.sentence)


def test_a_reply_may_tell_our_own(own: Guard) -> None:
    own.release("Please call 1-800-848-9136, we are there until 8 p.m. – Anna, works at Acme")
