"""A small Care that keeps cases in a dict: here the door is tested, not the verbs."""

import asyncio
from dataclasses import dataclass, field

from bot.compliance import Guard
from bot.errors import Refusal
from bot.model.cleared import Cleared
from bot.model.ids import CaseId, VisitKey
from bot.model.person import Membership, Person
from bot.model.visit import Answer, Form, Link, Visit

VERSION = "ab12"
MARKDOWN = "# How we help\n\n1. **Greet first.**\n2. Say who you are.\n"


@dataclass
class Book:
    version: str = VERSION
    markdown: str = MARKDOWN


@dataclass
class StandIn:
    """Every part of Care at once; `visits` says who came, `answers` makes a visit count once."""

    guard: Guard = field(default_factory=Guard)
    visits: list[tuple[str, Visit]] = field(default_factory=list)
    answers: dict[VisitKey, Answer] = field(default_factory=dict)
    enrolled: set[str] = field(default_factory=set)
    holders: dict[CaseId, str] = field(default_factory=dict)
    asked: list[tuple[CaseId, str, str]] = field(default_factory=list)
    slow: float = 0.0
    failing: Exception | None = None

    @property
    def threshold(self) -> "StandIn":
        return self

    cases = listing = undoing = customers = handoffs = replies = threshold
    ambassadors = digests = status = evidence = threshold

    def admit(self, text: str) -> None:
        self.guard.admit(text)

    def clear(self, value: object) -> Cleared[object]:
        return self.guard.clear(value)

    def guidebook(self) -> Book:
        return Book()

    async def refused(self, no: Refusal, *, visit: Visit) -> Answer:
        return await self._once("refused", visit, Answer(no.sentence, refused=True))

    async def claim(self, case_id: CaseId, *, visit: Visit) -> Answer:
        if visit.by.membership is not Membership.MEMBER:
            raise Refusal(f"A {visit.by.membership} cannot claim.", "members-only")
        if visit.by.name not in self.enrolled:
            form = Form("guidebook", case_id)
            return await self._once("claim", visit, Answer("First, read this.", form=form))
        holder = self.holders.setdefault(case_id, visit.by.name)
        if holder != visit.by.name:
            raise Refusal(f"{holder} holds case {case_id}.", "held")
        return await self._once(
            "claim", visit, Answer(f"Case {case_id} is yours, {visit.by.name}.")
        )

    async def accept(self, version: str, *, claim: CaseId | None, visit: Visit) -> Answer:
        assert version == VERSION
        self.enrolled.add(visit.by.name)
        if claim is None:
            return await self._once("accept", visit, Answer("Welcome."))
        return await self.claim(claim, visit=visit)

    async def enroll(self, *, visit: Visit) -> Answer:
        return await self._once("enroll", visit, Answer("Please read.", form=Form("guidebook")))

    async def pass_on(self, case_id: CaseId, *, to: Person, visit: Visit) -> Answer:
        answer = Answer(f"{to.name} ({to.membership}) holds case {case_id} now.")
        return await self._once("pass", visit, answer)

    async def ask(self, case_id: CaseId, *, kind: str, summary: str, visit: Visit) -> Answer:
        if not kind or not summary:
            form = Form("handoff", case_id)
            return await self._once("ask", visit, Answer("Who can help?", form=form))
        self.asked.append((case_id, kind, summary))
        return await self._once("ask", visit, Answer(f"Case {case_id} goes to {kind}."))

    async def bring_in(self, handle: str, summary: str, *, visit: Visit) -> Answer:
        return await self._once("bring_in", visit, Answer(f"{handle}: {summary}"))

    async def look_up(self, handle: str, *, visit: Visit) -> Answer:
        return await self._once("look_up", visit, Answer(f"Nothing about {handle}."))

    async def draft(self, case_id: CaseId, words: str, *, visit: Visit) -> Answer:
        links = (Link("Open on X", "https://x.com/intent/post?text=hi"),)
        return await self._once(
            "draft", visit, Answer(f"Ready for case {case_id}.", copy=words, links=links)
        )

    async def note(self, case_id: CaseId, words: str, *, visit: Visit) -> Answer:
        return await self._once("note", visit, Answer(f"Noted on {case_id}: {words}"))

    async def show(self, case_id: CaseId, *, visit: Visit) -> Answer:
        return await self._once("show", visit, Answer(f"This is case {case_id}."))

    async def release(self, case_id: CaseId, *, visit: Visit) -> Answer:
        self.holders.pop(case_id, None)
        return await self._once("release", visit, Answer(f"Case {case_id} waits again."))

    async def resolve(self, case_id: CaseId, *, visit: Visit) -> Answer:
        return await self._once("resolve", visit, Answer(f"Case {case_id} is resolved."))

    async def find(self, words: str, *, visit: Visit) -> Answer:
        return await self._once("find", visit, Answer(f"Found for {words}."))

    async def mine(self, *, visit: Visit) -> Answer:
        return await self._once("mine", visit, Answer("You hold no case."))

    async def open(self, *, visit: Visit) -> Answer:
        return await self._once("open", visit, Answer("Nobody waits."))

    async def undo(self, *, visit: Visit) -> Answer:
        return await self._once("undo", visit, Answer("Undone."))

    async def why(self, number: int, *, visit: Visit) -> Answer:
        return await self._once("why", visit, Answer(f"D-{number}: because."))

    async def today(self, *, visit: Visit) -> Answer:
        return await self._once("today", visit, Answer("The digest."))

    async def read(self, *, visit: Visit) -> Answer:
        return await self._once("status", visit, Answer("At work."))

    async def _once(self, verb: str, visit: Visit, answer: Answer) -> Answer:
        if self.failing is not None and verb != "refused":
            raise self.failing
        if verb != "refused" and visit.by.membership is not Membership.MEMBER:
            raise Refusal(f"A {visit.by.membership} cannot {verb}.", "members-only")
        await asyncio.sleep(self.slow)
        if visit.key not in self.answers:
            self.visits.append((verb, visit))
            self.answers[visit.key] = answer
        return self.answers[visit.key]
