"""The one seam for texts about people: sealed with AES-256-GCM, found again by a blind index.

A blob is 0x01, the key's id (4 bytes), the nonce (12), then ciphertext and tag. The place it was
sealed for is authenticated with it, so a value moved to another column or row does not open.
"""

import base64
import binascii
import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import Misconfigured
from storage.tables.types import storable

VERSION: Final = b"\x01"
KEY_LENGTH: Final = 32
NONCE_LENGTH: Final = 12
HEAD_LENGTH: Final = 5
FEWEST_DIFFERENT_BYTES: Final = 8


class NotOpened(RuntimeError):
    """A sealed value was changed or stands where it was not sealed for."""


class Vault:
    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_LENGTH:
            raise Misconfigured((f"The vault's key has {len(key)} bytes, it needs {KEY_LENGTH}.",))
        self._head = VERSION + _derived(key, "id")[:4]
        self._aead = AESGCM(_derived(key, "seal"))
        self._blind = _derived(key, "blind")
        self._purposes: dict[str, bytes] = {}

    @classmethod
    def from_text(cls, text: str) -> "Vault":
        """From base64, plain or URL-safe, as it stands in the environment."""
        plain = text.strip().replace("-", "+").replace("_", "/")
        try:
            key = base64.b64decode(plain, validate=True)
        except (binascii.Error, ValueError) as error:
            raise Misconfigured(("The vault's key is not base64.",)) from error
        if len(set(key)) < FEWEST_DIFFERENT_BYTES:
            raise Misconfigured(("The vault's key is not random: make 32 random bytes.",))
        return cls(key)

    def seal(self, text: str, *, place: str) -> bytes:
        # Whatever Python can hold comes back as it was, half a surrogate pair included.
        return self.seal_bytes(text.encode("utf-8", "surrogatepass"), place=place)

    def open(self, blob: bytes, *, place: str) -> str:
        return self.open_bytes(blob, place=place).decode("utf-8", "surrogatepass")

    def seal_bytes(self, raw: bytes, *, place: str) -> bytes:
        nonce = os.urandom(NONCE_LENGTH)
        return self._head + nonce + self._aead.encrypt(nonce, raw, _bound(place))

    def open_bytes(self, blob: bytes, *, place: str) -> bytes:
        """Misconfigured when another key sealed it, NotOpened when it was changed or moved."""
        head, rest = blob[:HEAD_LENGTH], blob[HEAD_LENGTH:]
        if head[:1] != VERSION or len(rest) < NONCE_LENGTH:
            raise NotOpened(f"not a sealed value: {place}")
        if head != self._head:
            raise Misconfigured(
                ("The database was sealed with another vault key: put that key back.",)
            )
        try:
            return self._aead.decrypt(rest[:NONCE_LENGTH], rest[NONCE_LENGTH:], _bound(place))
        except InvalidTag as error:
            raise NotOpened(f"changed or moved: {place}") from error

    def blind(self, text: str, *, purpose: str) -> bytes:
        """The same 32 bytes for the same text and purpose, and for nobody without the key."""
        key = self._purposes.get(purpose)
        if key is None:
            key = self._purposes[purpose] = hmac.digest(self._blind, purpose.encode(), "sha256")
        return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")


def _bound(place: str) -> bytes:
    """A place is often named by a key of its row, so it must read as the row's column gives it."""
    return storable(place).encode()


def _derived(key: bytes, use: str) -> bytes:
    return hmac.digest(key, f"usher/vault/1/{use}".encode(), "sha256")
