"""Numbers that only this organisation gives out: their patterns come from guard.numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

import re2

from bot.compliance.kinds.base import BARRIER, Found, Harm, Kind, Reading, Rule
from bot.compliance.own_patterns import plain_pattern

_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсухѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",  # Cyrillic and Greek
    "ABESIJKMHOPCTYXaeijopcyxsABEZHIKMNOPTYXo",
)
"""Nobody sees the difference, so a number typed with them is read as well."""


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """`pattern` is RE2, so that no text makes it slow; letters count in either case."""

    name: str
    pattern: str
    destroy: bool = False


def own_kind(own: OwnNumber) -> Kind:
    return Kind(
        name=own.name,
        label=own.name,
        harm=Harm.GRAVE if own.destroy else Harm.NUMBER,
        noun=f"a number of ours ({own.name})",
        instead="Please leave it out.",
    )


def own_rule(own: OwnNumber, kind: Kind) -> Rule:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    exact = re2.compile(f"(?:{plain_pattern(own.pattern)})", options)

    def find(reading: Reading) -> Iterator[Found]:
        start = 0
        for part in reading.text.split(BARRIER):
            for said in (part,) if part.isascii() else {part, part.translate(_LOOK_ALIKES)}:
                for match in exact.finditer(said):
                    if match.start() < match.end():
                        yield Found(start + match.start(), start + match.end(), kind, kind.masked())
            start += len(part) + len(BARRIER)

    return Rule("", find, destroys=kind.destroyed)
