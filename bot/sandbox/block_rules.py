"""The kinds of rule that blocks_table.py is written in, and the sentences Slack answers with."""

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.block_report import Report, Rule
from bot.sandbox.records import Json


@dataclass(frozen=True, slots=True)
class Text:
    """A plain string of so many characters."""

    most: int
    least: int = 1

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.kind(value, "string", at)
            return
        report.length(len(value), least=self.least, most=self.most, at=at)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A string of one form; `form` is how Slack's reference writes it."""

    form: str
    pattern: str
    most: int = 3000

    def check(self, value: Any, at: str, report: Report) -> None:
        Text(self.most).check(value, at, report)
        if isinstance(value, str) and not re.fullmatch(self.pattern, value, re.ASCII):
            message = f"must be in the format {self.form}"
            report.say(message, at, rule="format", expected=self.form, got=value[:100])


@dataclass(frozen=True, slots=True)
class Flag:
    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, bool):
            report.kind(value, "boolean", at)


@dataclass(frozen=True, slots=True)
class Whole:
    least: int = 0
    most: int = 10**12

    def check(self, value: Any, at: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.kind(value, "number", at)
        elif not self.least <= value <= self.most:
            message = f"must be between {self.least} and {self.most}"
            report.say(message, at, rule="range", expected=[self.least, self.most], got=value)


@dataclass(frozen=True, slots=True)
class Number:
    def check(self, value: Any, at: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            report.kind(value, "number", at)


@dataclass(frozen=True, slots=True)
class Choice:
    words: tuple[str, ...]

    def check(self, value: Any, at: str, report: Report) -> None:
        if value not in self.words:
            message = f"must be a valid enum value: {', '.join(self.words)}"
            report.say(message, at, rule="enum", expected=list(self.words), got=value)


@dataclass(frozen=True, slots=True)
class Free:
    """Not looked into: parts of Slack too new or too rare for this workspace."""

    def check(self, value: Any, at: str, report: Report) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Items:
    """`gaps` lets an item be null."""

    of: Rule
    most: int
    least: int = 1
    gaps: bool = False

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list | tuple):
            report.kind(value, "array", at)
            return
        report.count(len(value), least=self.least, most=self.most, at=at)
        for number, item in enumerate(value):
            if item is not None or not self.gaps:
                self.of.check(item, f"{at}/{number}", report)


@dataclass(frozen=True, slots=True)
class Kind:
    """An object whose `type` names its shape."""

    names: tuple[str, ...]

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.kind(value, "object", at)
        elif "type" not in value:
            report.absent("type", at)
        elif value["type"] not in self.names:
            message, names = f"unsupported type: {value['type']}", list(self.names)
            report.say(message, f"{at}/type", rule="enum", expected=names, got=value["type"])
        else:
            check_shape(value, str(value["type"]), at, report)


@dataclass(frozen=True, slots=True)
class Group:
    """An object of one shape, without a `type`."""

    name: str

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.kind(value, "object", at)
            return
        check_shape(value, self.name, at, report)


@dataclass(frozen=True, slots=True)
class Words:
    """A text object; `plain` where Slack takes no markdown."""

    most: int
    plain: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        return ("plain_text",) if self.plain else ("plain_text", "mrkdwn")

    def check(self, value: Any, at: str, report: Report) -> None:
        Kind(self.kinds).check(value, at, report)
        text = value.get("text") if isinstance(value, dict) else None
        if isinstance(text, str):
            report.length(len(text), least=1, most=self.most, at=f"{at}/text")


def check_shape(value: Json, name: str, at: str, report: Report) -> None:
    shape = report.shapes[name]
    known = {key.rstrip("*"): rule for key, rule in shape.items()}
    for key in shape:
        if key.endswith("*") and value.get(key[:-1]) is None:
            report.absent(key[:-1], at)
    for key, inner in value.items():
        if key in ("type", "block_id", "action_id") and key not in known:
            continue
        if key not in known:
            message = f"invalid additional property: {key}"
            report.say(message, at, rule="additional_properties", got=key, field=key)
        elif inner is not None:
            known[key].check(inner, f"{at}/{key}", report)
