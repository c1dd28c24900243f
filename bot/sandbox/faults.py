"""Trouble on demand: Slack on a bad day, injected by method name and used up in order."""

from dataclasses import dataclass

DELIVERY = "delivery"
ANY = "*"


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


class Faults:
    """Kinds: "delay:SECONDS", "503", "429:SECONDS", "hang_up" (after the effect), "error:code".

    A method is a Web API name, "response_url", "*" (any call) or "delivery" (envelopes to the
    app), which knows "duplicate" and "delay:SECONDS".
    """

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def inject(self, method: str, *, kind: str, times: int = 1) -> None:
        known = {"delay", "503", "429", "hang_up", "error", "duplicate"}
        if kind.partition(":")[0] not in known:
            raise ValueError(f"no such fault: {kind}; known are {sorted(known)}")
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
