"""Addresses of crypto wallets: everybody can read there what the owner has."""

import re
from collections.abc import Iterator

from stdnum import bitcoin

from bot.compliance.kinds.base import Found, Harm, Kind, Reading, Rule

WALLET = Kind(
    name="wallet",
    label="wallet",
    harm=Harm.PERSONAL,
    noun="the address of a crypto wallet",
    instead="Please leave it out.",
)

_BITCOIN = r"(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71})"
_ETHER = r"0x[0-9a-fA-F]{40}"
_EXACT = re.compile(rf"(?<![\w/.-])(?:({_BITCOIN})|{_ETHER})(?!\w)")


def _wallets(reading: Reading) -> Iterator[Found]:
    for match in _EXACT.finditer(reading.text):
        if match[1] is None or bitcoin.is_valid(match[1]):
            yield Found(match.start(), match.end(), WALLET, WALLET.masked())


RULES = (Rule(rf"\b(?:{_BITCOIN}|{_ETHER})\b", _wallets, destroys=False),)
