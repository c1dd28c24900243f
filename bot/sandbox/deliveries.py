"""From Slack to the app: one envelope out, one ack back, with Slack's retries of events."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.sandbox.faults import DELIVERY, Fault, Faults
from bot.sandbox.journal import Delivery, Journal
from bot.sandbox.records import Clock, Json

Kind = Literal["events_api", "slash_commands", "interactive"]
Outcome = Literal["acked", "timeout", "unconnected", "failed"]


@dataclass(frozen=True, slots=True)
class Attempt:
    number: int = 0
    reason: str = ""


FIRST = Attempt()
FAREWELLS = {"app_uninstalled", "tokens_revoked"}


@dataclass(frozen=True, slots=True)
class Answer:
    """`fault` names what swallowed the delivery where nobody could have heard it."""

    outcome: Outcome
    payload: Json | None = None
    ms: float = 0.0
    retry: bool = True
    reason: str = ""
    fault: str = ""

    @property
    def acked(self) -> bool:
        return self.outcome == "acked"


class Link(Protocol):
    """How the app is reached: a socket it opened, or its request URL."""

    ack_seconds: float
    timeout_reason: str

    @property
    def connected(self) -> bool: ...

    async def deliver(self, kind: Kind, payload: Json, *, attempt: Attempt) -> Answer: ...


class Deliveries:
    def __init__(
        self,
        journal: Journal,
        faults: Faults,
        *,
        clock: Clock,
        event_retries: tuple[float, ...] = (0, 60, 300),
    ) -> None:
        self._journal = journal
        self._faults = faults
        self._clock = clock
        self._event_retries = event_retries
        self._running: set[asyncio.Task[Any]] = set()
        self._arrived = 0
        self.link: Link | None = None
        self.shut_out = ""
        """Set once the app is removed: of what happens from then on it hears only that."""

    @property
    def connected(self) -> bool:
        return self.link is not None and self.link.connected

    async def send(self, kind: Kind, payload: Json, *, attempt: Attempt = FIRST) -> Answer:
        fault = self._faults.take(DELIVERY)
        match fault.name if fault else "":
            case "delay" if fault:
                await asyncio.sleep(float(fault.detail))
            case "duplicate":
                self.spawn(self._once(kind, payload, attempt, fault))
            case "reorder":
                await self._overtaken()
        return await self._once(kind, payload, attempt, fault)

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

    async def _overtaken(self) -> None:
        """Until another delivery arrived, or Slack's patience ended."""
        before, patience = self._arrived, self.link.ack_seconds if self.link else 0.0
        await self._journal.bell.until(
            lambda: True if self._arrived > before else None, timeout=patience
        )

    async def _once(
        self, kind: Kind, payload: Json, attempt: Attempt, fault: Fault | None
    ) -> Answer:
        answer = await self._answer(kind, payload, attempt, fault)
        self._arrived += 1
        entry = Delivery(
            at=self._clock(),
            type=kind,
            payload=payload,
            ack=answer.payload,
            outcome=answer.outcome,
            ms=answer.ms,
            attempt=attempt.number,
            reason=answer.reason,
            fault=fault.kind if fault else answer.fault,
        )
        self._journal.append(entry)
        return answer

    async def _answer(
        self, kind: Kind, payload: Json, attempt: Attempt, fault: Fault | None
    ) -> Answer:
        link = self.link
        if link is None or not link.connected or (self.shut_out and not farewell(payload)):
            return Answer("unconnected", reason="connection_failed")
        if fault and fault.name == "drop":
            await asyncio.sleep(link.ack_seconds)
            return Answer("timeout", ms=link.ack_seconds * 1000, reason=link.timeout_reason)
        return await link.deliver(kind, payload, attempt=attempt)


def farewell(payload: Json) -> bool:
    return payload.get("event", {}).get("type") in FAREWELLS
