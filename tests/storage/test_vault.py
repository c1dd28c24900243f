"""The seam for texts about people: it opens at its place and under its key, or not at all."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Misconfigured
from storage.vault import NotOpened, Vault
from tests.storage.samples import KEY

PLACE = "mentions.words/x/1"
VAULT = Vault(KEY)


@given(st.text(st.characters()))
def test_any_text_comes_back(text: str) -> None:
    assert VAULT.open(VAULT.seal(text, place=PLACE), place=PLACE) == text


@given(st.binary())
def test_any_bytes_come_back(raw: bytes) -> None:
    assert VAULT.open_bytes(VAULT.seal_bytes(raw, place=PLACE), place=PLACE) == raw


def test_a_seal_has_its_shape_and_is_new_each_time() -> None:
    first, second = VAULT.seal("hello", place=PLACE), VAULT.seal("hello", place=PLACE)
    assert first[:1] == b"\x01"
    assert first[:5] == second[:5]
    assert first[5:] != second[5:]
    assert len(first) == 1 + 4 + 12 + len("hello") + 16


def test_what_was_sealed_once_opens_forever() -> None:
    """Made by the first version; if this fails, every database in the field is lost."""
    assert VAULT.open(bytes.fromhex(KNOWN), place=PLACE) == "grüße 😀"


KNOWN = "015da72b3c29bfff302c23722f7f5842b82cbac03fcc6f390cc9bdc871a2e8b0bdb4d7a2b11f7e49e2a29b47b5"


def test_a_value_moved_elsewhere_does_not_open() -> None:
    sealed = VAULT.seal("hello", place=PLACE)
    with pytest.raises(NotOpened, match="moved"):
        VAULT.open(sealed, place="mentions.words/x/2")


@given(st.integers(min_value=0, max_value=32), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_is_noticed(position: int, change: int) -> None:
    sealed = bytearray(VAULT.seal("hello world", place=PLACE))
    sealed[position] ^= change
    with pytest.raises((NotOpened, Misconfigured)):
        VAULT.open(bytes(sealed), place=PLACE)


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x02" + bytes(40), b"plain text, never sealed"])
def test_what_is_no_seal_does_not_open(blob: bytes) -> None:
    with pytest.raises(NotOpened):
        VAULT.open(blob, place=PLACE)


def test_another_key_is_a_matter_for_a_human() -> None:
    sealed = VAULT.seal("hello", place=PLACE)
    with pytest.raises(Misconfigured, match="another vault key"):
        Vault(bytes(reversed(KEY))).open(sealed, place=PLACE)


def test_blind_is_the_same_for_the_same_key_text_and_purpose_only() -> None:
    blind = VAULT.blind("anna", purpose="handle")
    assert len(blind) == 32
    assert blind == Vault(KEY).blind("anna", purpose="handle")
    assert blind != VAULT.blind("anna", purpose="e-mail")
    assert blind != VAULT.blind("Anna", purpose="handle")
    assert blind != Vault(bytes(reversed(KEY))).blind("anna", purpose="handle")


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_key_may_be_plain_or_url_safe_base64(encode) -> None:
    key = bytes(range(223, 255))
    vault = Vault.from_text(f" {encode(key).decode()}\n")
    assert vault.open(Vault(key).seal("hello", place=PLACE), place=PLACE) == "hello"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not random"),
        ("not base64!", "not base64"),
        (base64.b64encode(bytes(32)).decode(), "not random"),
        (base64.b64encode(bytes(range(16))).decode(), "16 bytes"),
    ],
)
def test_a_bad_key_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(Misconfigured, match=said):
        Vault.from_text(text)
