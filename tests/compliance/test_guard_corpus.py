"""The guard on texts we make ourselves: every region, every grouping, every disguise, by kind."""

from collections import Counter

import pytest

from bot.compliance import Guard
from tests.compliance.corpus import CLEAN, HOME, Planted, plain_texts, planted
from tests.compliance.disguises import MEASURED

SIX = {"card", "iban", "ssn", "email", "ip", "phone"}
FLOORS = {
    "card": 1.0,
    "iban": 1.0,
    "ssn": 1.0,
    "email": 1.0,
    "ip": 1.0,
    "phone, international": 0.99,
    "phone, home": 0.98,
    "phone, abroad, called": 0.98,
    "phone, abroad, bare": 0.60,
}
DISGUISED = 0.85
"""Of each kind under each disguise; but for numbers that nothing tells, 0.5."""
UNTOLD = "phone, abroad, bare"


def name(one: Planted) -> str:
    return f"{one.kind}, {one.origin}" if one.origin else one.kind


def shares(guard: Guard, texts: list[Planted], disguise: str = "") -> dict[str, float]:
    every: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for one in texts:
        value = MEASURED[disguise](one.value) if disguise else one.value
        for text, start, end in one.texts(value):
            every[name(one)] += 1
            kinds = {s.kind for s in guard.spans(text) if s.start < end and s.end > start}
            # Dots make an address of a machine out of some telephone numbers: masked is masked.
            found[name(one)] += bool(kinds & SIX) if disguise else one.kind in kinds
    return {kind: found[kind] / every[kind] for kind in every}


def test_every_kind_is_found(guard: Guard) -> None:
    share = shares(guard, planted())
    assert set(share) == set(FLOORS)
    assert {kind: got for kind, got in share.items() if got < FLOORS[kind]} == {}


@pytest.mark.parametrize("disguise", MEASURED)
def test_every_kind_is_found_in_every_disguise(guard: Guard, disguise: str) -> None:
    # A third has each kind, each region and each carrier: what hides one does not know the others.
    share = shares(guard, planted()[::3], disguise)
    assert set(share) == set(FLOORS)
    floors = {kind: 0.5 if kind == UNTOLD else DISGUISED for kind in share}
    assert {kind: got for kind, got in share.items() if got < floors[kind]} == {}


def test_numbers_that_are_nobodys_raise_no_alarm(guard: Guard) -> None:
    texts = [*plain_texts(2000), *CLEAN]
    alarms = [text for text in texts if guard.spans(text)]
    assert len(alarms) <= 0.005 * len(texts), alarms[:5]


def test_a_region_makes_its_local_numbers_known(guard: Guard) -> None:
    """What app.yaml's regions are for: fewer words needed, for whoever lives there."""
    for region, written in (("NO", "call 22225555"), ("EE", "tel 3212345"), ("FR", "0612345678")):
        assert region not in HOME
        assert Guard(regions=(region,)).guard(f"ask {written} ok").kinds == ("phone",), region


@pytest.mark.parametrize(
    "text",
    [
        "my driver's license number is 481195160",
        "order 60-56-85-91 is lost",
        "Bestellung Nr. 512 303 553",
        "invoice number: 9472 7916",
        "open 08.00-17.00 and 09.30-12.30",
        "paid 512.303,55 on account",
        "on 1990-04-14 07:03:09.468491 it failed",
        "order number 069-3030509-3030903",
        "please transfer to account number 0995 2969 17",
        "Filippo-Dörr-Ring 4-1\n76222 Schwäbisch Gmünd",
    ],
)
def test_what_a_word_says_is_another_number_is_no_phone(guard: Guard, text: str) -> None:
    assert not {"phone", "card"} & set(guard.guard(text).kinds)
