"""The parts of the stand-in that are more than a verb: forms asked for, events, and turns."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from bot.errors import Refusal
from bot.model.arrival import Arrival
from bot.model.clock import utc_now
from bot.model.complaint import LINES
from bot.model.ids import PersonKey, VisitKey
from bot.model.person import Person
from bot.model.visit import Answer, Form, Visit


class Whole(Protocol):
    """What a part asks of the stand-in it belongs to."""

    forms: dict[VisitKey, tuple[PersonKey, Form | None]]

    async def once(self, verb: str, visit: Visit, answer: Answer) -> Answer: ...


@dataclass
class Part:
    """A part or verb without state here: it answers with its own name; what is no verb says yes."""

    care: Whole
    name: str

    @property
    def lines(self) -> tuple[str, ...]:
        """What the form about complaints offers."""
        return LINES

    def __getattr__(self, verb: str) -> "Part":
        return Part(self.care, verb)

    async def __call__(self, *_: object, visit: Visit | None = None, **__: object) -> object:
        if visit is None:
            return True
        return await self.care.once(self.name, visit, Answer(f"Done: {self.name}."))


@dataclass
class Slips:
    """Which form a visit asked for, and whose it was."""

    care: Whole

    async def form(self, slip: VisitKey, *, name: str, by: Person) -> Form:
        whose, form = self.care.forms.get(slip, ("", None))
        if form is None or form.name != name or whose != by.key:
            raise Refusal("I do not know this form any more.", "form-gone")
        return form

    async def reopen(self, slip: VisitKey, *, visit: Visit) -> Answer:
        whose, form = self.care.forms.get(slip, ("", None))
        if whose != visit.by.key:
            raise Refusal("I do not know this form any more.", "form-gone")
        return await self.care.once("reopen", visit, Answer("Here.", form=form))


@dataclass
class Inbox:
    """Acts at once, where the real one leaves it to a courier."""

    failing: Exception | None = None
    taken: dict[str, str] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)
    acting: set[asyncio.Task[None]] = field(default_factory=set)
    act: Callable[[Arrival], Awaitable[None]] | None = None

    def acted_upon_by(self, act: Callable[[Arrival], Awaitable[None]]) -> None:
        self.act = act

    async def take(self, kind: str, *, key: str, body: bytes) -> None:
        if self.failing is not None:
            raise self.failing
        if key in self.taken:
            return
        self.taken[key] = kind
        self.bodies.append(body)
        task = asyncio.create_task(self._acted(Arrival(kind, body, utc_now())))
        self.acting.add(task)
        task.add_done_callback(self.acting.discard)

    async def acted(self) -> None:
        """Once all that was told so far was acted upon."""
        await asyncio.gather(*self.acting)

    async def _acted(self, arrival: Arrival) -> None:
        assert self.act is not None
        await self.act(arrival)


class Unhurried:
    """Turns without end: how fast Slack may be asked is not what is tested here."""

    @asynccontextmanager
    async def turn(self, lane: str) -> AsyncIterator[None]:  # noqa: ARG002  the protocol's
        yield
