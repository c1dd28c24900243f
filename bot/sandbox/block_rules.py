"""The kinds of rule that blocks_table.py is written in, and the sentences Slack answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.sandbox.records import Json


class Rule(Protocol):
    def check(self, value: Any, at: str, report: "Report") -> None: ...


Shape = Mapping[str, Rule]
"""Field name to rule; a trailing star means the field is required."""


@dataclass(slots=True)
class Report:
    shapes: Mapping[str, Shape]
    open_shapes: frozenset[str]
    problems: list[str] = field(default_factory=list)

    def say(self, problem: str, at: str) -> None:
        self.problems.append(f"[ERROR] {problem} [json-pointer:{at}]")

    def size(self, count: int, *, least: int, most: int, what: str, at: str) -> None:
        if what == "characters" and count > most:
            self.say(f"must be less than {most + 1} characters", at)
        elif what == "characters" and count < least:
            self.say(f"must be more than {least - 1} characters", at)
        elif count > most:
            self.say(f"no more than {most} items allowed", at)
        elif count < least:
            self.say(f"no fewer than {least} items allowed", at)


@dataclass(frozen=True, slots=True)
class Text:
    """A plain string of so many characters."""

    most: int
    least: int = 1

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.say("must provide a string", at)
            return
        report.size(len(value), least=self.least, most=self.most, what="characters", at=at)


@dataclass(frozen=True, slots=True)
class Flag:
    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, bool):
            report.say("must provide a boolean", at)


@dataclass(frozen=True, slots=True)
class Whole:
    least: int = 0
    most: int = 10**12

    def check(self, value: Any, at: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.say("must provide a number", at)
        elif not self.least <= value <= self.most:
            report.say(f"must be between {self.least} and {self.most}", at)


@dataclass(frozen=True, slots=True)
class Choice:
    words: tuple[str, ...]

    def check(self, value: Any, at: str, report: Report) -> None:
        if value not in self.words:
            report.say(f"must be a valid enum value: {', '.join(self.words)}", at)


@dataclass(frozen=True, slots=True)
class Free:
    """Not looked into: parts of Slack too new or too rare for this workspace."""

    def check(self, value: Any, at: str, report: Report) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Items:
    of: Rule
    most: int
    least: int = 1

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list | tuple):
            report.say("must provide an array", at)
            return
        report.size(len(value), least=self.least, most=self.most, what="items", at=at)
        for number, item in enumerate(value):
            self.of.check(item, f"{at}/{number}", report)


@dataclass(frozen=True, slots=True)
class Kind:
    """An object whose `type` names its shape."""

    names: tuple[str, ...]

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.say("must provide an object", at)
        elif "type" not in value:
            report.say("missing required field: type", at)
        elif value["type"] not in self.names:
            report.say(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            check_shape(value, str(value["type"]), at, report)


@dataclass(frozen=True, slots=True)
class Group:
    """An object of one shape, without a `type`."""

    name: str

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.say("must provide an object", at)
            return
        check_shape(value, self.name, at, report)


@dataclass(frozen=True, slots=True)
class Words:
    """A text object; `plain` where Slack takes no markdown."""

    most: int
    plain: bool = False

    def check(self, value: Any, at: str, report: Report) -> None:
        kinds = ("plain_text",) if self.plain else ("plain_text", "mrkdwn")
        Kind(kinds).check(value, at, report)
        text = value.get("text") if isinstance(value, dict) else None
        if isinstance(text, str):
            report.size(len(text), least=1, most=self.most, what="characters", at=f"{at}/text")


def check_shape(value: Json, name: str, at: str, report: Report) -> None:
    shape = report.shapes[name]
    known = {key.rstrip("*"): rule for key, rule in shape.items()}
    for key in shape:
        if key.endswith("*") and value.get(key[:-1]) is None:
            report.say(f"missing required field: {key[:-1]}", at)
    for key, inner in value.items():
        if key in ("type", "block_id", "action_id") and key not in known:
            continue
        if key not in known:
            if name not in report.open_shapes:
                report.say(f"invalid additional property: {key}", at)
        elif inner is not None:
            known[key].check(inner, f"{at}/{key}", report)
