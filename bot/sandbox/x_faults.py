"""What can go wrong at X, on order, and the rate windows that go wrong by themselves.

Kinds for `inject`: "429:SECONDS" (until the reset), "503" (an HTML page, as its edge sends),
"timeout:SECONDS" (answers that late), "malformed_item" (the first post of the next page that has
any is broken), "garbage" (200, not JSON), "402" (out of credits), "401", "hang_up". What writes
does so before it hangs up; "503:1" is a page that lies: it was written all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
KINDS = {"429", "503", "timeout", "malformed_item", "garbage", "402", "401", "hang_up"}

# Calls an app may make in a window, from X's rate-limit page (facts: bearer token of the app).
LIMITS = {
    "mentions": 450,
    "tweets": 3500,
    "tweet": 450,
    "users_by": 300,
    "user_by": 450,
    "user": 300,
    "me": 75,
    "own_posts": 900,
    "create": 100,
    "dm_send": 15,
    "dm_events": 15,
}


@dataclass(frozen=True, slots=True)
class Call:
    """One request the API answered."""

    at: datetime
    method: str
    path: str
    params: tuple[tuple[str, str], ...]
    status: int


@dataclass(frozen=True, slots=True)
class Fault:
    kind: str
    seconds: float = 0

    @property
    def after(self) -> bool:
        """The effect is there, and only the answer is lost."""
        return self.kind == "hang_up" or (self.kind == "503" and self.seconds > 0)


@dataclass(slots=True)
class Faults:
    _orders: list[tuple[Fault, str | None]] = field(default_factory=list)

    def inject(self, kind: str, times: int = 1, *, on: str | None = None) -> None:
        """The next `times` calls fail so; `on` names one endpoint (a key of LIMITS)."""
        name, _, seconds = kind.partition(":")
        if name not in KINDS or (on is not None and on not in LIMITS):
            message = f"unknown fault {kind!r} on {on!r}: {sorted(KINDS)}"
            raise ValueError(message)
        self._orders += [(Fault(name, float(seconds or 0)), on)] * times

    def take(self, endpoint: str, *, item_at_hand: bool | None = None) -> Fault | None:
        """The next fault meant for this call. Broken items wait for a page with an item."""
        broken = item_at_hand is not None
        for order in self._orders:
            fault, on = order
            if on in (None, endpoint) and (fault.kind == "malformed_item") == broken:
                if broken and not item_at_hand:
                    return None
                self._orders.remove(order)
                return fault
        return None

    def clear(self) -> None:
        self._orders.clear()


@dataclass(slots=True)
class Window:
    limit: int
    remaining: int
    reset: datetime

    def headers(self) -> dict[str, str]:
        return {
            "x-rate-limit-limit": str(self.limit),
            "x-rate-limit-remaining": str(self.remaining),
            "x-rate-limit-reset": str(int(self.reset.timestamp())),
        }


class Windows:
    """X's 15 minutes, counted by endpoint; `limits` may be lowered in a test."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.limits = dict(LIMITS)
        self._clock = clock
        self._open: dict[str, Window] = {}

    def look(self, endpoint: str) -> Window:
        now, limit = self._clock(), self.limits[endpoint]
        window = self._open.get(endpoint)
        if window is None or now >= window.reset or window.limit != limit:
            window = self._open[endpoint] = Window(limit, limit, now + WINDOW)
        return window

    def spend(self, endpoint: str) -> bool:
        """Count a call; False when the window is used up."""
        window = self.look(endpoint)
        if window.remaining <= 0:
            return False
        window.remaining -= 1
        return True

    def exhaust(self, endpoint: str, *, for_seconds: float) -> None:
        window = self.look(endpoint)
        window.remaining = 0
        window.reset = self._clock() + timedelta(seconds=for_seconds)
