"""Everything that crossed between app and workspace, in order, for tests and the page."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from bot.sandbox.bell import Bell
from bot.sandbox.records import Json

MOST = 20_000
Encoding = Literal["query", "form", "json", ""]


@dataclass(frozen=True, slots=True)
class Call:
    """The app called us: one Web API method or response_url. `fault` is what was injected."""

    at: datetime
    method: str
    args: Json
    answer: Json
    status: int = 200
    encoding: Encoding = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """We called the app. `outcome`: acked, late, timeout, unconnected or failed, after `ms`."""

    at: datetime
    type: str
    payload: Json
    ack: Json | None
    outcome: str
    ms: float
    attempt: int = 0
    reason: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Socket:
    """A connection's life. `what`: refused, opened, told (a disconnect), nonsense or ended."""

    at: datetime
    number: int
    what: str
    detail: str = ""


Entry = Call | Delivery | Socket


class Journal(list[Entry]):
    """Keeps the newest `most` entries; `after` goes on numbering those that it forgot."""

    def __init__(self, bell: Bell, *, most: int = MOST) -> None:
        super().__init__()
        self.bell = bell
        self.most = most
        self.forgotten = 0

    def append(self, entry: Entry) -> None:
        super().append(entry)
        surplus = max(len(self) - self.most, 0)
        del self[:surplus]
        self.forgotten += surplus
        self.bell.ring()

    def calls(self, method: str | None = None) -> list[Call]:
        return [e for e in self if isinstance(e, Call) and method in (None, e.method)]

    def deliveries(self, kind: str | None = None) -> list[Delivery]:
        """`kind` is the envelope type, or the type inside an interactive payload or event."""
        return [e for e in self if isinstance(e, Delivery) and kind in (None, *kinds(e))]

    def sockets(self) -> list[Socket]:
        return [e for e in self if isinstance(e, Socket)]

    async def told(
        self,
        kind: str,
        *,
        outcome: str | None = None,
        count: int = 1,
        timeout: float = 5.0,  # noqa: ASYNC109 - a test's patience
    ) -> Delivery:
        """The `count`th such delivery once it is there; AssertionError says what was instead."""

        def look() -> Delivery | None:
            found = [d for d in self.deliveries(kind) if outcome in (None, d.outcome)]
            return found[count - 1] if len(found) >= count else None

        found = await self.bell.until(look, timeout=timeout)
        if found is None:
            there = [(d.type, d.outcome, d.attempt) for d in self.deliveries(kind)]
            raise AssertionError(f"{count} x {kind} {outcome or 'told'} did not come; {there} did")
        return found

    def after(self, number: int) -> list[Json]:
        start = max(number - self.forgotten, 0)
        return numbered(self[start:], start=self.forgotten + start + 1)


def numbered(entries: Iterable[Entry], *, start: int) -> list[Json]:
    return [
        {"number": number, "entry": type(entry).__name__.lower(), **asdict(entry)}
        for number, entry in enumerate(entries, start=start)
    ]


def kinds(delivery: Delivery) -> tuple[object, ...]:
    event = delivery.payload.get("event", {})
    return delivery.type, delivery.payload.get("type"), event.get("type")
