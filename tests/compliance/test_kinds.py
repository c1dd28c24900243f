"""The other kinds of personal text: what each rule finds, and what it leaves alone."""

import pytest

from bot.compliance import Guard

# Put together here, so that no scanner takes the examples for leaks.
SLACK = "xoxb-" + "123456789012-abcdefghijkl"
GITHUB = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
AWS = "AKIA" + "ABCDEFGHIJKLMNOP"
JWT = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0." + "c2lnbmF0dXJl"
PEM = "-----BEGIN RSA PRIVATE " + "KEY-----\nMIIB\nAAAA\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("write to j.doe@example.com.", "write to [e-mail j•••@example.com]."),
        ("mailto:anna+x@sub.example.co.uk", "mailto:[e-mail a•••@sub.example.co.uk]"),
        ("jörg@münchen.de", "[e-mail]"),
        ("anna (at) example [dot] com", "[e-mail a•••@example.com]"),
        ("anna at example dot com", "[e-mail a•••@example.com]"),
        ("a@07911123456.com", "[e-mail]"),
        ("call +44 20 7946 0958 now", "call [phone ••58] now"),
        ("0171 1234567", "[phone ••67]"),
        ("(555) 123-4567", "[phone ••67]"),
        ("my number is 2025550143", "my number is [phone ••43]"),
        ("986.291.2294x751", "[phone ••94]"),
        ("from 98.85.59.159 today", "from [IP address] today"),
        ("2001:db8::ff00:42:8329", "[IP address]"),
    ],
)
def test_masked_but_kept(guard: Guard, text: str, masked: str) -> None:
    guarded = guard.guard(text)
    assert guarded.masked == masked
    assert guarded.kept == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DE89 3704 0044 0532 0130 00", "iban"),
        ("gb82west12345698765432", "iban"),
        ("IBAN:FR14 2004 1010 0505 0001 3M02 606", "iban"),
        ("DE89 3704 0044\n0532 0130 00", "iban"),
        ("531-21-7351", "ssn"),
        ("531 21 7351", "ssn"),
        ("531-2\n1-7351", "ssn"),
        ("my SSN: 531217351", "ssn"),
        ("900-70-0000", "national_id"),
        ("AB 12 34 56 C", "national_id"),
        ("NHS number 943 476 5919", "national_id"),
        ("Steuer-ID 36 574 261 809", "national_id"),
        ("12345678Z", "national_id"),
        ("X-1234567-L", "national_id"),
        ("RCCMNL83S18D969H", "national_id"),
        ("2 95 10 99 126 111 93", "national_id"),
        ("BSN 111222333", "national_id"),
        ("85.07.30-033.28", "national_id"),
        ("756.9217.0769.85", "national_id"),
        ("390.533.447-05", "national_id"),
        (SLACK, "token"),
        (GITHUB, "token"),
        (AWS, "token"),
        (JWT, "token"),
        (PEM, "token"),
        ("Authorization: Bearer 0123456789abcdef0123", "token"),
        ("password: hunter2", "token"),
        ("my pin is 1234", "token"),
        ("postgres://usher:pa55word@db.example/usher", "token"),
    ],
)
def test_destroyed(guard: Guard, text: str, kind: str) -> None:
    guarded = guard.guard(f"Hello, {text} – thanks")
    assert guarded.kinds == (kind,)
    assert guarded.kept == guarded.masked
    assert not [span for span in guard.spans(guarded.kept) if span.action == "destroy"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Where is my card? I ordered it two weeks ago.",
        "Order 481195160, tracking 1Z999AA10123456784",
        "@acme you charged me $1,234.56 twice on 12/03/2024 at 10:30:15",
        "Since version 17.1.2.3 the app crashes, the beta (1.16.0.53) too",
        "meet me at home, look at example.com or std::vector",
        "DE89 3704 0044 0532 0130 01",  # wrong check digits
        "Password: please help me to change it",
        "the bearer of bad news, a token of love, my pin does not work",
        "2024-10-12 2024-10-13",
        "000-12-3456",  # never given out
        "https://t.co/AbC123xyz9 and #1234567",
        "Order no. 1234567890123, placed at 10 Downing Street, is 26 days late",
        "parcel JD014600003828392837, DHL 00340434161094042557",
        "closed 24.12.2024, 25.12.2024, 26.12.2024 and 01/01/2025",
        "[1] it fails [2] since 2024 [3] on 12 of 20 days",
        "#support2024 #1234 #567890",
        "rooms 100, 20, 3000 and 531, 21, 7351",
        "第一百二十三章 一二三",
    ],
)
def test_left_alone(guard: Guard, text: str) -> None:
    assert guard.guard(text).masked == text
    assert guard.spans(text) == ()


def test_regions_say_whose_local_numbers_count() -> None:
    assert Guard(regions=("FR",)).guard("01 23 45 67 89").kinds == ("phone",)
    assert Guard(regions=("GB",)).guard("call 020 7946 0958").kinds == ("phone",)
