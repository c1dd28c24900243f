"""Everything that crossed between app and workspace, in order, for tests and the page."""

from dataclasses import asdict, dataclass

from bot.sandbox.records import Json


@dataclass(frozen=True, slots=True)
class Call:
    """The app called us: one Web API method or response_url."""

    method: str
    args: Json
    answer: Json
    status: int = 200


@dataclass(frozen=True, slots=True)
class Delivery:
    """We called the app. `outcome`: acked, late, timeout, unconnected or failed, after `ms`."""

    type: str
    payload: Json
    ack: Json | None
    outcome: str
    ms: float
    attempt: int = 0


class Journal(list[Call | Delivery]):
    def calls(self, method: str | None = None) -> list[Call]:
        return [e for e in self if isinstance(e, Call) and method in (None, e.method)]

    def deliveries(self, kind: str | None = None) -> list[Delivery]:
        """`kind` is the envelope type, or the type inside an interactive payload or event."""
        return [e for e in self if isinstance(e, Delivery) and kind in (None, *kinds(e))]

    def after(self, number: int) -> list[Json]:
        return [
            {"number": at, "entry": type(entry).__name__.lower(), **asdict(entry)}
            for at, entry in enumerate(self[number:], start=number + 1)
        ]


def kinds(delivery: Delivery) -> tuple[object, ...]:
    event = delivery.payload.get("event", {})
    return delivery.type, delivery.payload.get("type"), event.get("type")
