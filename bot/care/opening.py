"""Opening a case for somebody who wrote to an employee; whoever opens it holds it, if enrolled."""

from dataclasses import dataclass

from bot.care.acts import allowed, existing, needed
from bot.care.cases import Cases
from bot.care.left_out import left_out
from bot.care.networks import Networks
from bot.care.routing import Router
from bot.compliance import Action
from bot.model.case import NewCase, Source, Urgency
from bot.model.mention import Author
from bot.model.person import Enrolment
from bot.model.visit import Answer, Form, Visit
from storage.unit_of_work import UnitOfWork


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
            (case_id,) = unit.cases.open_many([self._brought_in(handle, summary, visit)])
            source = (("source", source_url),) if source_url else ()
            self.cases.changed(unit, case_id, "case.brought_in", decision, visit, more=source)
            if self.cases.acts.enrolment(unit, visit.by) is Enrolment.NO:
                return Answer(
                    f"Case {case_id} is open. Accept the guidebook and it is yours.",
                    form=self.cases.acts.guidebook(unit, visit.by, case_id),
                )
            taken = self.cases.take(unit, existing(unit, case_id), visit=visit)
            return Answer(
                f"Case {case_id} is open and yours.",
                lines=(
                    "Their private words stay on the network; your summary is on the card.",
                    f"/lookup @{handle.lstrip('@')} – who they are to us",
                    f"/handoff {case_id} – to the people who can help",
                ),
                offers=taken.offers,
            )

        return await self.cases.acts.run(visit, Action.BRING_IN, verb)

    def _brought_in(self, handle: str, summary: str, visit: Visit) -> NewCase:
        network, clean = self.networks.handle(handle)
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
