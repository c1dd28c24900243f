"""What is wrong with blocks, gathered with JSON pointers and told in Slack's two ways."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.sandbox.records import Json


class Rule(Protocol):
    def __hash__(self) -> int: ...

    def check(self, value: Any, at: str, report: "Report") -> None: ...


Shape = Mapping[str, Rule]
"""Field name to rule; a trailing star means the field is required."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`rule` names the constraint that failed; `field` the one absent or unknown."""

    message: str
    pointer: str
    rule: str
    expected: Any = None
    got: Any = None
    field: str = ""

    @property
    def sentence(self) -> str:
        """As chat and views methods say it."""
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"

    def wire(self) -> Json:
        """As blocks.validate says it."""
        constraint = {"type": self.rule, "expected": self.expected, "got": self.got}
        wire: Json = {
            "pointer": self.pointer,
            "code": "failed_constraint",
            "message": self.message,
            "constraint": constraint,
        }
        return wire | ({"field": self.field} if self.field else {})


@dataclass(slots=True)
class Report:
    shapes: Mapping[str, Shape]
    problems: list[Problem] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        return [problem.sentence for problem in self.problems]

    def say(
        self,
        message: str,
        at: str,
        *,
        rule: str,
        expected: Any = None,
        got: Any = None,
        field: str = "",
    ) -> None:
        self.problems.append(Problem(message, at, rule, expected, got, field))

    def absent(self, name: str, at: str) -> None:
        self.say(f"missing required field: {name}", at, rule="required", expected=name, field=name)

    def kind(self, value: Any, name: str, at: str) -> None:
        """Not the kind of JSON that belongs there."""
        article = "an" if name[0] in "ao" else "a"
        got = type(value).__name__
        self.say(f"must provide {article} {name}", at, rule="type", expected=name, got=got)

    def length(self, count: int, *, least: int = 0, most: int, at: str, where: str = "") -> None:
        if count > most:
            message = f"must be less than {most + 1} characters{where}"
            self.say(message, at, rule="max_length", expected=most, got=count)
        elif count < least:
            message = f"must be more than {least - 1} characters{where}"
            self.say(message, at, rule="min_length", expected=least, got=count)

    def count(self, count: int, *, least: int = 0, most: int, at: str, what: str = "items") -> None:
        if count > most:
            message = f"no more than {most} {what} allowed"
            self.say(message, at, rule="max_items", expected=most, got=count)
        elif count < least:
            message = f"no fewer than {least} {what} allowed"
            self.say(message, at, rule="min_items", expected=least, got=count)
