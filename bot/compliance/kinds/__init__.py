"""The rule families, one file each. A new one is a file and a line in each of these two tuples."""

from bot.compliance.kinds import (
    addresses,
    cards,
    emails,
    ibans,
    national_ids,
    passwords,
    phones,
    tokens,
)
from bot.compliance.kinds.base import Found, Kind, Reading, Rule

FAMILIES: tuple[tuple[Rule, ...], ...] = (
    cards.RULES,
    ibans.RULES,
    national_ids.RULES,
    tokens.RULES,
    passwords.RULES,
    emails.RULES,
    addresses.RULES,
    phones.RULES,
)
KINDS: tuple[Kind, ...] = (
    # The strongest first: where two overlap, the whole stretch is treated as the first of them.
    cards.CARD,
    cards.CARD_CODE,
    ibans.IBAN,
    national_ids.NATIONAL_ID,
    tokens.TOKEN,
    emails.EMAIL,
    addresses.IP,
    phones.PHONE,
)

__all__ = ["FAMILIES", "KINDS", "Found", "Kind", "Reading", "Rule"]
