"""What is asked of the decision table, and the closed set of attributes its rules may look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.model.case import Source
from bot.model.person import PLATFORM, Enrolment, Membership
from bot.model.reply import Way
from bot.model.request import RequestKind


class Action(StrEnum):
    CLAIM = "case.claim"
    BRING_IN = "case.bring_in"
    READ_CASE = "case.read"
    LIST_CASES = "case.list"
    FIND = "case.find"
    LOOK_UP = "customer.look_up"
    REVEAL = "customer.reveal"
    HAND_OFF = "case.hand_off"
    DRAFT_REPLY = "reply.draft"
    """The words are given to the ambassador, to send by hand."""
    SEND_REPLY = "reply.send"
    """Usher sends them."""
    RELEASE = "case.release"
    PASS_ON = "case.pass_on"  # noqa: S105 – a case is passed on, nothing secret
    NOTE = "case.note"
    ADD = "case.add"
    """What was said in Slack becomes part of the record."""
    RESOLVE = "case.resolve"
    MERGE = "case.merge"
    """One case goes on in another: asked about the one of the two that is further from theirs."""
    PART = "case.part"
    """Two cases that were merged are two again: asked about the one both go on in."""
    UNDO = "visit.undo"
    READ_DIGEST = "digest.read"
    ENROLL = "ambassador.enroll"
    READ_STATUS = "status.read"
    EXPLAIN = "decision.explain"
    EXAMINE = "decision.examine"
    """All that is on record of a decision about somebody else."""
    READ_HOME = "home.read"
    SET_WISHES = "wishes.set"
    BE_AWAY = "absence.set"
    BLANK = "card.blank"
    SET_UP = "setup.check"
    ANSWER_REQUEST = "approval.answer"
    SET_HOLD = "hold.set"
    LIFT_HOLD = "hold.lift"
    EXPORT = "case.export"
    """The whole of a case leaves as a file, its words masked."""
    MARK_COMPLAINT = "complaint.mark"
    READ_COMPLAINTS = "complaint.read"
    KEEP_ANSWER = "answer.keep"
    FIND_ANSWER = "answer.find"
    READ_POLICY = "policy.read"


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
class ReplyFacts:
    """`summoned`: the author mentioned, quoted or wrote to us. `topic_held`: nothing may go now."""

    way: Way
    summoned: bool
    topic_held: bool


@dataclass(frozen=True, slots=True)
class NoReply:
    """No words are to go out. Known, as with `NoCase`."""


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What somebody is to say yes or no to; `author` is the person who asked for it."""

    kind: RequestKind
    author_is_actor: bool


@dataclass(frozen=True, slots=True)
class NoRequest:
    """Nobody asked for an approval. Known, as with `NoCase`."""


@dataclass(frozen=True, slots=True)
class Question:
    """No field may be left out, and None in any of them is answered with no."""

    action: Action
    membership: Membership
    roles: frozenset[str]
    enrolment: Enrolment
    trusted: bool
    case: CaseFacts | NoCase
    reply: ReplyFacts | NoReply
    request: RequestFacts | NoRequest
    unsure: frozenset[str]
    """Roles beside `roles` of which nobody knows whether the person has them."""


Facts = Mapping[str, frozenset[str]]
"""Attribute to the values it has; only `role` may have none or several."""

ROLE = "role"
_YES_NO = ("no", "yes")
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "membership": tuple(member for member in Membership if member is not Membership.UNKNOWN),
    ROLE: (),  # each profile names its own
    # Apart from the roles, since it takes away: a rule may ask that somebody is not of these.
    PLATFORM: _YES_NO,
    "enrolled": tuple(Enrolment),
    "trust": ("new", "trusted"),
    "case": ("none", "open", "resolved"),
    "holder": ("nobody", "actor", "other"),
    "source": ("none", *Source),
    "way": ("none", *Way),
    "summoned": ("none", *_YES_NO),
    "topic": ("none", "free", "held"),
    "request": ("none", *RequestKind),
    "author": ("none", "actor", "other"),
}
"""What a rule may look at, and the values there are. A profile adds its roles."""

_ONE = {str(value): frozenset((str(value),)) for values in ATTRIBUTES.values() for value in values}
_NO_CASE = {"case": _ONE["none"], "holder": _ONE["nobody"], "source": _ONE["none"]}
_NO_REPLY = {"way": _ONE["none"], "summoned": _ONE["none"], "topic": _ONE["none"]}
_NO_REQUEST = {"request": _ONE["none"], "author": _ONE["none"]}
_KINDS: Mapping[str, type] = {
    "action": Action,
    "membership": Membership,
    "enrolment": Enrolment,
    "trusted": bool,
}


def facts_of(question: Question) -> Facts | None:
    """The attributes of a question; None when one is missing, unknown or contradicts another."""
    case, reply = _case_facts(question.case), _reply_facts(question.reply)
    request = _request_facts(question.request)
    if case is None or reply is None or request is None or not _known(question):
        return None
    return {
        "membership": _ONE[question.membership],
        ROLE: question.roles,
        PLATFORM: _platform(question),
        "enrolled": _ONE[question.enrolment],
        "trust": _ONE["trusted" if question.trusted else "new"],
        **case,
        **reply,
        **request,
    }


def at_most(facts: Facts, unsure: frozenset[str]) -> Facts:
    """As `facts`, for somebody who has all of these roles as well."""
    platform = frozenset(_YES_NO) if PLATFORM in unsure else facts[PLATFORM]
    return {**facts, ROLE: facts[ROLE] | unsure, PLATFORM: platform}


def _platform(question: Question) -> frozenset[str]:
    """Neither yes nor no where it is not known: then no rule that looks at it says yes."""
    if PLATFORM in question.unsure:
        return frozenset()
    return _ONE["yes" if PLATFORM in question.roles else "no"]


def _known(question: Question) -> bool:
    for name, kind in _KINDS.items():
        if not isinstance(getattr(question, name), kind):
            return False
    if not _are_roles(question.roles) or not _are_roles(question.unsure):
        return False
    return question.membership is not Membership.UNKNOWN


def _are_roles(value: object) -> bool:
    return isinstance(value, frozenset) and all(isinstance(role, str) for role in value)


def _case_facts(case: object) -> Facts | None:
    if isinstance(case, NoCase):
        return _NO_CASE
    if not isinstance(case, CaseFacts) or not isinstance(case.source, Source):
        return None
    if not _all_bool(case.open, case.held, case.holder_is_actor):
        return None
    if case.holder_is_actor and not case.held:
        return None
    holder = "actor" if case.holder_is_actor else "other" if case.held else "nobody"
    return {
        "case": _ONE["open" if case.open else "resolved"],
        "holder": _ONE[holder],
        "source": _ONE[case.source],
    }


def _reply_facts(reply: object) -> Facts | None:
    if isinstance(reply, NoReply):
        return _NO_REPLY
    if not isinstance(reply, ReplyFacts) or not isinstance(reply.way, Way):
        return None
    if not _all_bool(reply.summoned, reply.topic_held):
        return None
    return {
        "way": _ONE[reply.way],
        "summoned": _ONE["yes" if reply.summoned else "no"],
        "topic": _ONE["held" if reply.topic_held else "free"],
    }


def _request_facts(request: object) -> Facts | None:
    if isinstance(request, NoRequest):
        return _NO_REQUEST
    if not isinstance(request, RequestFacts) or not isinstance(request.kind, RequestKind):
        return None
    if not _all_bool(request.author_is_actor):
        return None
    author = "actor" if request.author_is_actor else "other"
    return {"request": _ONE[request.kind], "author": _ONE[author]}


def _all_bool(*told: object) -> bool:
    return all(isinstance(one, bool) for one in told)
