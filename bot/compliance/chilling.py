"""Clauses that keep employees from speaking about their own work, found before they are accepted.

In the United States a rule is presumed unlawful where an employee could read it as forbidding
protected speech (NLRA section 7; Stericycle, 372 NLRB No. 113), and elsewhere it is no kindness
either. A find is a hint, not a verdict: counsel reads the sentence, and may know better.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import re2

_NO = (
    r"(?:do not|don['’]t|never|must not|may not|shall not|cannot|not allowed to|avoid|refrain from)"
)
_SAY = r"(?:discuss|talk|speak|share|disclos|post|writ|mention|reveal|comment|complain)\w*"
_WORK = (
    r"(?:wages?|salar(?:y|ies)|pay|bonus(?:es)?|working (?:conditions|hours|time)|benefits|shifts?"
    r"|overtime|unions?|works? councils?|strikes?|colleagues|managers?|supervisors?)"
)
_US = (
    r"(?:us|the (?:company|employer|firm|organi[sz]ation|house)|(?:our|the) management"
    r"|\{\{\s*organisation\s*\}\})"
)
_SAME = r"[^.!?;]{0,80}"
"""Words of the same sentence."""
_OWN = r"(?:personal|private|own) (?:social media )?(?:accounts?|profiles?|posts?|social media)"


@dataclass(frozen=True, slots=True)
class Clause:
    """`unless` is what makes the same words harmless, in the same sentence."""

    pattern: str
    why: str
    unless: str = ""


CLAUSES = (
    Clause(
        r"\b(?:non-?)?disparag\w+",
        "criticism of an employer is protected; say what answers to customers should be like",
    ),
    Clause(
        r"\b(?:negative|critical|bad|unfavou?rable) (?:things|comments?|remarks?|posts?|words?"
        rf"|statements?) (?:about|on|of) {_US}",
        "employees may speak critically of their employer; leave it out",
    ),
    Clause(
        rf"\b{_NO} discuss\b",
        "it could be read as silence about pay or work; name what of the customer is meant",
        unless=r"\b(?:customers?|cases?|cover|claims?|prices?)\b",
    ),
    Clause(
        rf"\b{_NO} {_SAME}{_SAY}\b{_SAME}\b{_WORK}\b",
        "employees may speak with anybody about pay, work and one another; leave it out",
    ),
    Clause(
        rf"\b(?:confidential|secret)\b{_SAME}\b{_WORK}\b"
        rf"|\b{_WORK}\b{_SAME}\b(?:confidential|secret)\b",
        "pay and working conditions are nobody's secret; name what of the customer is meant",
    ),
    Clause(
        r"\b(?:be|remain|stay|always|only) (?:\w+ ){0,3}(?:respectful|positive|polite|courteous"
        rf"|loyal|nice){_SAME}\b(?:about|towards?|of|to) (?:{_US}|(?:our |your )?(?:colleagues"
        r"|managers?|supervisors?)\b)",
        "a duty to be civil about the employer or colleagues covers protected complaints too",
    ),
    Clause(
        rf"\b(?:loyalty|loyal) (?:to|towards?) {_US}",
        "loyalty as a duty covers protected complaints too; leave it out",
    ),
    Clause(
        rf"\b(?:harm|hurt|damage|embarrass|tarnish|reflect\w*)\b{_SAME}"
        rf"\b(?:reputation\b|image\b|brand\b|good name\b|{_US})",
        "whether true words hurt the employer's name is not an employee's matter; leave it out",
    ),
    Clause(
        rf"\b{_NO} (?:talk|speak|write|respond)\w* (?:to|with) (?:the |any )?"
        r"(?:media|press|journalists?|reporters?)\b",
        "employees may speak to the press for themselves; say that nobody speaks for the house",
        unless=r"\b(?:on behalf|in our name|for (?:us|the (?:company|organi[sz]ation|house)))\b",
    ),
    Clause(
        rf"\b{_OWN}\b{_SAME}\b(?:{_NO}|approv\w+|permission|monitor\w*|review\w*|forbidden|report\w*)\b"
        rf"|\b(?:{_NO}|approval|permission|monitor\w*|review\w*)\b{_SAME}\b{_OWN}\b",
        "what employees post for themselves is theirs; speak of answers given through Usher alone",
    ),
    Clause(
        rf"\b(?:approval|permission|authori[sz]ation)\b{_SAME}\b(?:before|to) (?:post|speak|comment"
        rf"|writ)\w*{_SAME}\babout (?:{_US}|work\b|your (?:job|work)\b)",
        "nobody needs leave to speak about their own work; speak of answers to customers alone",
    ),
    Clause(
        rf"\b{_NO}\b{_SAME}\b(?:join|organi[sz]\w+|form|support) (?:\w+ )?"
        r"(?:unions?|strikes?|works? councils?)\b",
        "organising is protected; leave it out",
    ),
)


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(pattern.replace(" ", r"\s+"), options)


_READ = tuple(
    (_compiled(clause.pattern), clause, _compiled(clause.unless) if clause.unless else None)
    for clause in CLAUSES
)


def chilling(text: str) -> Iterator[tuple[int, str]]:
    """Line and sentence of each clause that could chill, in the order of the text."""
    finds: set[tuple[int, str]] = set()
    for exact, clause, unless in _READ:
        for found in exact.finditer(text):
            words = " ".join(found[0].split())
            rest = text[found.end() :].split(".", 1)[0]
            if unless is None or unless.search(rest) is None:
                line = text.count("\n", 0, found.start()) + 1
                finds.add((line, f"“{words}” may chill employees' own speech: {clause.why}"))
    yield from sorted(finds)
