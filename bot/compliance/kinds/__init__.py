"""The rule families, one file each. A new one is a file and a line in each of these two tuples."""

from bot.compliance.kinds import (
    addresses,
    births,
    cards,
    contracts,
    emails,
    ibans,
    national_ids,
    passwords,
    phone_links,
    phones,
    spelled_emails,
    tokens,
    vehicles,
    wallets,
)
from bot.compliance.kinds.base import Found, Harm, Kind, Reading, Rule

FAMILIES: tuple[tuple[Rule, ...], ...] = (
    cards.RULES,
    ibans.RULES,
    national_ids.RULES,
    tokens.RULES,
    passwords.RULES,
    emails.RULES,
    spelled_emails.RULES,
    addresses.RULES,
    births.RULES,
    vehicles.RULES,
    wallets.RULES,
    phones.RULES,
    phone_links.RULES,
    contracts.RULES,
)
KINDS: tuple[Kind, ...] = (
    # The strongest first: where two overlap, the whole stretch is treated as the first of them.
    # An account's digits may by chance hold a card's, never the other way round.
    ibans.IBAN,
    cards.CARD,
    cards.CARD_CODE,
    national_ids.SSN,
    national_ids.NATIONAL_ID,
    tokens.TOKEN,
    emails.EMAIL,
    addresses.IP,
    addresses.MAC,
    births.BIRTH_DATE,
    vehicles.VIN,
    wallets.WALLET,
    phones.PHONE,
    contracts.ACCOUNT,
)

__all__ = ["FAMILIES", "KINDS", "Found", "Harm", "Kind", "Reading", "Rule"]
