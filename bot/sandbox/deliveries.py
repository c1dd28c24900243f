"""From Slack to the app: one envelope out, one ack back, with Slack's retries of events."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.sandbox.faults import DELIVERY, Faults
from bot.sandbox.journal import Delivery, Journal
from bot.sandbox.records import Json

Kind = Literal["events_api", "slash_commands", "interactive"]
Outcome = Literal["acked", "timeout", "unconnected", "failed"]


@dataclass(frozen=True, slots=True)
class Attempt:
    number: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: Outcome
    payload: Json | None = None
    ms: float = 0.0
    retry: bool = True
    reason: str = ""

    @property
    def acked(self) -> bool:
        return self.outcome == "acked"


class Link(Protocol):
    """How the app is reached: a socket it opened, or its request URL."""

    @property
    def connected(self) -> bool: ...

    async def deliver(self, kind: Kind, payload: Json, *, attempt: Attempt) -> Answer: ...


class Deliveries:
    def __init__(
        self, journal: Journal, faults: Faults, *, event_retries: tuple[float, ...] = (0, 60, 300)
    ) -> None:
        self._journal = journal
        self._faults = faults
        self._event_retries = event_retries
        self._running: set[asyncio.Task[Any]] = set()
        self.link: Link | None = None

    @property
    def connected(self) -> bool:
        return self.link is not None and self.link.connected

    async def send(self, kind: Kind, payload: Json, *, attempt: Attempt | None = None) -> Answer:
        fault = self._faults.take(DELIVERY)
        if fault and fault.name == "delay":
            await asyncio.sleep(float(fault.detail))
        if fault and fault.name == "duplicate":
            self.spawn(self._once(kind, payload, attempt or Attempt()))
        return await self._once(kind, payload, attempt or Attempt())

    def event(self, payload: Json) -> None:
        """Events are told in the background, and told again when nobody acknowledged them."""
        self.spawn(self._event(payload))

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _event(self, payload: Json) -> None:
        answer = await self.send("events_api", payload)
        for number, pause in enumerate(self._event_retries, start=1):
            if answer.acked or not answer.retry:
                return
            await asyncio.sleep(pause)
            again = Attempt(number, answer.reason)
            answer = await self.send("events_api", payload, attempt=again)

    async def _once(self, kind: Kind, payload: Json, attempt: Attempt) -> Answer:
        link = self.link
        if link is None or not link.connected:
            answer = Answer("unconnected", reason="connection_failed")
        else:
            answer = await link.deliver(kind, payload, attempt=attempt)
        entry = Delivery(kind, payload, answer.payload, answer.outcome, answer.ms, attempt.number)
        self._journal.append(entry)
        return answer
