"""A small Care that keeps cases in a dict: here the door is tested, not the verbs."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.compliance import Guard
from bot.errors import Refusal
from bot.model.cleared import Cleared
from bot.model.delivery import Card
from bot.model.ids import CaseId, PersonKey, VisitKey
from bot.model.person import Membership, Person
from bot.model.visit import Answer, Form, Link, Visit
from tests.handlers.parts import Inbox, Part, Slips

VERSION = "ab12"
MARKDOWN = "# How we help\n\n1. **Greet first.**\n2. Say who you are.\n"


BOOK = Form("guidebook", version_id=VERSION)


@dataclass
class Book:
    version: str = VERSION
    markdown: str = MARKDOWN

    def asked(self) -> tuple[()]:
        """No questions."""
        return ()


@dataclass
class StandIn:
    """Every part of Care at once; `visits` says who came, `answers` makes a visit count once."""

    guard: Guard = field(default_factory=Guard)
    visits: list[tuple[str, Visit]] = field(default_factory=list)
    answers: dict[VisitKey, Answer] = field(default_factory=dict)
    enrolled: set[str] = field(default_factory=set)
    holders: dict[CaseId, str] = field(default_factory=dict)
    asked: list[tuple[CaseId, str, str]] = field(default_factory=list)
    added: list[tuple[CaseId, str, str]] = field(default_factory=list)
    blanked: list[tuple[Card, CaseId | None]] = field(default_factory=list)
    touches: list[tuple[CaseId, Card | None]] = field(default_factory=list)
    threads: dict[Card, CaseId] = field(default_factory=dict)
    slips: Slips = field(init=False)
    inbox: Inbox = field(init=False)
    forms: dict[VisitKey, tuple[PersonKey, Form | None]] = field(default_factory=dict)
    slow: float = 0.0
    failing: Exception | None = None

    def __post_init__(self) -> None:
        self.slips, self.inbox = Slips(self), Inbox()

    def __getattr__(self, name: str) -> Part:
        """A part of Care that has no state here."""
        return Part(self, name)

    @property
    def threshold(self) -> "StandIn":
        return self

    cases = opening = listing = undoing = customers = handoffs = replies = threshold
    ambassadors = digests = status = evidence = adding = blanking = orphans = threshold

    def admit(self, text: str, *, stays: bool = False) -> None:  # noqa: ARG002  the door says it
        self.guard.admit(text)

    def given_back(self, text: str) -> str:
        return self.guard.mask(text)

    def clear(self, value: object) -> Cleared[object]:
        return self.guard.clear(value)

    def guidebook(self) -> Book:
        return Book()

    async def refused(self, no: Refusal, *, visit: Visit) -> Answer:
        return await self.once("refused", visit, Answer(no.sentence, refused=True))

    async def claim(self, case_id: CaseId, *, visit: Visit) -> Answer:
        if visit.by.membership is not Membership.MEMBER:
            raise Refusal(f"A {visit.by.membership} cannot claim.", "members-only")
        if visit.by.name not in self.enrolled:
            form = Form("guidebook", case_id, version_id=VERSION)
            return await self.once("claim", visit, Answer("First, read this.", form=form))
        holder = self.holders.setdefault(case_id, visit.by.name)
        if holder != visit.by.name:
            raise Refusal(f"{holder} holds case {case_id}.", "held")
        return await self.once("claim", visit, Answer(f"Case {case_id} is yours, {visit.by.name}."))

    async def accept(
        self,
        version: str,
        *,
        claim: CaseId | None,
        visit: Visit,
        answers: Mapping[str, str],
        words: str = "",  # noqa: ARG002  the real one gives them back
    ) -> Answer:
        assert version == VERSION
        assert not answers, "this guidebook asks nothing"
        self.enrolled.add(visit.by.name)
        if claim is None:
            return await self.once("accept", visit, Answer("Welcome."))
        return await self.claim(claim, visit=visit)

    async def enroll(self, *, visit: Visit, again: bool = False) -> Answer:  # noqa: ARG002  the real one's
        return await self.once("enroll", visit, Answer("Please read.", form=BOOK))

    async def pass_on(self, case_id: CaseId, *, to: Person, visit: Visit) -> Answer:
        answer = Answer(f"{to.name} ({to.membership}) holds case {case_id} now.")
        return await self.once("pass", visit, answer)

    async def ask(
        self,
        what: CaseId | str,
        *,
        visit: Visit,
        kind: str = "",
        summary: str = "",
        source_url: str = "",
        author: str = "",  # noqa: ARG002  only the form's own sentence speaks of them
        thread: Card | None = None,
    ) -> Answer:
        """Of two verbs: a hand-off names a case, an addition the words to be added."""
        if isinstance(what, str):
            return await self.add_form(what, await self.case_of(thread), source_url, visit)
        case_id = what
        if not kind or not summary:
            form = Form("handoff", case_id)
            return await self.once("ask", visit, Answer("Who can help?", form=form))
        self.asked.append((case_id, kind, summary))
        return await self.once("ask", visit, Answer(f"Case {case_id} goes to {kind}."))

    async def ask_for_new(
        self,
        summary: str = "",
        *,
        visit: Visit,
        handle: str = "",
        source_url: str = "",
        author: str = "",  # noqa: ARG002  only the form's own sentence speaks of them
    ) -> Answer:
        words = self.guard.guard(summary).masked
        form = Form("new_case", None, words, source_url, filled=(("handle", handle),))
        return await self.once("ask_for_new", visit, Answer("Who?", form=form))

    async def bring_in(
        self, handle: str, summary: str, *, visit: Visit, source_url: str = ""
    ) -> Answer:
        answer = Answer(f"{handle}: {summary}", lines=(source_url,) if source_url else ())
        return await self.once("bring_in", visit, answer)

    async def case_of(self, thread: Card | None) -> CaseId | None:
        return None if thread is None else self.threads.get(thread)

    async def add_form(self, words: str, chosen: CaseId | None, url: str, visit: Visit) -> Answer:
        cases = tuple((str(number), f"{number} · @jane") for number in self.holders)
        form = Form("add", chosen, self.guard.guard(words).masked, url, cases=cases)
        return await self.once("ask_to_add", visit, Answer("To which?", form=form))

    async def add(
        self, case_id: CaseId, words: str, *, visit: Visit, source_url: str = ""
    ) -> Answer:
        self.added.append((case_id, words, source_url))
        return await self.once("add", visit, Answer(f"Added to case {case_id}."))

    async def sure(self, place: Card, *, case_id: CaseId | None, visit: Visit) -> Answer:
        where = (("channel", place.channel_id), ("ts", place.ts))
        form = Form("blank", case_id or CaseId(42), filled=where)
        return await self.once("sure", visit, Answer("Sure?", form=form))

    async def blank(self, place: Card, *, case_id: CaseId | None, visit: Visit) -> Answer:
        self.blanked.append((place, case_id))
        return await self.once("blank", visit, Answer("It is blank now."))

    async def touched(self, case_id: CaseId, place: Card | None) -> None:
        self.touches.append((case_id, place))

    async def look_up(self, handle: str, *, visit: Visit) -> Answer:
        return await self.once("look_up", visit, Answer(f"Nothing about {handle}."))

    async def write(
        self,
        case_id: CaseId,
        words: str,
        *,
        visit: Visit,
        way: str = "",  # noqa: ARG002  the verb has it
    ) -> Answer:
        if not words:
            return await self.once("write", visit, Answer("?", form=Form("reply", case_id)))
        links = (Link("Open on X", "https://x.com/intent/post?text=hi"),)
        return await self.once(
            "write", visit, Answer(f"Ready for case {case_id}.", copy=words, links=links)
        )

    async def note(self, case_id: CaseId, words: str, *, visit: Visit) -> Answer:
        if not words:
            return await self.once("note", visit, Answer("?", form=Form("note", case_id)))
        return await self.once("note", visit, Answer(f"Noted on {case_id}: {words}"))

    async def show(self, case_id: CaseId, *, visit: Visit) -> Answer:
        return await self.once("show", visit, Answer(f"This is case {case_id}."))

    async def release(self, case_id: CaseId, *, visit: Visit) -> Answer:
        self.holders.pop(case_id, None)
        return await self.once("release", visit, Answer(f"Case {case_id} waits again."))

    async def resolve(self, case_id: CaseId, *, visit: Visit) -> Answer:
        return await self.once("resolve", visit, Answer(f"Case {case_id} is resolved."))

    async def find(self, words: str, *, visit: Visit) -> Answer:
        return await self.once("find", visit, Answer(f"Found for {words}."))

    async def mine(self, *, visit: Visit) -> Answer:
        return await self.once("mine", visit, Answer("You hold no case."))

    async def open(self, *, visit: Visit) -> Answer:
        return await self.once("open", visit, Answer("Nobody waits."))

    async def undo(self, *, visit: Visit, number: object = None) -> Answer:  # noqa: ARG002  the verb's
        return await self.once("undo", visit, Answer("Undone."))

    async def why(self, number: int, *, visit: Visit) -> Answer:
        return await self.once("why", visit, Answer(f"D-{number}: because."))

    async def today(self, *, visit: Visit) -> Answer:
        return await self.once("today", visit, Answer("The digest."))

    async def read(self, *, visit: Visit) -> Answer:
        return await self.once("status", visit, Answer("At work."))

    async def once(self, verb: str, visit: Visit, answer: Answer) -> Answer:
        if self.failing is not None and verb != "refused":
            raise self.failing
        if verb != "refused" and visit.by.membership is not Membership.MEMBER:
            raise Refusal(f"A {visit.by.membership} cannot {verb}.", "members-only")
        await asyncio.sleep(self.slow)
        if visit.key in self.answers:
            return replace(self.answers[visit.key], repeated=True)
        self.visits.append((verb, visit))
        self.answers[visit.key] = answer
        self.forms[visit.key] = (visit.by.key, answer.form)
        return answer
