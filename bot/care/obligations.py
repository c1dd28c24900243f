"""What an answer obliges us to, carried out: a handler for each kind, called by `Acts` alone.

`before` looks at what the verb brings along and says no where it is not enough; `after` has the
last word on what is shown. What no handler is there for is refused, so that a policy is never
milder in deed than in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from bot.care.reasons import is_reason
from bot.compliance import Action, Decision, Guard, Obligation, ObligationKind, Reason, Sink
from bot.errors import Refusal, UnrecordedChange
from bot.model.audit import AuditEntry, Effect
from bot.model.ids import CaseId, PersonKey
from bot.model.person import Person
from bot.model.visit import Answer


@dataclass(frozen=True, slots=True)
class Brought:
    """What a verb brings to a decision. Left out means that it is not so."""

    disclosed: bool = False
    """The words carry the disclosure."""
    reason: str = ""
    """What for, in the person's own words; the verb keeps it."""
    approvals: tuple[tuple[str, PersonKey], ...] = ()
    """Role and person of each who said yes to exactly this, and may still say it."""
    closes_after: int = 0
    """Seconds after which what is shown is gone again."""
    archived: bool = False
    """The archive has confirmed these very words."""


NOTHING = Brought()


class Recording(Protocol):
    """Where the lines of a run go: a unit of work, or the one line of a look."""

    @property
    def said(self) -> Sequence[AuditEntry]: ...

    def commit(self, *entries: AuditEntry) -> object: ...


class Told:
    """Of a look, which gives its one line instead of committing it."""

    def __init__(self, line: AuditEntry) -> None:
        self.said = (line,)

    def commit(self, *entries: AuditEntry) -> object:
        raise UnrecordedChange(f"a look has one line, and {len(entries)} more were owed")


@dataclass(frozen=True, slots=True)
class Act:
    by: Person
    action: Action
    case_id: CaseId | None
    decision: Decision
    brought: Brought


class Handler:
    """Of one kind. `missing` is said where `met` says no; both are about this act alone."""

    missing = Reason("", "")

    def met(self, _owed: Obligation, _act: Act) -> bool:
        return True

    def after(self, _act: Act, answer: Answer, _record: Recording) -> Answer:
        return answer


class _Guidebook(Handler):
    """Of a refusal: `Acts` shows the form, which `Refusal.asks` names by the kind's own word."""


@dataclass(frozen=True, slots=True)
class _Mask(Handler):
    guard: Guard

    def after(self, _act: Act, answer: Answer, _record: Recording) -> Answer:
        """Before it is kept with the visit. An answer is for who asked alone, also in a channel."""
        mask = partial(self.guard.mask, sink=Sink.PERSON)
        parts = tuple(replace(part, text=mask(part.text)) for part in answer.parts)
        lines = tuple(map(mask, answer.lines))
        return replace(answer, text=mask(answer.text), lines=lines, parts=parts)


class _RecordLook(Handler):
    def after(self, act: Act, answer: Answer, record: Recording) -> Answer:
        """Mostly the verb has put it on record already, and knows more to say of it."""
        for line in record.said:
            if line.actor == act.by.key and line.rule == act.decision.rule:
                return answer
        record.commit(_line(act))
        return answer


class _Disclosure(Handler):
    missing = Reason(
        "These words do not say yet who writes, and for whom.",
        "Write them with `/reply`, which adds your disclosure.",
    )

    def met(self, _owed: Obligation, act: Act) -> bool:
        return act.brought.disclosed


class _Reason(Handler):
    missing = Reason(
        "For this you need to say what you need it for; it goes on record.",
        "A few words are enough.",
    )

    def met(self, _owed: Obligation, act: Act) -> bool:
        return is_reason(act.brought.reason)


class _TimeBox(Handler):
    missing = Reason(
        "This may be shown for a short time only, and here it could not be taken away again.",
        "Open it from the case itself.",
    )

    def met(self, owed: Obligation, act: Act) -> bool:
        return 0 < act.brought.closes_after <= owed.seconds


@dataclass(frozen=True, slots=True)
class _Approval(Handler):
    persons: int
    missing: Reason

    def met(self, owed: Obligation, act: Act) -> bool:
        yes = {who for role, who in act.brought.approvals if role == owed.role}
        return len(yes - {act.by.key}) >= self.persons


class _ArchiveFirst(Handler):
    missing = Reason(
        "The archive has not confirmed these words, and nothing goes out before it has.",
        "Please try again in a minute. If it stays like this, tell your coordinator.",
    )

    def met(self, _owed: Obligation, act: Act) -> bool:
        return act.brought.archived


def handlers(guard: Guard) -> Mapping[ObligationKind, Handler]:
    """One line each; a house test holds that none is forgotten."""
    kinds = ObligationKind
    return {
        kinds.GUIDEBOOK: _Guidebook(),
        kinds.MASK: _Mask(guard),
        kinds.RECORD_LOOK: _RecordLook(),
        kinds.DISCLOSURE: _Disclosure(),
        kinds.REASON: _Reason(),
        kinds.TIME_BOX: _TimeBox(),
        kinds.APPROVAL: _Approval(1, Reason(_ONE_MORE, _ASKED)),
        kinds.TWO_APPROVALS: _Approval(2, Reason(_TWO_MORE, _ASKED)),
        kinds.ARCHIVE_FIRST: _ArchiveFirst(),
    }


_ONE_MORE = "This takes the yes of one other person, and nobody has said it yet."
_TWO_MORE = "This takes the yes of two other persons, and not both have said it yet."
_ASKED = "They are asked by a card; you hear when they have answered."
UNHANDLED = "unhandled"
_UNHANDLED = Reason(
    "The house rules ask for something here that this Usher cannot do, so it is a no.",
    "Tell whoever looks after Usher; `python -m bot check` says more.",
)
PREFIX = "obligation."
"""Of the rule ids under which a no for an obligation's sake is on record."""

_acts: ContextVar[list[Act] | None] = ContextVar("acts of this run", default=None)


@dataclass(frozen=True, slots=True)
class Obligations:
    by_kind: Mapping[ObligationKind, Handler] = field(default_factory=dict)

    def before(self, act: Act) -> None:
        """Raises `Refusal` for the first that is not met. Inside a `run`, always."""
        for owed in sorted(act.decision.obligations):
            handler = self.by_kind.get(owed.kind)
            if handler is None:
                raise _no(UNHANDLED, _UNHANDLED)
            if not handler.met(owed, act):
                raise _no(owed.kind, handler.missing)
        acts = _acts.get()
        if act.decision.obligations and acts is None:
            raise RuntimeError("obligations are carried out in a run of Acts, and this is none")
        if acts is not None:
            acts.append(act)

    @contextmanager
    def run(self) -> Iterator[list[Act]]:
        """Around one verb: whatever it decides is in the list."""
        acts: list[Act] = []
        token = _acts.set(acts)
        try:
            yield acts
        finally:
            _acts.reset(token)

    def after(self, acts: list[Act], answer: Answer, record: Recording) -> Answer:
        for act in acts:
            for owed in sorted(act.decision.obligations):
                answer = self.by_kind[owed.kind].after(act, answer, record)
        return answer

    def explain(self, rule: str) -> Reason | None:
        """The sentences behind a rule id that begins with PREFIX."""
        kind = rule.removeprefix(PREFIX)
        if kind == UNHANDLED:
            return _UNHANDLED
        known = kind != rule and kind in set(ObligationKind)
        return self.by_kind[ObligationKind(kind)].missing if known else None


def _no(kind: str, reason: Reason) -> Refusal:
    return Refusal(f"{reason.why} {reason.next_step}", f"{PREFIX}{kind}", asks=str(kind))


def _line(act: Act) -> AuditEntry:
    return AuditEntry(
        str(act.action),
        act.by.key,
        act.case_id,
        Effect.ALLOWED,
        act.decision.rule,
        act.decision.policy,
    )
