"""National ids, one row each: its shape, who checks it, and the words it needs beside it, if any.

A row without words must be told from an order number by shape and check digits alone; where a
tenth of all order numbers would pass, the row asks for a word. Checks are python-stdnum's.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.at import vnr
from stdnum.au import tfn
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ca import sin
from stdnum.ch import ssn as ahv
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.in_ import aadhaar, pan
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.se import personnummer
from stdnum.us import itin, ssn

from bot.compliance.kinds.base import GAP, Found, Kind, Reading, Rule
from bot.compliance.kinds.context import Beside

NATIONAL_ID = Kind(
    name="national_id",
    label="national id",
    destroyed=True,
    noun="a national identity or tax number",
    instead="The service desk has a safe way to take it, once the case is handed off to them.",
)


@dataclass(frozen=True, slots=True)
class _Id:
    """`shape` is RE2 as well; what separates is taken out before `check` sees it."""

    shape: str
    check: Callable[[str], bool]
    words: str = ""


def _allowed(_: str) -> bool:
    """For a number without check digits, whose shape alone is strict enough."""
    return True


_MAYBE = f"{GAP}?"
_SIGN = "[-_./ ]?"
_SPACED_NINE = f"[0-9](?:{_MAYBE}[0-9]){{8}}"
_SPACED_TEN = f"[0-9](?:{_MAYBE}[0-9]){{9}}"
_SPACED_ELEVEN = f"[0-9](?:{_MAYBE}[0-9]){{10}}"
_SPACED_TWELVE = f"[0-9](?:{_MAYBE}[0-9]){{11}}"

_IDS = (
    _Id(rf"[0-9]{{3}}{GAP}[0-9]{{2}}{GAP}[0-9]{{4}}", ssn.is_valid),
    _Id(_SPACED_NINE, ssn.is_valid, r"\bssn\b|social sec|social number"),
    _Id(rf"9[0-9]{{2}}{GAP}[0-9]{{2}}{GAP}[0-9]{{4}}", itin.is_valid),
    _Id(_SPACED_NINE, itin.is_valid, r"\bitin\b|taxpayer"),
    _Id(  # United Kingdom, National Insurance: prefixes never given out are left out
        rf"(?:[ACEHJLMOPRSWXY][A-CEGHJ-NPR-TW-Z]|B[A-CEHJ-NPR-TW-Z]|G[ACEGHJ-NPR-TW-Z]"
        rf"|[KT][A-CEGHJ-MPR-TW-Z]|N[A-CEGHJL-NPRSW-Z]|Z[A-CEGHJ-NPR-TW-Y])"
        rf"{_MAYBE}[0-9]{{2}}{_MAYBE}[0-9]{{2}}{_MAYBE}[0-9]{{2}}{_MAYBE}[A-D]",
        _allowed,
    ),
    _Id(_SPACED_TEN, nhs.is_valid, r"\bnhs\b"),
    _Id(_SPACED_ELEVEN, idnr.is_valid, r"steuer|\bid-?nr\b|\btin\b|tax id|identifikationsn"),
    _Id(_SPACED_TEN, vnr.is_valid, r"sozialvers|\bsv-?(?:nr|nummer)\b|versicherungsn"),
    _Id(
        rf"[12](?:{_MAYBE}[0-9]){{4}}{_MAYBE}(?:2[AB]|[0-9]{_MAYBE}[0-9])(?:{_MAYBE}[0-9]){{8}}",
        nir.is_valid,
    ),
    _Id(rf"[0-9]{{8}}{_SIGN}[A-Z]", dni.is_valid),
    _Id(rf"[XYZ]{_SIGN}[0-9]{{7}}{_SIGN}[A-Z]", nie.is_valid),
    _Id(
        rf"[A-Z]{{3}}{_SIGN}[A-Z]{{3}}{_SIGN}[0-9]{{2}}[A-EHLMPRST][0-9]{{2}}{_SIGN}"
        r"[A-Z][0-9]{3}[A-Z]",
        codicefiscale.is_valid,
    ),
    _Id(_SPACED_NINE, bsn.is_valid, r"\bbsn\b|burgerservice|\bsofi"),
    _Id(r"(?:[0-9]{2})?[0-9]{6}[-+][0-9]{4}", personnummer.is_valid),
    _Id(r"[0-9]{6}[-+A][0-9]{3}[0-9A-Z]", hetu.is_valid, r"hetu|henkil"),
    _Id(_SPACED_ELEVEN, fodselsnummer.is_valid, r"f[øo]dsel|personnummer|\bfnr\b"),
    _Id(rf"[0-9]{{6}}{_MAYBE}[0-9]{{4}}", cpr.is_valid, r"\bcpr\b|personnummer"),
    _Id(_SPACED_ELEVEN, pesel.is_valid, r"\bpesel\b"),
    _Id(r"[0-9]{2}[. _/-][0-9]{2}[. _/-][0-9]{2}[-_/][0-9]{3}[. _/-][0-9]{2}", nn.is_valid),
    _Id(_SPACED_ELEVEN, nn.is_valid, r"rijksregister|registre national|\binsz\b|\bniss\b"),
    _Id(rf"756{_MAYBE}[0-9]{{4}}{_MAYBE}[0-9]{{4}}{_MAYBE}[0-9]{{2}}", ahv.is_valid),
    _Id(_SPACED_NINE, sin.is_valid, r"social insurance|\bsin (?:number|no)\b|assurance sociale"),
    _Id(rf"[0-9](?:{_MAYBE}[0-9]){{7,8}}", tfn.is_valid, r"\btfn\b|tax file"),
    _Id(_SPACED_TWELVE, aadhaar.is_valid, r"aadha?ar|\buidai\b"),
    _Id(r"[A-Z]{5}[0-9]{4}[A-Z]", pan.is_valid, r"\bpan\b"),
    _Id(r"[0-9]{3}[. _][0-9]{3}[. _][0-9]{3}[-_/][0-9]{2}", cpf.is_valid),
    _Id(_SPACED_ELEVEN, cpf.is_valid, r"\bcpf\b"),
    _Id(r"[0-9]{7}[A-W][A-IW]?", pps.is_valid, r"\bppsn?\b"),
)
_FILL = re.compile(r"[^0-9A-Z+-]")


def _rule(row: _Id) -> Rule:
    exact = re.compile(rf"(?<![\w./-])(?:{row.shape})(?![\w]|[-./][0-9])", re.IGNORECASE)
    words = re.compile(row.words, re.IGNORECASE)

    def find(reading: Reading) -> Iterator[Found]:
        beside = Beside(reading.text, words) if row.words else None
        if beside is not None and not beside:
            return
        for match in exact.finditer(reading.text):
            told = beside is None or beside(match.start(), match.end())
            if told and row.check(_FILL.sub("", match[0].upper())):
                yield Found(match.start(), match.end(), NATIONAL_ID, NATIONAL_ID.masked())

    return Rule(rf"(?i)\b(?:{row.shape})\b", find, destroys=True)


RULES = tuple(_rule(row) for row in _IDS)
