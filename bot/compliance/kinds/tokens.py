"""Secrets of machines, which tell by their shape what they are. They get pasted like all else."""

import re
from collections.abc import Callable, Iterator

from bot.compliance.kinds.base import BARRIER, Found, Harm, Kind, Reading, Rule

TOKEN = Kind(
    name="token",
    label="secret",
    harm=Harm.GRAVE,
    noun="a password, key or token",
    instead="Whoever it belongs to had better change it now.",
)

_SELF_TELLING = (
    # Each tells by its own first letters what it is.
    r"\bxox[a-z](?:\.xox[a-z])?-[A-Za-z0-9%-]{10,}",  # Slack
    r"\bx(?:app|wfp)-[A-Za-z0-9-]{10,}",
    r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{10,}",
    r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b",  # AWS
    r"\bgh[pousr]_[A-Za-z0-9]{30,}",  # GitHub
    r"\bgithub_pat_[A-Za-z0-9_]{22,}",
    r"\bglpat-[A-Za-z0-9_-]{20,}",  # GitLab
    r"\bAIza[A-Za-z0-9_-]{35}",  # Google
    r"\bya29\.[A-Za-z0-9_-]{20,}",
    r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}",  # Stripe
    r"\bwhsec_[A-Za-z0-9+/=]{16,}",
    r"\bsk-[A-Za-z0-9_-]{20,}",  # model vendors
    r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",  # SendGrid
    r"\b(?:npm_|pypi-|dop_v1_|shpat_|hf_)[A-Za-z0-9_-]{30,}",
    r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?",  # JWT
)
_BEARER = r"(?i)\b(?:bearer|basic)[ :]{1,3}([A-Za-z0-9._~+/-]{16,}={0,2})"
_IN_LINK = (
    rf"(?i)\b[a-z][a-z0-9+.-]{{1,20}}://"
    rf"([^\s:/@{BARRIER}]{{0,64}}:[^\s/@{BARRIER}]{{1,128}})@"
)
_PEM_TRIGGER = r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY"
# A key whose end is missing goes to the end of the text: half a key is still a key.
_PEM = rf"{_PEM_TRIGGER}[^{BARRIER}]*?(?:-----END [A-Z ]{{0,30}}-----|(?={BARRIER}|\Z))"


def _always(_: str) -> bool:
    return True


def has_digit(secret: str) -> bool:
    return any(sign.isdigit() for sign in secret)


def secret_rule(
    pattern: str, *, fits: Callable[[str], bool] = _always, trigger: str | None = None
) -> Rule:
    exact = re.compile(pattern)

    def find(reading: Reading) -> Iterator[Found]:
        for match in exact.finditer(reading.text):
            group = match.lastindex or 0
            if fits(match[group]):
                yield Found(match.start(group), match.end(group), TOKEN, TOKEN.masked())

    return Rule(trigger or pattern, find, destroys=True)


RULES = (
    *(secret_rule(pattern) for pattern in _SELF_TELLING),
    secret_rule(_BEARER, fits=has_digit),
    secret_rule(_IN_LINK, trigger=r"://[^\s/]*@"),
    secret_rule(_PEM, trigger=_PEM_TRIGGER),
)
