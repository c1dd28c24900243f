"""Who issues payment cards: first digits of a number, and how long it may be."""

_ANY = tuple(range(19, 11, -1))
_LONG = (19, 18, 17, 16)
_ISSUERS: tuple[tuple[int, int, tuple[int, ...]], ...] = (
    # Prefixes of four digits, first to last, and the lengths they come in, longest first.
    (4000, 4999, (19, 16, 13)),  # Visa
    (5100, 5599, (16,)),  # Mastercard
    (2221, 2720, (16,)),  # Mastercard, 2 series
    (3400, 3499, (15,)),  # American Express
    (3700, 3799, (15,)),
    (3000, 3059, (16, 14)),  # Diners Club
    (3095, 3095, (16, 14)),
    (3600, 3699, (16, 14)),
    (3800, 3999, (16, 14)),
    (6011, 6011, _LONG),  # Discover
    (6440, 6599, _LONG),
    (3528, 3589, _LONG),  # JCB
    (3500, 3527, (16,)),  # and what is sold as such
    (3590, 3599, (16,)),
    (2131, 2131, (15,)),
    (1800, 1800, (15,)),
    (6200, 6299, _LONG),  # UnionPay
    (8100, 8199, _LONG),
    # Mir. Its rare longer numbers are left out: posts of X will soon begin with these digits.
    (2200, 2204, (16,)),
    (9792, 9792, (16,)),  # Troy
    (6062, 6062, (16,)),  # Hipercard
    (2205, 2205, (16,)),  # Borica
    (5019, 5019, (16,)),  # Dankort
    (5060, 5099, _LONG),  # Verve, Elo, RuPay
    (6000, 6010, (16,)),  # RuPay
    (6012, 6061, (16,)),
    (6063, 6099, (16,)),
    (6360, 6389, (16,)),  # Elo, InstaPayment
    (8200, 8299, (16,)),  # RuPay
    (8600, 8600, (16,)),  # Uzcard
    (9860, 9860, (16,)),  # Humo
    (5018, 5018, _ANY),  # Maestro
    (5020, 5020, _ANY),
    (5038, 5038, _ANY),
    (5600, 5899, _ANY),
    (6304, 6304, _ANY),
    (6390, 6390, _ANY),
    (604, 604, _ANY),
    (6759, 6759, _ANY),
    (6761, 6763, _ANY),
)
LENGTHS = {
    f"{prefix:04}": lengths
    for first, last, lengths in _ISSUERS
    for prefix in range(first, last + 1)
}
"""By the first four digits."""
