"""Answering now: the cleared text with my disclosure, counted as the network counts."""

from dataclasses import dataclass

from bot.care.acts import Acts, allowed, existing
from bot.care.networks import Networks
from bot.compliance import Action, Guard
from bot.errors import Refusal
from bot.model.case import Case, Source
from bot.model.ids import CaseId
from bot.model.person import Person
from bot.model.visit import Answer, Form, Link, Visit
from bot.networks.base import Network
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Replies:
    acts: Acts
    guard: Guard
    networks: Networks
    disclosure: str
    """The template of app.yaml with {name} in it."""

    async def draft(self, case_id: CaseId, words: str, *, visit: Visit) -> Answer:
        """The text to copy; without words the answer asks for the form."""

        def verb(unit: UnitOfWork) -> Answer:
            case = existing(unit, case_id)
            decision = self.acts.decide(unit, visit.by, Action.DRAFT_REPLY, case)
            if not words.strip():
                unit.commit(allowed("reply.asked", decision, by=visit.by, case_id=case_id))
                return Answer("What do you want to answer?", form=Form("reply", case_id))
            network = self.networks.named(case.author.network)
            if network is None:
                raise Refusal("This network is no longer in use here.", "network-gone")
            # Masked here, once: what is counted, copied and linked is the same text.
            text = self.guard.guard(f"{words.strip()} {self.signed(visit.by)}").masked
            length = network.length(text)
            self._fits(network, length)
            facts = (("length", str(length)),)
            unit.commit(
                allowed("reply.drafted", decision, by=visit.by, case_id=case_id, facts=facts)
            )
            return Answer(
                f"Ready to copy, {length} of {network.length_limit} characters. "
                "It goes out only when you send it yourself.",
                copy=text,
                links=(self._link(unit, network, case, text),),
            )

        return await self.acts.run(visit, Action.DRAFT_REPLY, verb, case_id=case_id)

    def signed(self, by: Person) -> str:
        first = by.name.split()[0] if by.name.split() else by.name
        return self.disclosure.replace("{name}", first)

    def _fits(self, network: Network, length: int) -> None:
        over = length - network.length_limit
        if over > 0:
            raise Refusal(
                f"With your disclosure that is {length} of {network.length_limit} characters on "
                f"{network.title}: {over} too many. Please shorten it and try again.",
                "reply-too-long",
                field_id="words",
            )

    def _link(self, unit: UnitOfWork, network: Network, case: Case, text: str) -> Link:
        label = f"Open on {network.title}"
        if case.source is Source.BROUGHT_IN:
            return Link(label, case.permalink)
        newest = unit.mentions.of_case(case.id)[-1:]
        if not newest:
            return Link(label, case.permalink)
        return Link(label, network.answer_url(newest[0].external_id, text))
