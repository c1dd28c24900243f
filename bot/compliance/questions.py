"""What is asked of the decision table, and the closed set of attributes its rules may look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.model.case import Source
from bot.model.person import Membership


class Action(StrEnum):
    CLAIM = "case.claim"
    BRING_IN = "case.bring_in"
    READ_CASE = "case.read"
    LIST_CASES = "case.list"
    FIND = "case.find"
    LOOK_UP = "customer.look_up"
    HAND_OFF = "case.hand_off"
    DRAFT_REPLY = "reply.draft"
    RELEASE = "case.release"
    PASS_ON = "case.pass_on"  # noqa: S105 – a case is passed on, nothing secret
    NOTE = "case.note"
    ADD = "case.add"
    """What was said in Slack becomes part of the record."""
    RESOLVE = "case.resolve"
    UNDO = "visit.undo"
    READ_DIGEST = "digest.read"
    ENROLL = "ambassador.enroll"
    READ_STATUS = "status.read"
    EXPLAIN = "decision.explain"
    READ_HOME = "home.read"
    SET_WISHES = "wishes.set"
    BE_AWAY = "absence.set"
    BLANK = "card.blank"
    SET_UP = "setup.check"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    open: bool
    held: bool
    holder_is_actor: bool
    source: Source


@dataclass(frozen=True, slots=True)
class NoCase:
    """There is no case in this question. Known, and not the same as not knowing."""


@dataclass(frozen=True, slots=True)
class Question:
    """No field may be left out, and None in any of them is answered with no."""

    action: Action
    membership: Membership
    roles: frozenset[str]
    enrolled: bool
    case: CaseFacts | NoCase


Facts = Mapping[str, frozenset[str]]
"""Attribute to the values it has; only `role` may have none or several."""

ROLE = "role"
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "membership": tuple(member for member in Membership if member is not Membership.UNKNOWN),
    ROLE: (),  # each profile names its own
    "enrolled": ("yes", "no"),
    "case": ("none", "open", "resolved"),
    "holder": ("nobody", "actor", "other"),
    "source": ("none", *Source),
}
"""What a rule may look at, and the values there are. A profile adds its roles."""

_ONE = {str(value): frozenset((str(value),)) for values in ATTRIBUTES.values() for value in values}


def facts_of(question: Question) -> Facts | None:
    """The attributes of a question; None when one is missing, unknown or contradicts another."""
    case = _case_facts(question.case)
    known = (
        _is(question.action, Action)
        and _is(question.membership, Membership)
        and question.membership is not Membership.UNKNOWN
        and _are_roles(question.roles)
        and _is(question.enrolled, bool)
    )
    if case is None or not known:
        return None
    return {
        "membership": _ONE[question.membership],
        ROLE: question.roles,
        "enrolled": _ONE["yes" if question.enrolled else "no"],
        **case,
    }


def _case_facts(case: object) -> Facts | None:
    if isinstance(case, NoCase):
        return {"case": _ONE["none"], "holder": _ONE["nobody"], "source": _ONE["none"]}
    if not isinstance(case, CaseFacts):
        return None
    told = (case.open, case.held, case.holder_is_actor)
    if not all(_is(one, bool) for one in told) or not _is(case.source, Source):
        return None
    if case.holder_is_actor and not case.held:
        return None
    holder = "actor" if case.holder_is_actor else "other" if case.held else "nobody"
    return {
        "case": _ONE["open" if case.open else "resolved"],
        "holder": _ONE[holder],
        "source": _ONE[case.source],
    }


def _is(value: object, kind: type) -> bool:
    return isinstance(value, kind)


def _are_roles(value: object) -> bool:
    return isinstance(value, frozenset) and all(isinstance(role, str) for role in value)
