"""One piece of the set-up as somebody looked at it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`problem` is a sentence with what to press; empty where all is well."""

    what: str
    problem: str = ""

    @property
    def line(self) -> str:
        return f"✗ {self.problem}" if self.problem else f"✓ {self.what}"
