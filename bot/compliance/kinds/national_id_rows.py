"""National ids, one row each: its shape, who checks it, and the words it needs beside it, if any.

A row without words must be told from an order number by shape and check digits alone; where a
tenth of all order numbers would pass, the row asks for a word. Checks are python-stdnum's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import luhn
from stdnum.ar import cuit
from stdnum.at import vnr
from stdnum.au import tfn
from stdnum.be import nn
from stdnum.bg import egn
from stdnum.br import cpf
from stdnum.ch import ssn as ahv
from stdnum.cl import rut
from stdnum.cn import ric
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.ee import ik
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.gr import amka
from stdnum.hr import oib
from stdnum.ie import pps
from stdnum.il import idnr as il
from stdnum.in_ import aadhaar, pan
from stdnum.is_ import kennitala
from stdnum.it import codicefiscale
from stdnum.jp import in_
from stdnum.kr import rrn
from stdnum.mx import curp
from stdnum.my import nric
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.nz import ird
from stdnum.pl import pesel
from stdnum.pt import nif
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.th import pin
from stdnum.tr import tckimlik
from stdnum.us import itin
from stdnum.za import idnr as za

from bot.compliance.kinds.base import GAP, Harm, Kind

SSN = Kind(
    name="ssn",
    label="SSN",
    harm=Harm.GRAVE,
    noun="a social security number",
    instead="The service desk has a safe way to take it, once the case is handed off to them.",
)
NATIONAL_ID = Kind(
    name="national_id",
    label="national id",
    harm=Harm.GRAVE,
    noun="a national identity or tax number",
    instead="The service desk has a safe way to take it, once the case is handed off to them.",
)


@dataclass(frozen=True, slots=True)
class Id:
    """`shape` is RE2 as well; what separates is taken out before `check` sees it."""

    shape: str
    check: Callable[[str], bool]
    words: str = ""
    kind: Kind = NATIONAL_ID


def _allowed(_: str) -> bool:
    """For a number without check digits, whose shape alone is strict enough."""
    return True


_GIVEN_OUT = re.compile(r"(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}")


def _ssn(digits: str) -> bool:
    """The three that advertisements made famous count as well: whoever types one means his own."""
    return _GIVEN_OUT.fullmatch(digits.replace("-", "")) is not None


def _nir(digits: str) -> bool:
    """The plain remainder turns down 96 of 97 before the library's slower look."""
    if digits.isdigit() and (int(digits[:-2]) + int(digits[-2:])) % 97:
        return False
    return nir.is_valid(digits)


def _sin(digits: str) -> bool:
    """Beside the word those are one as well that are kept for examples."""
    return luhn.is_valid(digits.replace("-", ""))


_SSN_WORDS = r"\bssn|\bss ?(?:#|no\b|num)|\bs\.s\.n\b|\bsocial\b(?! ins| med| net)"
_THREE_TWO_FOUR = rf"[0-9]{{3}}{GAP}[0-9]{{2}}{GAP}[0-9]{{4}}"
_MAYBE = f"{GAP}?"
_SIGN = "[-_./ ]?"
_SPACED_NINE = f"[0-9](?:{_MAYBE}[0-9]){{8}}"
_SPACED_TEN = f"[0-9](?:{_MAYBE}[0-9]){{9}}"
_SPACED_ELEVEN = f"[0-9](?:{_MAYBE}[0-9]){{10}}"
_SPACED_TWELVE = f"[0-9](?:{_MAYBE}[0-9]){{11}}"
_SPACED_THIRTEEN = f"[0-9](?:{_MAYBE}[0-9]){{12}}"

IDS = (
    Id(_THREE_TWO_FOUR, _ssn, kind=SSN),
    Id(_SPACED_NINE, _allowed, _SSN_WORDS, SSN),
    Id(rf"9[0-9]{{2}}{GAP}[0-9]{{2}}{GAP}[0-9]{{4}}", itin.is_valid),
    Id(_SPACED_NINE, itin.is_valid, r"\bitin\b|taxpayer"),
    Id(  # United Kingdom, National Insurance: prefixes never given out are left out
        rf"(?:[ACEHJLMOPRSWXY][A-CEGHJ-NPR-TW-Z]|B[A-CEHJ-NPR-TW-Z]|G[ACEGHJ-NPR-TW-Z]"
        rf"|[KT][A-CEGHJ-MPR-TW-Z]|N[A-CEGHJL-NPRSW-Z]|Z[A-CEGHJ-NPR-TW-Y])"
        rf"{_MAYBE}[0-9]{{2}}{_MAYBE}[0-9]{{2}}{_MAYBE}[0-9]{{2}}{_MAYBE}[A-D]",
        _allowed,
    ),
    Id(
        rf"[A-Z]{{2}}{_MAYBE}[0-9]{{2}}{_MAYBE}[0-9]{{2}}{_MAYBE}[0-9]{{2}}(?:{_MAYBE}[A-D])?",
        _allowed,
        r"\bnino\b|national insurance|\bni (?:no|num)",
    ),
    Id(_SPACED_TEN, nhs.is_valid, r"\bnhs\b"),
    Id(_SPACED_ELEVEN, idnr.is_valid, r"steuer|\bid-?nr\b|\btin\b|tax id|identifikationsn"),
    Id(_SPACED_TEN, vnr.is_valid, r"sozialvers|\bsv-?(?:nr|nummer)\b|versicherungsn"),
    Id(
        rf"[12](?:{_MAYBE}[0-9]){{4}}{_MAYBE}(?:2[AB]|[0-9]{_MAYBE}[0-9])(?:{_MAYBE}[0-9]){{8}}",
        _nir,
    ),
    Id(rf"[0-9]{{8}}{_SIGN}[A-Z]", dni.is_valid),
    Id(rf"[XYZ]{_SIGN}[0-9]{{7}}{_SIGN}[A-Z]", nie.is_valid),
    Id(
        rf"[A-Z]{{3}}{_SIGN}[A-Z]{{3}}{_SIGN}[0-9]{{2}}[A-EHLMPRST][0-9]{{2}}{_SIGN}"
        r"[A-Z][0-9]{3}[A-Z]",
        codicefiscale.is_valid,
    ),
    Id(_SPACED_NINE, bsn.is_valid, r"\bbsn\b|burgerservice|\bsofi"),
    Id(r"(?:[0-9]{2})?[0-9]{6}[-+][0-9]{4}", personnummer.is_valid),
    Id(
        rf"(?:[0-9]{{2}})?[0-9]{{6}}{_MAYBE}[0-9]{{4}}",
        personnummer.is_valid,
        r"person(?:nummer|nr)|samordnings|\bpnr\b",
    ),
    Id(r"[0-9]{6}[-+A][0-9]{3}[0-9A-Z]", hetu.is_valid, r"hetu|henkil"),
    Id(_SPACED_ELEVEN, fodselsnummer.is_valid, r"f[øo]dsel|personnummer|\bfnr\b"),
    Id(rf"[0-9]{{6}}{_MAYBE}[0-9]{{4}}", cpr.is_valid, r"\bcpr\b|personnummer"),
    Id(_SPACED_ELEVEN, pesel.is_valid, r"\bpesel\b"),
    Id(r"[0-9]{2}[. _/-][0-9]{2}[. _/-][0-9]{2}[-_/][0-9]{3}[. _/-][0-9]{2}", nn.is_valid),
    Id(_SPACED_ELEVEN, nn.is_valid, r"rijksregister|registre national|\binsz\b|\bniss\b"),
    Id(rf"756{_MAYBE}[0-9]{{4}}{_MAYBE}[0-9]{{4}}{_MAYBE}[0-9]{{2}}", ahv.is_valid),
    Id(_SPACED_NINE, _sin, r"social insurance|\bsin\b|assurance sociale|\bnas\b"),
    Id(rf"[0-9](?:{_MAYBE}[0-9]){{7,8}}", tfn.is_valid, r"\btfn\b|tax file"),
    Id(_SPACED_TWELVE, aadhaar.is_valid, r"aadha?ar|\buidai\b"),
    Id(r"[A-Z]{5}[0-9]{4}[A-Z]", pan.is_valid, r"\bpan\b"),
    Id(r"[0-9]{3}[. _][0-9]{3}[. _][0-9]{3}[-_/][0-9]{2}", cpf.is_valid),
    Id(_SPACED_ELEVEN, cpf.is_valid, r"\bcpf\b"),
    Id(r"[0-9]{7}[A-W][A-IW]?", pps.is_valid, r"\bppsn?\b"),
    Id(rf"[0-9]{{6}}{_MAYBE}/{_MAYBE}[0-9]{{3,4}}", rc.is_valid),
    Id(_SPACED_TEN, rc.is_valid, r"rodn[ée] č[íi]slo|rodne cislo"),
    Id(_SPACED_THIRTEEN, cnp.is_valid, r"\bcnp\b|cod numeric"),
    Id(_SPACED_TEN, egn.is_valid, r"\begn\b|егн"),
    Id(_SPACED_ELEVEN, oib.is_valid, r"\boib\b"),
    Id(_SPACED_ELEVEN, ik.is_valid, r"isikukood|asmens kodas"),
    Id(_SPACED_ELEVEN, amka.is_valid, r"\bamka\b|αμκα"),
    Id(rf"[0-9]{{6}}{_MAYBE}[0-9]{{4}}", kennitala.is_valid, r"kennital"),
    Id(_SPACED_NINE, nif.is_valid, r"\bnif\b|contribuinte"),
    Id(r"[0-9]{17}[0-9X]", ric.is_valid),
    Id(r"[0-9]{6}-[0-9]{7}", rrn.is_valid),
    Id(_SPACED_TWELVE, in_.is_valid, r"my number|マイナンバー|個人番号"),
    Id(r"[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]", curp.is_valid),
    Id(r"(?:20|2[347]|30|3[34])-[0-9]{8}-[0-9]", cuit.is_valid),
    Id(r"[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-[0-9K]", rut.is_valid),
    Id(
        rf"[0-9]{{6}}{_MAYBE}[0-9]{{4}}{_MAYBE}[0-9]{_MAYBE}[0-9]{{2}}",
        za.is_valid,
        r"\bid n|identity",
    ),
    Id(_SPACED_ELEVEN, tckimlik.is_valid, r"kimlik|\btckn\b"),
    Id(_SPACED_NINE, il.is_valid, r"teudat|זהות"),
    Id(r"[0-9]{6}-[0-9]{2}-[0-9]{4}", nric.is_valid, r"\bnric\b|mykad|\bic no"),
    Id(r"[0-9]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9]", pin.is_valid),
    Id(rf"[0-9](?:{_MAYBE}[0-9]){{7,8}}", ird.is_valid, r"\bird\b"),
)
