"""E-mail addresses written so that no machine should read them: "anna at example dot com".

The sign or the dots have words or blanks in their place. A sentence may look like that as well, so
the more there is in place of the signs, the less may be in doubt about the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.compliance.kinds.base import BARRIER, Found, Reading, Rule
from bot.compliance.kinds.emails import EMAIL, MAIL_HOUSE, NAME, local_start, shown

_AT = re.compile(r" ?@ ?|[ _-]at[ _-]", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}?(?=[_-]dot[_-]|[^a-z0-9-]|\Z))?", re.IGNORECASE)
_STOP = re.compile(r" ?[.,] ?|[ _-]dot[ _-]", re.IGNORECASE)
_MOST_LABELS = 5
_APART, _TIGHT = " . ", "."
_DOTTED = re.compile(r"(?:\b[a-z0-9+-]{1,32}[ _-]dot[ _-]){1,3}\Z", re.IGNORECASE)
_LONGEST_DOTTED = 111

_NOT_AN_ENDING = frozenset(("the", "a", "and", "or", "is", "it", "to", "com's"))
_ENDING = re.compile(
    r"com|net|org|edu|gov|info|biz|io|app|dev|eu|uk|de|fr|nl|ch|pl|ca|au|nz|ie|es|pt|se|dk|fi|cz"
    r"|ru|br|mx|jp|cn|kr|tr|gr|hu|ro|za|sg|hk|ua"
)
"""Those that are no word of a sentence."""
_NO_NAME = re.compile(
    r"me|us|it|him|her|them|is|are|am|be|here|there|now|live|up|out|only|available|online|open|shop"
    r"|order|buy|visit|see|find|more|that|this|look(?:ed)?|site|page|and|or|not|in|log(?:in)?|sign"
    r"|account|meet|join|stay|talk|work(?:s|ing)?|e?mails?|inbox|mailbox|arrived|sent|support|help",
    re.IGNORECASE,
)
"""Before an "@" or "at" that says where something is."""
_NEAR = 40
_MAIL_BEFORE = re.compile(r"\be-?mail[^.!?@]{0,24}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Domain:
    """One sign stands between all labels, however it is written."""

    end: int
    stop: str
    labels: tuple[str, ...]

    @property
    def spelled(self) -> bool:
        return "dot" in self.stop


def _spelled(reading: Reading) -> Iterator[Found]:
    text = reading.text
    done = 0
    for sign in _AT.finditer(text):
        start = local_start(text, sign.start(), floor=done)
        if start >= sign.start():
            continue
        meant = [one for one in _domains(text, sign.end()) if _meant(text, start, sign, one)]
        if not meant:
            continue
        domain = meant[-1]
        if domain.spelled:
            dotted = _DOTTED.search(text, max(done, start - _LONGEST_DOTTED), start)
            start = dotted.start() if dotted else start
        done = domain.end
        yield Found(start, done, EMAIL, shown(text[start], ".".join(domain.labels)))


def _domains(text: str, start: int) -> Iterator[_Domain]:
    """Each that begins there, the shortest first: a sentence may go on behind its last label."""
    labels: list[str] = []
    sign, at = "", start
    while (label := _LABEL.match(text, at)) and len(labels) <= _MOST_LABELS:
        labels.append(label[0])
        if sign and label[0].isalpha():
            yield _Domain(label.end(), sign, tuple(labels))
        stop = _STOP.match(text, label.end())
        if stop is None or (sign and stop[0].lower() != sign):
            return
        sign, at = stop[0].lower(), stop.end()


def _meant(text: str, start: int, sign: re.Match[str], domain: _Domain) -> bool:
    ending = domain.labels[-1].lower()
    if domain.spelled:
        return ending not in _NOT_AN_ENDING and len(ending) > 1
    if not _ENDING.fullmatch(ending):
        return False
    if sign[0] == "@":
        return domain.stop != _TIGHT  # that is an address as any other
    local = text[start : sign.start()]
    if domain.stop not in (_APART, _TIGHT) or _NO_NAME.fullmatch(local):
        return False
    if "@" in sign[0]:
        return domain.stop == _APART or sign[0].endswith(" ")
    host = ".".join(domain.labels)
    told = domain.stop == _APART or MAIL_HOUSE.match(host) or NAME.fullmatch(local)
    before = text[max(0, start - _NEAR) : start].replace(BARRIER, ".")
    return sign[0].lower() == " at " and bool(told or _MAIL_BEFORE.search(before))


RULES = (
    Rule(r"(?i)[ _-]at[ _-][a-z0-9-]+(?:[ _-]dot[ _-]| \. ?|\.)[a-z]", _spelled, destroys=False),
    Rule(
        r"(?i)[\w.+-](?:@[a-z0-9-]+(?:, ?| ?\. ?)[a-z]{2}| ?@ ?[a-z0-9-]+(?: \. | dot |\.)[a-z])",
        _spelled,
        destroys=False,
    ),
)
