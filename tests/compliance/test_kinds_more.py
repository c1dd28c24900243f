"""Kinds that a word, a check digit or the organisation's own pattern gives away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.compliance.kinds.national_id_rows import IDS, Id
from bot.compliance.kinds.own_numbers import OwnNumber


@pytest.mark.parametrize(
    ("text", "masked", "kind"),
    [
        ("1HGBH41JXMN109186 is my car", "[VIN] is my car", "vin"),
        ("Fahrgestellnummer WVWZZZ1JZXW000001", "Fahrgestellnummer [VIN]", "vin"),
        ("aa:bb:cc:dd:ee:0f", "[MAC address]", "mac"),
        ("00-1A-2B-3C-4D-5E", "[MAC address]", "mac"),
        ("1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", "[wallet]", "wallet"),
        ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "[wallet]", "wallet"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "[wallet]", "wallet"),
        ("born on 12/03/1986", "born on [date of birth]", "birth_date"),
        ("DOB: 1986-03-12", "DOB: [date of birth]", "birth_date"),
        ("geboren am 3. März 1986", "geboren am [date of birth]", "birth_date"),
        ("I was born on March 3rd, 1986", "I was born on [date of birth]", "birth_date"),
        ("policy no. P-1234567 please", "policy no. [account number] please", "account_number"),
        ("account number is 1234 5678 90", "account number is [account number]", "account_number"),
        ("claim #CLM2024/00123", "claim #[account number]", "account_number"),
        ("Kundennummer: 4711-0815-3", "Kundennummer: [account number]", "account_number"),
    ],
)  # fmt: skip
def test_masked_and_kept(guard: Guard, text: str, masked: str, kind: str) -> None:
    guarded = guard.guard(text)
    assert (guarded.masked, guarded.kept, guarded.kinds) == (masked, text, (kind,))


@pytest.mark.parametrize(
    "text",
    [
        "1HGBH41J1MN109186 is my car",  # wrong check digit, and no word
        "WVWZZZ1JZXW000001",
        "born in 1986, moved on 12/03/2020",
        "the app was born 3 years ago",
        "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfE",
        "account number of times I wrote: 3",
        "a customer number is what I need",
        "policy number 12",
    ],
)
def test_left_alone(guard: Guard, text: str) -> None:
    assert guard.guard(text).masked == text


@pytest.mark.parametrize(
    "text",
    [
        "rodné číslo 710319/2745",
        "CNP 1630615123457",
        "EGN 7523169263",
        "OIB 33392005961",
        "isikukood 36805280109",
        "AMKA 01013099997",
        "NIF 501964843",
        "360426199101010071",
        "971013-9019902",
        "BOXW310820HNERXN09",
        "20-05536168-2",
        "12.531.909-2",
        "id number 7503305044089",
        "kimlik 17291716060",
    ],
)
def test_more_of_the_same_all_over_the_world(guard: Guard, text: str) -> None:
    assert guard.guard(text).kinds == ("national_id",)


@settings(max_examples=20, deadline=None)
@given(st.data())
@pytest.mark.parametrize("row", IDS, ids=lambda row: row.shape[:30])
def test_no_check_of_the_library_raises(guard: Guard, row: Id, data: st.DataObject) -> None:
    word = row.words.split("|")[0].replace("\\b", "").replace("?", "")
    number = data.draw(st.from_regex(row.shape, fullmatch=True))
    guard.guard(f"{word} {number}")


POLICY = OwnNumber("policy", "P-[0-9]{8}")
BADGE = OwnNumber("badge", "B[0-9]{6}", destroy=True)


def test_the_organisations_own_numbers() -> None:
    own = Guard(numbers=[POLICY, BADGE])
    guarded = own.guard("p-12345678 and B123456")
    assert guarded.masked == "[policy] and [badge]"
    assert guarded.kept == "p-12345678 and [badge]"
    assert guarded.kinds == ("badge", "policy")
    assert own.guard(guarded.masked).masked == guarded.masked
    assert own.guard("P-１２３４５\u200b678").masked == "[policy]"
    assert own.guard("see ?id=P%2D12345678&x").masked == "see ?id=[policy]&x"
    for letter in "РΡр":  # of Cyrillic and of Greek
        assert own.guard(f"see {letter}-12345678 ok").masked == "see [policy] ok"
    cyrillic = Guard(numbers=[OwnNumber("order", "РУ-[0-9]{4}")])
    assert cyrillic.guard("РУ-1234, ру-1235").masked == "[order], [order]"


@settings(deadline=None)
@given(st.text(alphabet="P-0123456789[]policy \n\uffff\u200b", max_size=40))
def test_own_numbers_are_masked_once(text: str) -> None:
    own = Guard(numbers=[POLICY])
    masked = own.mask(text)
    assert own.mask(masked) == masked


def test_what_the_organisation_publishes_itself_is_not_masked() -> None:
    own = Guard(ours=["+1 800 848 9136", "help@acme.example"])
    text = "call (800) 848-9136 or write to HELP@acme.example"
    assert own.guard(text).masked == text
    assert own.guard("call (800) 848-9137").kinds == ("phone",)
    assert own.guard("x@evil.example").kinds == ("email",)
