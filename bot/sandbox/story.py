"""The stories played unattended through the sandbox's front door, step by step with what was seen.

It knows the bot only as a colleague in Slack does: by what can be typed, pressed and read.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from bot.sandbox.driver import Heard, Message, Person, View
from bot.sandbox.server import Sandbox
from bot.sandbox.steps import Step, decision_of, number_of, saw

CARD_NUMBER = "4111 1111 1111 1111"
MASKED = "card ••1111"
WAIT = 15.0
"""Seconds in which somebody has to see what the story says."""


@dataclass(slots=True)
class Story:
    sandbox: Sandbox
    wait: float = WAIT
    anna: Person = field(init=False)
    ben: Person = field(init=False)

    def __post_init__(self) -> None:
        self.anna, self.ben = self.sandbox.person("anna"), self.sandbox.person("ben")

    async def steps(self) -> AsyncIterator[Step]:
        """Every step in order; a step that fails is told and ends the play."""
        told = "the story begins"
        chapters = (
            *(self.public_mention, self.first_claim, self.answer, self.two_at_once, self.not_mine),
            *(self.brought_in, self.who_is_he, self.handed_off, self.digest),
        )
        try:
            for chapter in chapters:
                async for step in chapter():
                    told = step.told
                    yield step
                    if not step.held:
                        return
        except (AssertionError, LookupError) as missed:
            # What somebody looked for and did not find, told with what they saw instead.
            yield Step("?", f"what comes after “{told}”", " ".join(str(missed).split()), False)

    async def public_mention(self) -> AsyncIterator[Step]:
        post = await self.sandbox.x.posts(
            "jane", f"@acme your app charged me twice, card {CARD_NUMBER}"
        )
        card = await self._card("charged me twice")
        yield saw("2", "the billing channel shows a card: who wrote and what", card, "@jane")
        yield saw("2", "the number is masked", card, MASKED, never=("1111 1111",))
        yield saw("2", "how urgent, and why", card, "High urgency", "the word “twice”")
        silent = ("customer since", "on file")
        yield saw("2", "never whether they are a customer", card, never=silent)
        await self.sandbox.x.posts("jane", "@acme and again today!", in_reply_to=post.id)
        threaded = await self._card("again today")
        seen = saw("2", "her next words, the thread before them", threaded, "Before that")
        yield replace(seen, held=seen.held and threaded.ts == card.ts)

    async def first_claim(self) -> AsyncIterator[Step]:
        card, gus = await self._card("again today"), self.sandbox.person("gus")
        await gus.clicks("Claim", on=card)
        refused = await gus.sees("guest", channel="#care-billing", timeout=self.wait)
        yield saw("2", "a guest is no full member and may not claim", refused, "guest")
        guidebook = await self.ben.clicks("Claim", on=card)
        if not isinstance(guidebook, View):
            yield Step("2", "the first time, the guidebook opens", str(guidebook), False)
            return
        yield saw("2", "the first time, the guidebook opens", guidebook, "Guidebook")
        await self.ben.submits(guidebook, {})
        held = await self._card("Held by Ben Okafor")
        yield saw("2", "accepting it is the claim", held, "Held by Ben Okafor", never=("nobody",))

    async def answer(self) -> AsyncIterator[Step]:
        case, mina = number_of(await self._card("Held by Ben Okafor")), self.sandbox.person("mina")
        page = await self.ben.types(f"/reply {case} Sorry, we are looking into it.")
        if not isinstance(page, View):
            yield Step("1.8", "the very text is seen before it goes", str(page), False)
            return
        yield saw("1.8", "the very text is seen, with the disclosure", page, "Ben, works at Acme")
        asked = await self.ben.submits(page, {})
        if not isinstance(asked, View):
            yield Step("1.8", "it waits for a second person", str(asked), False)
            return
        yield saw("1.8", "it waits for a second person", asked, "waits, word for word")
        request = await mina.sees("works at Acme", channel="@usher", timeout=self.wait)
        yield saw("1.8", "who reads the same words", request, "Sorry, we are looking into it.")
        await mina.clicks("Approve", on=request)
        stands = await self._card("Answered by Ben Okafor")
        yield saw("1.8", "approved, it stands on X and on the card", stands, "Answered by")
        done = await self._types(self.ben, f"/case resolve {case}")
        yield saw("2", "answered, the case is resolved", done, "is resolved")

    async def two_at_once(self) -> AsyncIterator[Step]:
        await self.sandbox.x.posts("mia", "@acme is your app down again?")
        card = await self._card("down again", channel="#care-outage")
        accepted = await self.anna.types("/usher enroll")
        if isinstance(accepted, View):
            await self.anna.submits(accepted, {})
        press = f"/claim {number_of(card)}"
        said = await asyncio.gather(self._types(self.anna, press), self._types(self.ben, press))
        first, second = sorted(said, key=lambda one: "is yours" not in one.words)
        yield saw("2", "two press at once: one holds it", first, "is yours")
        winner = "Anna Berg" if first is said[0] else "Ben Okafor"
        yield saw("2", "the other is told who", second, f"{winner} holds", never=("is yours",))

    async def not_mine(self) -> AsyncIterator[Step]:
        card = await self._card("Held by", channel="#care-outage")
        hers, case = "Held by Anna" in card.words, number_of(card)
        winner, other = (self.anna, self.ben) if hers else (self.ben, self.anna)
        undone = await self._types(winner, "/case undo")
        yield saw("2", "not mine after all: undone", undone, "waits for someone")
        await winner.types(f"/claim {case}")
        passed = await self._types(winner, f"/case pass {case} @{'ben' if hers else 'anna'}")
        name = "Ben Okafor" if hers else "Anna Berg"
        yield saw("2", "or passed to someone by name", passed, f"{name} holds")
        released = await self._types(other, f"/case release {case}")
        yield saw("2", "or released", released, "waits for someone")

    async def brought_in(self) -> AsyncIterator[Step]:
        unkept = await self._types(self.anna, f"/case new @jane asks, pays by {CARD_NUMBER}")
        yield saw("1.1", "a number typed by mistake is not kept", unkept, "did not keep it")
        opened = await self._types(
            self.anna, "/case new @jane wants a business policy, calls it security consulting"
        )
        yield saw("1.1", "an employee brings the customer in", opened, "open and yours")
        yield saw("1.1", "private words are not copied", opened, "stay on the network")
        card = await self._card("security consulting", channel="#care-general")
        yield saw("1.1", "the case holds the employee's own summary", card, "Brought in", "@jane")
        reply = await self._types(self.anna, f"/reply {number_of(card)} Thank you, I ask around.")
        yield saw("2", "what one sends by hand waits for a second person", reply, "It waits for")
        mina = self.sandbox.person("mina")
        request = await mina.sees("I ask around", channel="@usher", timeout=self.wait)
        await mina.clicks("Approve", on=request)
        handed = await self.anna.sees("may go", channel="@usher", timeout=self.wait)
        yield saw("2", "approved, the text is there to copy", handed, "works at Acme")

    async def who_is_he(self) -> AsyncIterator[Step]:
        other = await self._types(self.anna, "/case new @tom asks about his cover")
        nothing = await self._types(self.anna, "/lookup @tom")
        yield saw("1.3", "no link on file: no guess", nothing, "Nothing is on file")
        yield saw("1.3", "the same answer whoever he is", nothing, "whether or not")
        await self.anna.types(f"/case release {number_of(other)}")
        shown = await self._types(self.anna, "/lookup @jane")
        what = ("Customer since", "Lines of business", "Open tickets")
        yield saw("1.5", "look-up by handle shows what she may see", shown, *what)
        yield saw("1.5", "and on which basis the link stands", shown, "How we know", "told us")
        refused = await self._types(self.anna, "/lookup @tom")
        yield saw("1.5", "without an open case of hers: nothing", refused, "you hold none")
        why = await self._types(self.anna, f"/case why {decision_of(refused)}")
        yield saw("1.5", "the look itself is on record", why, decision_of(refused), "for you")

    async def handed_off(self) -> AsyncIterator[Step]:
        case = number_of(await self._card("security consulting", channel="#care-general"))
        asked = await self._types(self.anna, f"/handoff {case} sales He asks for an offer.")
        yield saw("1.6", "the case goes to the desk's own queue", asked, "on its way to sales")
        told = await self.anna.sees(
            f"Case {case} is with sales", channel="@usher", timeout=self.wait
        )
        yield saw("1.6", "the employee hears the ticket number", told, "ticket")
        card = await self._card("in sales", channel="#care-general")
        yield saw("1.6", "and it comes back to the case", card, "ticket", "in sales")

    async def digest(self) -> AsyncIterator[Step]:
        read = await self._types(self.sandbox.person("mina"), "/digest today", channel="#managers")
        yield saw("1.10", "the manager's digest", read, "what customers said")
        yield saw("1.10", "in the customers' own words", read, "charged me twice")
        yield saw("1.10", "which are masked", read, MASKED, never=("1111 1111",))

    async def _card(self, words: str, *, channel: str = "#care-billing") -> Message:
        return await self.sandbox.person("cora").sees(words, channel=channel, timeout=self.wait)

    async def _types(self, who: Person, text: str, *, channel: str = "#care-general") -> Heard:
        answer = await who.types(text, channel=channel)
        if isinstance(answer, Heard):
            return answer
        raise LookupError(f"{text} was answered with a modal: {answer.title}")
