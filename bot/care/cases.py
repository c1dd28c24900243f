"""The verbs of a case: claim, release, pass on, note, resolve, and bringing a customer in."""

from dataclasses import dataclass

from bot.care.absence import must_be_there
from bot.care.acts import Acts, allowed, at_hand, existing, needed
from bot.care.grievance import before_resolving
from bot.care.left_out import left_out
from bot.care.networks import Networks
from bot.care.routing import Router
from bot.care.telling import tell
from bot.care.withdrawing import PASSED, RELEASED, nothing_waits, withdraw
from bot.care.wording import quoted, undo_offer
from bot.compliance import Action, Decision, Guard
from bot.errors import Refusal
from bot.model.case import Case, CaseState, NewCase, Source, Urgency
from bot.model.delivery import DeliveryKind
from bot.model.ids import CaseId, DecisionId
from bot.model.mention import Author
from bot.model.person import Enrolment, Membership, Person
from bot.model.visit import Answer, Form, Visit
from storage.unit_of_work import UnitOfWork

HELD = "already-held"


@dataclass(frozen=True, slots=True)
class Cases:
    acts: Acts
    guard: Guard
    router: Router
    networks: Networks

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
        line = self._changed(unit, case.id, "case.claimed", decision, visit, before=case)
        return Answer(
            f"Case {case.id} is yours. {case.author.name or '@' + case.author.handle} is waiting.",
            lines=(
                f"/reply {case.id} your words – the text with your disclosure, ready to copy",
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
            line = self._changed(unit, case_id, "case.released", decision, visit, before=case)
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
                    "Name a colleague: /case pass 42 @colleague.",
                    "pass-to-outsider",
                )
            must_be_there(unit, to)
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
            line = self._changed(unit, case_id, "case.passed", decision, visit, before=case, to=to)
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
            line = self._changed(unit, case_id, "case.noted", decision, visit, more=note)
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
        line = self._changed(unit, case.id, "case.resolved", decision, visit, before=case)
        said, more = f"Case {case.id} is resolved. Well done.", ("/case undo opens it again",)
        return Answer(said, lines=more, offers=(undo_offer(line),))

    async def ask_for_new(
        self,
        summary: str = "",
        *,
        visit: Visit,
        handle: str = "",
        source_url: str = "",
        author: str = "",
    ) -> Answer:
        """The form for a new case, with what is known already."""
        # Masked before it is kept: the form's words lie with the visit until it is sent off.
        words = self.guard.guard(summary).masked
        says = left_out(self.guard, summary, author=author, by=visit.by)
        form = Form("new_case", None, words, source_url, filled=(("handle", handle),), says=says)

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.BRING_IN, None)
            unit.commit(allowed("case.new_asked", decision, by=visit.by))
            return Answer("Who is the customer, and what is it about?", form=form)

        return await self.acts.run(visit, Action.BRING_IN, verb)

    async def bring_in(
        self, handle: str, summary: str, *, visit: Visit, source_url: str = ""
    ) -> Answer:
        """Open a case for somebody who wrote to an employee; the opener holds it, if enrolled."""

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.acts.decide(unit, visit.by, Action.BRING_IN, None)
            (case_id,) = unit.cases.open_many([self._brought_in(handle, summary, visit)])
            source = (("source", source_url),) if source_url else ()
            self._changed(unit, case_id, "case.brought_in", decision, visit, more=source)
            if self.acts.enrolment(unit, visit.by) is Enrolment.NO:
                return Answer(
                    f"Case {case_id} is open. Accept the guidebook and it is yours.",
                    form=self.acts.guidebook(unit, visit.by, case_id),
                )
            taken = self.take(unit, existing(unit, case_id), visit=visit)
            return Answer(
                f"Case {case_id} is open and yours.",
                lines=(
                    "Their private words stay on the network; your summary is on the card.",
                    f"/lookup @{handle.lstrip('@')} – who they are to us",
                    f"/handoff {case_id} – to the people who can help",
                ),
                offers=taken.offers,
            )

        return await self.acts.run(visit, Action.BRING_IN, verb)

    def _brought_in(self, handle: str, summary: str, visit: Visit) -> NewCase:
        network, clean = self.networks.handle(handle)
        said = needed(summary, f"/case new @{clean} what it is about", field_id="summary")
        words = self.guard.guard(said)
        route = self.router.route(words.masked, language="")
        return NewCase(
            workspace=visit.by.workspace,
            source=Source.BROUGHT_IN,
            author=Author(network.name, "", clean, ""),
            name=self.guard.guard(""),
            summary=words,
            route=route.name,
            channel_id=route.channel_id,
            urgency=max(route.urgency, Urgency.NORMAL, key=list(Urgency).index),
            urgency_reason=route.reason,
            conversation_id="",
            permalink=network.profile_url(clean),
            answer_within=route.answer_within,
        )

    def _must(self, changed: bool, case_id: CaseId) -> None:
        if not changed:
            raise Refusal(f"Case {case_id} just changed. Please look again.", "case-changed")

    def _changed(
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
        """The number of its line on record, by which it can be undone."""
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
