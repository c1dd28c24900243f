"""Opening a case for somebody who wrote to an employee; whoever opens it holds it, if enrolled."""

from dataclasses import dataclass

from bot.care.acts import allowed, existing, needed
from bot.care.cases import Cases
from bot.care.left_out import left_out
from bot.care.networks import Networks
from bot.care.routing import Router
from bot.care.wording import holder
from bot.compliance import Action
from bot.errors import Refusal
from bot.model.case import Case, CaseState, NewCase, Source, Urgency
from bot.model.ids import CaseId
from bot.model.mention import Author
from bot.model.person import Enrolment
from bot.model.visit import Answer, Form, Visit
from storage.unit_of_work import Records, UnitOfWork

MOST_LOOKED_AT = 20
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Opening:
    cases: Cases
    router: Router
    networks: Networks

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
        words = self.cases.guard.guard(summary).masked
        says = left_out(self.cases.guard, summary, author=author, by=visit.by)
        form = Form("new_case", None, words, source_url, filled=(("handle", handle),), says=says)

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.cases.acts.decide(unit, visit.by, Action.BRING_IN, None)
            unit.commit(allowed("case.new_asked", decision, by=visit.by))
            return Answer("Who is the customer, and what is it about?", form=form)

        return await self.cases.acts.run(visit, Action.BRING_IN, verb)

    async def bring_in(
        self, handle: str, summary: str, *, visit: Visit, source_url: str = ""
    ) -> Answer:
        """Open a case for somebody who wrote to an employee; the opener holds it, if enrolled."""

        def verb(unit: UnitOfWork) -> Answer:
            decision = self.cases.acts.decide(unit, visit.by, Action.BRING_IN, None)
            new = self._brought_in(handle, summary, visit)
            others = self._open_of(unit, new.author, visit)
            (case_id,) = unit.cases.open_many([new])
            has = _has(new.author, others, case_id, visit)
            source = (("source", source_url),) if source_url else ()
            self.cases.changed(unit, case_id, "case.brought_in", decision, visit, more=source)
            if self.cases.acts.enrolment(unit, visit.by) is Enrolment.NO:
                return Answer(
                    f"Case {case_id} is open. Accept the guidebook and it is yours.",
                    lines=has,
                    form=self.cases.acts.guidebook(unit, visit.by, case_id),
                )
            taken = self.cases.take(unit, existing(unit, case_id), visit=visit)
            return Answer(
                f"Case {case_id} is open and yours.",
                lines=(
                    *has,
                    "Their private words stay on the network; your summary is on the card.",
                    f"/lookup @{handle.lstrip('@')} – who they are to us",
                    f"/handoff {case_id} – to the people who can help",
                ),
                offers=taken.offers,
            )

        return await self.cases.acts.run(visit, Action.BRING_IN, verb)

    def _open_of(self, unit: Records, author: Author, visit: Visit) -> list[Case]:
        """The cases there are, so that one matter does not become two; for whom may list them."""
        try:
            self.cases.acts.weigh(unit, visit.by, Action.LIST_CASES, None)
        except Refusal:
            return []
        about = unit.lists.about_handle(visit.by.key, author.network, author.handle, MOST_LOOKED_AT)
        return [case for case in about if case.state is CaseState.OPEN]

    def _brought_in(self, handle: str, summary: str, visit: Visit) -> NewCase:
        network, clean = self.networks.handle(handle)
        if network.is_ours(clean):
            sentence = (
                f"@{clean} is our own account on {network.title}, and no customer's. "
                "Name the customer: /case new @jane what it is about."
            )
            raise Refusal(sentence, "handle-ours", field_id="handle")
        said = needed(summary, f"/case new @{clean} what it is about", field_id="summary")
        words = self.cases.guard.guard(said)
        route = self.router.route(words.masked, language="")
        return NewCase(
            workspace=visit.by.workspace,
            source=Source.BROUGHT_IN,
            author=Author(network.name, "", clean, ""),
            name=self.cases.guard.guard(""),
            summary=words,
            route=route.name,
            channel_id=route.channel_id,
            urgency=max(route.urgency, Urgency.NORMAL, key=list(Urgency).index),
            urgency_reason=route.reason,
            conversation_id="",
            permalink=network.profile_url(clean),
            answer_within=route.answer_within,
        )


def _has(author: Author, others: list[Case], case_id: CaseId, visit: Visit) -> tuple[str, ...]:
    """What they have already, and what to do where it is one matter."""
    if not others:
        return ()
    named = [
        f"case {case.id} ({'yours' if case.holder == visit.by.key else holder(case)})"
        for case in sorted(others[:MOST_NAMED], key=lambda case: case.id)
    ]
    listed = " and ".join((", ".join(named[:-1]), named[-1])) if named[1:] else named[0]
    more = f", and more: /case find @{author.handle}" if others[MOST_NAMED:] else ""
    first = others[0].id
    return (
        f"@{author.handle} has {listed}{more}",
        f"/case {first} – is it the same matter? /case merge {case_id} into {first}",
    )
