"""Texts to try the guard on: labelled ones of others where they are there, else our own.

`../shared/data/pii` is read where it stands beside the project and is never copied into it.
"""

import csv
import json
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from tests.compliance.corpus import CLEAN, planted

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "pii"
LABELLED = SHARED / "presidio-research" / "generated_small.json"
CLEAN_SET = SHARED / "banking77" / "test.csv"

KINDS = {
    "CREDIT_CARD": "card",
    "IBAN_CODE": "iban",
    "US_SSN": "ssn",
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "IP_ADDRESS": "ip",
}
"""The six structured kinds: what the labelled set calls them, and what the guard does."""

EVERY = 20
"""Of so many texts one has something planted: five in a hundred."""


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    gold: tuple[tuple[int, int, str], ...]
    """Start, end and kind as the guard calls it."""


def labelled() -> list[Labelled]:
    if not LABELLED.exists():
        return [
            Labelled(text, ((start, end, one.kind),))
            for one in planted()
            if one.origin != "abroad, bare"
            for text, start, end in one.texts(one.value)
        ]
    return [
        Labelled(
            sample["full_text"],
            tuple(
                (span["start_position"], span["end_position"], KINDS[span["entity_type"]])
                for span in sample["spans"]
                if span["entity_type"] in KINDS
            ),
        )
        for sample in json.loads(LABELLED.read_text(encoding="utf-8"))
    ]


def clean_texts() -> list[str]:
    if not CLEAN_SET.exists():
        return list(CLEAN) * 250
    with CLEAN_SET.open(encoding="utf-8", newline="") as page:
        return [row["text"] for row in csv.DictReader(page)]


def mixed_texts() -> list[str]:
    values = cycle(planted())
    return [
        f"{text} {next(values).value}" if place % EVERY == 0 else text
        for place, text in enumerate(clean_texts())
    ]
