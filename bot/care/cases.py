"""The verbs of a case: claim, release, pass on, note, resolve."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.care.absence import must_be_there
from bot.care.acts import Acts, allowed, at_hand, existing
from bot.care.grievance import before_resolving
from bot.care.telling import tell
from bot.care.withdrawing import PASSED, RELEASED, nothing_waits, withdraw
from bot.care.wording import quoted, undo_offer
from bot.compliance import Action, Decision, Guard
from bot.errors import Refusal
from bot.model.case import Case, CaseState
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId, DecisionId
from bot.model.person import Membership, Person
from bot.model.visit import Answer, Form, Visit
from storage.unit_of_work import Records, UnitOfWork

HELD = "already-held"
_SENT = "your answer with your disclosure, shown to you before it goes out"
_COPIED = "the text with your disclosure, ready to copy"


@dataclass(frozen=True, slots=True)
class Cases:
    """`sends`: whether Usher can send an answer in a case itself."""

    acts: Acts
    guard: Guard
    sends: Callable[[Records, Case], bool] = lambda _unit, _case: False

    async def claim(self, case_id: CaseId, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            return self.take(unit, existing(unit, case_id), visit=visit)

        return await self.acts.run(visit, Action.CLAIM, verb, case_id=case_id)

    def take(self, unit: UnitOfWork, case: Case, *, visit: Visit) -> Answer:
        """Claim in a transaction already under way; accepting the guidebook does it too."""
        decision = self._may_claim(unit, case, visit.by)
        if not unit.cases.claim(case.id, by=visit.by):
            # Between our look and our update somebody else was faster.
            self._may_claim(unit, existing(unit, case.id), visit.by)
            raise Refusal(f"Case {case.id} just changed. Please try again.", "case-changed")
        line = self.changed(unit, case.id, "case.claimed", decision, visit, before=case)
        return Answer(
            f"Case {case.id} is yours. {case.author.name or '@' + case.author.handle} is waiting.",
            lines=(
                f"/reply {case.id} your words – {_SENT if self.sends(unit, case) else _COPIED}",
                f"/lookup @{case.author.handle} – who they are to us",
                f"/handoff {case.id} – to the people who can help",
                "/case undo – not mine after all",
            ),
            offers=(undo_offer(line),),
        )

    def _may_claim(self, unit: UnitOfWork, case: Case, by: Person) -> Decision:
        try:
            return self.acts.decide(unit, by, Action.CLAIM, case)
        except Refusal as no:
            held = case.state is CaseState.OPEN and case.holder not in (None, by.key)
            # A colleague, and no one else, is told who has it.
            if held and by.membership is Membership.MEMBER:
                reason = self.acts.policy.explain(no.rule) if no.rule == HELD else None
                told = f"{case.holder_name} holds case {case.id} already."
                # The name stands for the rule's why, which says the same without it.
                sentence = f"{told} {reason.next_step if reason else no.sentence}"
                raise Refusal(sentence, no.rule, no.asks) from no
            raise

    async def release(self, case_id: CaseId, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            case = existing(unit, case_id)
            decision = self.acts.decide(unit, visit.by, Action.RELEASE, case)
            self._must(unit.cases.release(case_id, holder=visit.by.key), case_id)
            withdraw(unit, self.guard, case_id, by=visit.by, why=RELEASED)
            line = self.changed(unit, case_id, "case.released", decision, visit, before=case)
            return Answer(
                f"Case {case_id} waits for someone again. Thank you for being honest.",
                offers=(undo_offer(line),),
            )

        return await self.acts.run(visit, Action.RELEASE, verb, case_id=case_id)

    async def pass_on(self, case_id: CaseId, *, to: Person, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            case = existing(unit, case_id)
            decision = self.acts.decide(unit, visit.by, Action.PASS_ON, case)
            if to.key == visit.by.key:
                raise Refusal(f"You already hold case {case_id}.", "pass-to-self")
            if to.membership is not Membership.MEMBER:
                raise Refusal(
                    "A case can be passed to a full member of this organisation only. "
                    f"Name a colleague: /case pass {case_id} @colleague.",
                    "pass-to-outsider",
                )
            must_be_there(unit, to, case_id=case_id)
            passed = unit.cases.hand_to(case_id, holder=visit.by.key, to=to.key, to_name=to.name)
            self._must(passed, case_id)
            withdraw(unit, self.guard, case_id, by=visit.by, why=PASSED)
            tell(
                unit,
                to.key,
                self.guard.clear(
                    f"{visit.by.name} passed case {case_id} to you: {quoted(case.quotable)}\n"
                    f"/case {case_id} shows it. Not for you? /case release {case_id}."
                ),
            )
            line = self.changed(unit, case_id, "case.passed", decision, visit, before=case, to=to)
            return Answer(
                f"{to.name} holds case {case_id} now and hears of it from me.",
                offers=(undo_offer(line),),
            )

        return await self.acts.run(visit, Action.PASS_ON, verb, case_id=case_id)

    async def note(self, case_id: CaseId, words: str, *, visit: Visit) -> Answer:
        """Without words the answer asks for the form."""

        def verb(unit: UnitOfWork) -> Answer:
            case = at_hand(unit, case_id)
            decision = self.acts.decide(unit, visit.by, Action.NOTE, case)
            if not words.strip():
                unit.commit(allowed("case.note_asked", decision, by=visit.by, case_id=case_id))
                return Answer("What should colleagues know?", form=Form("note", case_id))
            kept = self.guard.guard(words.strip())
            number = unit.notes.add(case_id, by=visit.by, words=kept)
            note = (("note", str(number)),)
            line = self.changed(unit, case_id, "case.noted", decision, visit, more=note)
            return Answer(
                f"Noted on case {case_id}.", lines=(kept.masked,), offers=(undo_offer(line),)
            )

        return await self.acts.run(visit, Action.NOTE, verb, case_id=case_id)

    async def resolve(self, case_id: CaseId, *, visit: Visit) -> Answer:
        def verb(unit: UnitOfWork) -> Answer:
            return self.finish(unit, existing(unit, case_id), visit=visit)

        return await self.acts.run(visit, Action.RESOLVE, verb, case_id=case_id)

    def finish(self, unit: UnitOfWork, case: Case, *, visit: Visit) -> Answer:
        """Resolve in a transaction already under way; the form about complaints does it too."""
        decision = self.acts.decide(unit, visit.by, Action.RESOLVE, case)
        nothing_waits(unit, case.id)
        before_resolving(unit, self.acts.policy, case, by=visit.by.key)
        self._must(unit.cases.resolve(case.id, holder=visit.by.key), case.id)
        line = self.changed(unit, case.id, "case.resolved", decision, visit, before=case)
        said, more = f"Case {case.id} is resolved. Well done.", ("/case undo opens it again",)
        return Answer(said, lines=more, offers=(undo_offer(line),))

    def _must(self, changed: bool, case_id: CaseId) -> None:
        if not changed:
            raise Refusal(f"Case {case_id} just changed. Please look again.", "case-changed")

    def changed(
        self,
        unit: UnitOfWork,
        case_id: CaseId,
        action: str,
        decision: Decision,
        visit: Visit,
        *,
        before: Case | None = None,
        to: Person | None = None,
        more: tuple[tuple[str, str], ...] = (),
    ) -> DecisionId:
        """On record, and its card is drawn anew; the number of its line, by which it is undone."""
        facts = list(more)
        if before is not None:
            facts += [("holder_before", before.holder or ""), ("state_before", before.state)]
        if to is not None:
            facts.append(("holder_after", to.key))
        unit.people.seen(visit.by)
        unit.deliveries.want(DeliveryKind.CARD, str(case_id))
        done = allowed(action, decision, by=visit.by, case_id=case_id, facts=tuple(facts))
        (line,) = unit.commit(done)
        return line
