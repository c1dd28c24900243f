"""The stories played unattended through the sandbox's front door, step by step with what was seen.

It knows the bot only as a colleague in Slack does: by what can be typed, pressed and read.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bot.sandbox.driver import Heard, Message, Person, View
from bot.sandbox.server import Sandbox

CARD_NUMBER = "4111 1111 1111 1111"
WAIT = 15.0


@dataclass(frozen=True, slots=True)
class Step:
    """`number` is the step's place in the stories: "1.6" is story 1, step 6."""

    number: str
    told: str
    seen: str
    held: bool


@dataclass(slots=True)
class Story:
    sandbox: Sandbox
    anna: Person = field(init=False)
    ben: Person = field(init=False)

    def __post_init__(self) -> None:
        self.anna, self.ben = self.sandbox.person("anna"), self.sandbox.person("ben")

    async def steps(self) -> AsyncIterator[Step]:
        """Every step in order; a step that fails is told and ends the play."""
        told = "the story begins"
        try:
            for chapter in (self.public_mention, self.two_at_once, self.analyst, self.digest):
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
        card = await self.anna.sees("charged me twice", channel="#care-billing", timeout=WAIT)
        masked = "1111 1111" not in card.words
        yield Step("2", "a customer's post is a card, its number masked", line(card), masked)
        gus = self.sandbox.person("gus")
        await gus.clicks("Claim", on=card)
        refused = await gus.sees("guest", channel="#care-billing", timeout=WAIT)
        yield Step("2", "a guest may not claim", line(refused), refused.ephemeral)
        guidebook = await self.ben.clicks("Claim", on=card)
        opened = isinstance(guidebook, View)
        yield Step("2", "the first claim opens the guidebook", title(guidebook), opened)
        if isinstance(guidebook, View):
            await self.ben.submits(guidebook, {})
        held = await self.anna.sees("Ben Okafor", channel="#care-billing", timeout=WAIT)
        claimed = held.ts == card.ts and "Release" in held.buttons and "Claim" not in held.buttons
        yield Step("2", "accepting it is the claim; the card says who", line(held), claimed)
        await self.sandbox.x.posts("jane", "@acme and again today!", in_reply_to=post.id)
        threaded = await self.anna.sees("again today", channel="#care-billing", timeout=WAIT)
        same = threaded.ts == card.ts
        yield Step("2", "her next words stand on the same card", line(threaded), same)
        case = number(threaded)
        reply = await self.ben.types(f"/reply {case} Sorry, we are looking into it.")
        yield heard("2", "the reply carries the disclosure", reply, "works at Acme")
        done = await self.ben.types(f"/case resolve {case}")
        yield heard("2", "the case is resolved", done, "resolved")

    async def two_at_once(self) -> AsyncIterator[Step]:
        await self.sandbox.x.posts("mia", "@acme is your app down again?")
        card = await self.anna.sees("down again", channel="#care-outage", timeout=WAIT)
        accepted = await self.anna.types("/usher enroll")
        if isinstance(accepted, View):
            await self.anna.submits(accepted, {})
        case = number(card)
        both = await asyncio.gather(
            self.anna.types(f"/claim {case}"), self.ben.types(f"/claim {case}")
        )
        said = [answer.text if isinstance(answer, Heard) else "" for answer in both]
        one = sum("is yours" in each for each in said) == 1
        yield Step("2", "two press at once: one holds it, the other is told", " / ".join(said), one)
        winner = self.anna if "is yours" in said[0] else self.ben
        undone = await winner.types("/case undo")
        yield heard("2", "not mine after all: undone", undone, "waits for someone")

    async def analyst(self) -> AsyncIterator[Step]:
        opened = await self.anna.types(
            "/case new @jane wants a business policy, calls the trade security consulting"
        )
        yield heard("1.1", "an employee brings the customer in", opened, "open and yours")
        case = digits(opened)
        found = await self.anna.types("/lookup @jane")
        yield heard("1.5", "look-up by handle shows what she may see", found, "Customer since")
        other = await self.anna.types("/case new @tom asks about his cover")
        nothing = await self.anna.types("/lookup @tom")
        yield heard("1.5", "no link with a basis: no guess", nothing, "Nothing is on file")
        await self.anna.types(f"/case release {digits(other)}")
        asked = await self.anna.types(f"/handoff {case} sales He asks for an offer.")
        yield heard("1.6", "the case goes to the desk's own queue", asked, "on its way to sales")
        told = await self.anna.sees(f"Case {case} is with sales", channel="@usher", timeout=WAIT)
        yield Step("1.6", "the ticket number comes back", line(told), "ticket" in told.words)

    async def digest(self) -> AsyncIterator[Step]:
        mina = self.sandbox.person("mina")
        read = await mina.types("/digest today", channel="#managers")
        yield heard(
            "1.10", "the manager reads it in the customers' words", read, "charged me twice"
        )
        whole = read.words if isinstance(read, Heard) else ""
        yield Step("1.10", "and no card number is in it", "masked", "1111 1111" not in whole)


def line(message: Message) -> str:
    words = " ".join(message.words.split())
    return words if len(words) < 140 else words[:139] + "…"


def title(seen: object) -> str:
    return f"modal “{seen.title}”" if isinstance(seen, View) else str(seen)


def heard(number: str, told: str, answer: object, expected: str) -> Step:
    if not isinstance(answer, Heard):
        return Step(number, told, title(answer), False)
    shown = " ".join(answer.words.split())
    return Step(number, told, shown[:140], expected.casefold() in answer.words.casefold())


def number(message: Message) -> str:
    """The case number a card shows, as a person reads it."""
    found = re.search(r"[Cc]ase (\d+)", message.words)
    return found.group(1) if found else ""


def digits(answer: object) -> str:
    found = re.search(r"[Cc]ase (\d+)", answer.words) if isinstance(answer, Heard) else None
    return found.group(1) if found else ""
