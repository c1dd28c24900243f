"""Trouble on demand: Slack on a bad day, injected by method name and used up in order."""

import re
from dataclasses import dataclass

DELIVERY = "delivery"
ANY = "*"
SECONDS, WHOLE, MOMENT = r"\d+(\.\d+)?", r"\d+", r"(before|after)?"

OF_CALLS = {
    "delay": SECONDS,
    "hold": SECONDS,
    "429": WHOLE,
    "error": r"\w+",
    "hang_up": MOMENT,
    **{str(status): MOMENT for status in range(500, 600)},
}
OF_DELIVERIES = {"delay": SECONDS, "duplicate": "", "drop": "", "reorder": ""}


@dataclass(slots=True)
class Fault:
    method: str
    kind: str
    left: int

    @property
    def name(self) -> str:
        return self.kind.partition(":")[0]

    @property
    def detail(self) -> str:
        return self.kind.partition(":")[2]

    @property
    def before(self) -> bool:
        """Whether it strikes before the effect, where Slack may fail on either side of it."""
        return (self.detail or ("after" if self.name == "hang_up" else "before")) == "before"


class Faults:
    """For a Web API name, "response_url" or "*" (any call): "delay:SECONDS", "hold:SECONDS" (it is
    done, and the answer comes so much later), "429:SECONDS", "error:code", "hang_up" (after the
    effect; "hang_up:before"), any 5xx ("503", "503:after").

    For "delivery" (what we tell the app): "delay:SECONDS", "duplicate", "drop" (never arrives) and
    "reorder" (the next one arrives first).
    """

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def inject(self, method: str, *, kind: str, times: int = 1) -> None:
        known = OF_DELIVERIES if method == DELIVERY else OF_CALLS
        name, _, detail = kind.partition(":")
        if name not in known or not re.fullmatch(known[name], detail):
            raise ValueError(f"{method} knows no fault {kind}; it knows {spelled(known)}")
        self._waiting.append(Fault(method, kind, times))

    def duplicate_next(self, times: int = 1) -> None:
        self.inject(DELIVERY, kind="duplicate", times=times)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str) -> Fault | None:
        names = {method} if method == DELIVERY else {method, ANY}
        fault = next((f for f in self._waiting if f.method in names), None)
        if fault is None:
            return None
        fault.left -= 1
        if fault.left <= 0:
            self._waiting.remove(fault)
        return fault


def spelled(known: dict[str, str]) -> str:
    return ", ".join(name for name in known if not name.startswith("5") or name == "503")
