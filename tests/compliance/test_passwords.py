"""Passwords told in plain speech are caught; complaints about passwords are not."""

import pytest

from bot.compliance import Guard


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("my password is hunter22", "my password is [secret]"),
        ("my passwort ist geheim123", "my passwort ist [secret]"),
        ("Mein Kennwort lautet Sommer2024", "Mein Kennwort lautet [secret]"),
        ("pw: hunter22", "pw: [secret]"),
        ("pw hunter22, thanks", "pw [secret], thanks"),
        ("token abcdef0123456789", "token [secret]"),
        ("the api key is abcdef0123456789!", "the api key is [secret]!"),
        ("password for the portal is now P4ssword", "password for the portal is now [secret]"),
        ("My password’s “hunter22”", "My password’s “[secret]”"),
        ("the password was 12345678", "the password was [secret]"),
        ("password: [ab]12", "password: [secret]"),
        ("pass\u3164word is hunter22", "password is [secret]"),
    ],
)
def test_told_in_plain_speech(guard: Guard, text: str, masked: str) -> None:
    guarded = guard.guard(text)
    assert guarded.masked == masked
    assert guarded.kept == masked
    assert guarded.kinds == ("token",)


def test_with_an_address_in_between(guard: Guard) -> None:
    guarded = guard.guard("password for anna@example.com is hunter22")
    assert guarded.masked == "password for [e-mail a•••@example.com] is [secret]"
    assert guarded.kept == "password for anna@example.com is [secret]"


@pytest.mark.parametrize(
    "text",
    [
        "password is wrong",
        "password is wrong!!!",
        "the password is not working",
        "forgot my password",
        "my password is 100% right",
        "the password was changed on 12.10.2024",
        "password is case-sensitive, and the code is 4 digits long",
        "password must have 8 characters and 1 digit",
        "the password is valid for 90 days",
        "is the password still the same since version 10.2?",
        "password reset since 2024 does not work",
        "my password is 12/2024",
        "the token is 120000 points worth",
        "this token is ERC20-compatible",
        "the secret is out, a token of love",
        "Das Passwort ist falsch",
        "Mein Passwort geht seit 3 Tagen nicht",
    ],
)
def test_talk_about_passwords_is_left_alone(guard: Guard, text: str) -> None:
    assert guard.guard(text).masked == text


def test_a_sentence_about_a_password_may_come_in(guard: Guard) -> None:
    guard.admit("forgot my password, and the password is not working")
