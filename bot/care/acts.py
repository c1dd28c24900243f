"""How every verb runs: once per visit, decided, recorded, answered, in one transaction."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.care.anew import Anew, as_told
from bot.care.asking import ALONE, Asked, enrolment
from bot.care.grievance import wanted
from bot.care.guidebook import AWAY, form_of
from bot.care.judging import judged
from bot.care.no_case import goes_on, unknown
from bot.care.obligations import NOTHING, Act, Brought, Obligations, Told
from bot.care.policy_in_force import PolicyInForce
from bot.care.redrawing import redraw
from bot.compliance import Action, Decision, ObligationKind, Policy
from bot.errors import Refusal
from bot.model.audit import AuditEntry, Effect
from bot.model.case import Case, CaseView
from bot.model.ids import CaseId, PersonKey
from bot.model.person import Enrolment, Membership, Person
from bot.model.visit import Answer, Form, Visit
from storage.database import Database
from storage.keeping import Keepsake
from storage.unit_of_work import Records, UnitOfWork

Verb = Callable[[UnitOfWork], Answer]
See = Callable[[Records], tuple[Answer, AuditEntry]]
First = Callable[[], Awaitable[Answer]]
Refuse = Callable[[UnitOfWork, Refusal], Answer]


class _Repeated(Exception):
    """The visit was here before: what it just did again must be undone."""


@dataclass(frozen=True, slots=True)
class Acts:
    """Of the guidebook: which is in force, what changed for somebody, whether it can be shown."""

    db: Database
    in_force: PolicyInForce
    guidebook_version: Callable[[], str]
    obligations: Obligations
    news: Callable[[Records, PersonKey], tuple[str, ...]] = lambda _unit, _key: ()
    shows: Callable[[], bool] = lambda: True
    anew: Anew = as_told

    @property
    def policy(self) -> Policy:
        return self.in_force.policy

    async def run(
        self, visit: Visit, action: str, verb: Verb, *, case_id: CaseId | None = None
    ) -> Answer:
        """Run `verb` once for this visit; a `Refusal` becomes an answer that is on record."""
        refuse = partial(self._refused, visit=visit, action=action, case_id=case_id)

        def act(unit: UnitOfWork) -> Answer:
            try:
                self._strangers_first(unit, visit.by, action)
                with self.obligations.run() as acts:
                    answer = self.obligations.after(acts, verb(unit), unit)
            except Refusal as no:
                if unit.wrote:
                    raise
                answer = refuse(unit, no)
            return _kept(unit, visit, answer)

        # Where the verb had begun to write before it said no, all of it is undone, the no is kept.
        return await self._once(visit, partial(self.db.write, act), refuse, case_id)

    async def look(
        self, visit: Visit, action: str, see: See, *, case_id: CaseId | None = None
    ) -> Answer:
        """As `run`, for a verb that changes nothing: it gives its line instead of committing it."""
        refuse = partial(self._refused, visit=visit, action=action, case_id=case_id)

        def act(unit: Records) -> tuple[Answer, Keepsake]:
            self._strangers_first(unit, visit.by, action)
            with self.obligations.run() as acts:
                answer, line = see(unit)
                answer = self.obligations.after(acts, answer, Told(line))
            return answer, unit.visits.keepsake(visit.key, answer, by=visit.by.key, line=line)

        async def first() -> Answer:
            answer = await self.db.read_on_record(act)
            if answer is None:
                raise _Repeated
            return answer

        return await self._once(visit, first, refuse, case_id)

    async def _once(
        self, visit: Visit, first: First, refuse: Refuse, case_id: CaseId | None
    ) -> Answer:
        """The answer of the first time, or that first time's answer again."""
        while True:
            try:
                return await self._first(visit, first, refuse)
            except _Repeated:
                stored = await self.db.write(lambda unit: _repeated(unit, visit, case_id))
            # None when it was purged between the two: then it is a new visit.
            if stored is not None:
                return replace(stored, repeated=True)

    async def _first(self, visit: Visit, first: First, refuse: Refuse) -> Answer:
        try:
            return await first()
        except Refusal as no:
            reason = no
        return await self.db.write(lambda unit: _kept(unit, visit, refuse(unit, reason)))

    async def refused(self, no: Refusal, *, visit: Visit, action: str) -> Answer:
        """Put a refusal on record that was said before any verb began."""

        def verb(_unit: UnitOfWork) -> Answer:
            raise no

        return await self.run(visit, action, verb)

    def decide(
        self,
        unit: Records,
        by: Person,
        action: Action,
        case: Case | None,
        *,
        asked: Asked = ALONE,
        brought: Brought = NOTHING,
    ) -> Decision:
        """Allowed, with what it takes at hand; or `Refusal` with the rule's own sentence."""
        decision = self.weigh(unit, by, action, case, asked=asked)
        self.obligations.before(Act(by, action, case.id if case else None, decision, brought))
        return decision

    def weigh(
        self, unit: Records, by: Person, action: Action, case: Case | None, *, asked: Asked = ALONE
    ) -> Decision:
        """As `decide`, and by the same policy, before anything is brought: for whether to do it or
        to ask for it, and for what is shown on the way. Nothing may be done upon it."""
        policy, version = self.in_force.take_up(action, unit), self.guidebook_version()
        return judged(unit, by, action, case, asked, policy, version)

    def first_look(self, unit: Records, by: Person, action: Action, case: Case | None) -> None:
        """For what `decide` is asked again before anything is shown or done: a yes may be by the
        policy of two seconds ago, and so costs no statement for it. A no is `weigh`'s own."""
        try:
            judged(unit, by, action, case, ALONE, self.policy, self.guidebook_version())
        except Refusal:
            self.weigh(unit, by, action, case)

    def _strangers_first(self, unit: Records, by: Person, action: str) -> None:
        """Who is no member hears nothing else first, not even that there is no such case."""
        if by.membership is not Membership.MEMBER and isinstance(action, Action):
            self.weigh(unit, by, action, None)

    def enrolment(self, unit: Records, by: Person) -> Enrolment:
        return enrolment(unit, by, self.policy, self.guidebook_version())

    def enrolled(self, unit: Records, by: Person) -> bool:
        return self.enrolment(unit, by) is Enrolment.YES

    def guidebook(self, unit: Records, by: Person, case_id: CaseId | None = None) -> Form | None:
        """The form whose acceptance claims the case; None while the text cannot be shown."""
        if not self.shows():
            return None
        version, news = self.guidebook_version(), self.news(unit, by.key)
        return form_of(unit, by, case_id, version=version, news=news)

    def _refused(
        self, unit: UnitOfWork, no: Refusal, *, visit: Visit, action: str, case_id: CaseId | None
    ) -> Answer:
        denied = AuditEntry(
            str(action), visit.by.key, case_id, Effect.DENIED, no.rule, self.policy.hash
        )
        (number,) = unit.commit(denied)
        led = no.asks == ObligationKind.GUIDEBOOK
        form = self.guidebook(unit, visit.by, case_id) if led else None
        return Answer(
            f"{no.sentence} {AWAY}" if led and form is None else no.sentence,
            lines=(f"Why: /case why D-{number}",),
            form=replace(form, words=no.copy) if form else wanted(unit, no, case_id, number),
            copy=no.copy,
            refused=True,
            field_id=no.field_id,
        )


def _kept(unit: UnitOfWork, visit: Visit, answer: Answer) -> Answer:
    """Last of all: a second visit waits here for the first, and then is none."""
    if unit.wrote:
        redraw(unit, visit.by.key)
    if not unit.visits.keep(visit.key, answer, by=visit.by.key):
        raise _Repeated
    return answer


def _repeated(unit: UnitOfWork, visit: Visit, case_id: CaseId | None) -> Answer | None:
    stored = unit.visits.answer(visit.key)
    if stored is not None:
        unit.commit(AuditEntry("visit.repeated", visit.by.key, case_id))
    return stored


def allowed(
    action: str,
    decision: Decision,
    *,
    by: Person,
    case_id: CaseId | None = None,
    facts: tuple[tuple[str, str], ...] = (),
) -> AuditEntry:
    """The audit line of an act that was decided, with what it was to be done under."""
    owed = ", ".join(map(str, sorted(decision.obligations)))
    facts = (*facts, ("obligations", owed)) if owed else facts
    return AuditEntry(
        action, by.key, case_id, Effect.ALLOWED, decision.rule, decision.policy, facts
    )


def existing(unit: Records, case_id: CaseId) -> Case:
    case = unit.cases.get(case_id)
    if case is None:
        raise unknown(case_id)
    if case.merged_into is not None:
        raise goes_on(case)
    return case


def at_hand(unit: UnitOfWork, case_id: CaseId) -> Case:
    """As `existing`; and nobody else changes or merges it until this transaction has ended."""
    unit.cases.hold(case_id)
    return existing(unit, case_id)


def existing_view(unit: Records, case_id: CaseId) -> CaseView:
    view = unit.cases.view(case_id)
    if view is None:
        raise unknown(case_id)
    return view


def needed(words: str, example: str, *, field_id: str = "") -> str:
    """`words` without outer blanks, or a `Refusal` that shows how it is typed."""
    if not words.strip():
        sentence = f"Some words are missing. Type it like this: {example}."
        raise Refusal(sentence, "words-missing", field_id=field_id)
    return words.strip()
