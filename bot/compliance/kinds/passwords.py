"""Secrets that only the words before them tell: "password: …", "my pin is …", "token …"."""

import re

from bot.compliance.kinds.base import BARRIER
from bot.compliance.kinds.tokens import has_digit, secret_rule

_PERSONAL = (
    r"pass(?:word|wort|wd|phrase|code)|kennwort|pwd|pw|mot de passe|contrase[nñ]a|wachtwoord"
)
_KEY = (
    r"secret(?:_?access)?(?:[_-]?key)?|api[_ -]?key|(?:access|auth|refresh)[_ -]?token"
    r"|client[_-]?secret|token"
)
_NAMED = rf"(?i)\b(?:{_PERSONAL}|{_KEY})"
_SECRET = (
    # The sign that ends a part of a link or of a list belongs to it where no other part follows.
    rf"(?:[^\s{BARRIER}\"'&,;]|[&,;](?![A-Za-z_ -]{{1,40}}[=:])(?=[^\s{BARRIER}])|[\"'](?=\w))"
)
_ASSIGNED = rf"{_NAMED}[\"']? ?(?:[:=]|is:) ?[\"']?({_SECRET}{{4,200}})"
_ASSIGNED_TRIGGER = rf"(?i)(?:{_PERSONAL}|{_KEY})[\"']? ?(?:[:=]|is:)"

# "My password for the portal is now hunter22."
_THING = rf"[^\s!?,;:{BARRIER}]{{0,40}}[^\s.!?,;:{BARRIER}]"
_FOR = rf"(?: (?:for|to|on|at|of|für|von|zu|bei)(?: {_THING}){{1,4}}?)?"
_IS = r"(?: (?:is|was|ist|war|lautet|est|es)|['’]s)(?: (?:now|still|jetzt|noch))?"
_SPOKEN = rf"(?i)\b(?:{_PERSONAL}){_FOR}{_IS} [\"'“„]?([^\s{BARRIER}\"'“”]{{5,200}})"
_SPOKEN_TRIGGER = rf"(?i)(?:{_PERSONAL}).* .*[0-9]"
_SPOKEN_KEY = rf"(?i)\b(?:{_KEY})(?:{_IS})? [\"'“„]?([A-Za-z0-9_-]{{12,200}})(?=[\s.,;!?)\"'“”]|\Z)"
_SPOKEN_KEY_TRIGGER = rf"(?i)(?:{_KEY}).* \S*[0-9]"
_BEHIND = rf"(?i)\b(?:{_PERSONAL})(?: -{{1,2}}>?)? ([A-Za-z0-9_!$%+.-]{{6,64}})(?=[\s.,;!?)]|\Z)"
_BEHIND_TRIGGER = rf"(?i)(?:{_PERSONAL})(?: -{{1,2}}>?)? [^\s]*[0-9]"
_PIN = r"(?i)\bpin(?: code| number)?(?:[ :=#]{1,3}|(?: is)? )([0-9]{4,6})\b"

_ONCE = (
    r"(?:otp|totp|2fa|mfa|m?tan|einmal(?:code|passwort|pin)|best[äa]tigungscode"
    r"|one[ -]?time[ -](?:pass)?(?:code|word|pin)|(?:verification|security|log-?in|sign-?in|auth"
    r"|authentication|authenticator|sms|2fa|mfa|otp|two[ -]factor)[ -](?:pass)?(?:code|pin))"
)
_DIGITS = r"(?:[A-Z]-)?(?:[0-9]{4,8}|[0-9]{3}[ -][0-9]{3})"
_NO_YEAR = r"(?!(?:19|20)[0-9]{2}(?![0-9]))"
_ONCE_IS = r"(?:(?: code)?(?:,? (?:i got|you sent))?(?: is| was| ist| lautet)?[ :=#-]{1,3})"
_IS_ONCE = rf" (?:is|ist) (?:your|my|the|ihr|dein|mein)(?: [\w-]{{1,20}})? {_ONCE}\b"
_OTP = rf"(?i)\b{_ONCE}{_ONCE_IS}({_NO_YEAR}{_DIGITS})(?![\w-]|[.,][0-9])"
_OTP_BEFORE = rf"(?i)\b({_NO_YEAR}{_DIGITS}){_IS_ONCE}"
"""As the messages themselves put it."""

_SHARE_OR_DATE = re.compile(r"(?:[0-9]+%|[0-9]+(?:[/.-][0-9]+)+)[.!?)]*")


def _not_a_word(secret: str) -> bool:
    """A password has a digit or a sign inside, unlike the word in `Password: please help`."""
    return not secret.strip(".!?:)(").isalpha()


def _told(secret: str) -> bool:
    """In plain speech a digit is needed: `is wrong!!`, `is 100% right` tell no password."""
    return has_digit(secret) and _SHARE_OR_DATE.fullmatch(secret) is None


def _mixed(secret: str) -> bool:
    return has_digit(secret) and any(sign.isalpha() for sign in secret)


def _random(secret: str) -> bool:
    """Digits all over, unlike `token ERC20-compatible`."""
    return _mixed(secret) and sum(sign.isdigit() for sign in secret) >= 3


RULES = (
    secret_rule(_ASSIGNED, fits=_not_a_word, trigger=_ASSIGNED_TRIGGER),
    secret_rule(_SPOKEN, fits=_told, trigger=_SPOKEN_TRIGGER),
    secret_rule(_SPOKEN_KEY, fits=_random, trigger=_SPOKEN_KEY_TRIGGER),
    secret_rule(_BEHIND, fits=_mixed, trigger=_BEHIND_TRIGGER),
    secret_rule(_PIN),
    secret_rule(_OTP, trigger=rf"(?i)\b{_ONCE}{_ONCE_IS}{_DIGITS}"),
    secret_rule(_OTP_BEFORE, trigger=rf"(?i)\b{_DIGITS}{_IS_ONCE}"),
)
