"""app.yaml as written: plain values, and for every one of them the line where it stands.

People edit this file by hand, so each complaint names its line. Scalars follow YAML 1.2 (`no` is
Norwegian and `18:00` a time of day, neither is a boolean or 1080), and what a hand would only write
by mistake (a key twice, an alias, a tab, a secret) is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.errors import Misconfigured

Place = tuple[str | int, ...]
"""The way to a value: ("routes", 0, "urgency")."""

SECRET = re.compile(
    r"xox[a-z]-|xapp-|\bsk-[A-Za-z0-9]|BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_|\bAKIA[A-Z0-9]"
    r"|\bgithub_pat_|\beyJ[\w-]{8,}\.eyJ"
    r"|A{16}[A-Za-z0-9%+/=_-]{16}"  # X's bearer token
    r"|(?<![\w+/-])[A-Za-z0-9+/_-]{43}="  # our vault key
    r"|://[^/\s:@]*:[^/\s@]+@"  # a password in an address
    r"|(?i:secret|token|key|passw\w*)\W+[0-9a-f]{32}\b"  # Slack's signing secret
)
TAB = re.compile(r"^ *\t\s*[^\s#]")
PLAIN: tuple[tuple[str, str], ...] = (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$"),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]{0,17})$"),
    ("tag:yaml.org,2002:float", r"^-?(?:0|[1-9][0-9]{0,17})\.[0-9]+$"),
)


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {}  # noqa: RUF012  # the base class declares it as it is

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # its stubs leave it out
        if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None) is not None:
            raise yaml.composer.ComposerError(
                problem="an alias (*name) or a tag (!name) is not read here: write the value out",
                problem_mark=event.start_mark,
            )
        return super().compose_node(parent, index)


for _tag, _pattern in PLAIN:
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), None)


@dataclass(slots=True)
class Page:
    """`problems` are what the text alone already shows; the rest is for the models to say."""

    path: Path
    values: dict[str, object] = field(default_factory=dict)
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def complain(self, place: Place, sentence: str) -> str:
        """One problem as people read it: file, line, the way to the value, what is wrong."""
        parts = (str(part + 1) if isinstance(part, int) else part for part in place)
        way = " › ".join("(hidden)" if SECRET.search(part) else part for part in parts)
        if SECRET.search(sentence):
            sentence = "what stands here looks like a secret and is not repeated"
        return f"{self.path.name}:{self.line(place)}: {way}: {sentence}"

    def in_order(self, complaints: list[str]) -> list[str]:
        """From the top of the file to its end, each once."""
        start = len(self.path.name) + 1
        return sorted(dict.fromkeys(complaints), key=lambda c: int(c[start:].split(":")[0]))

    def line(self, place: Place) -> int:
        """Of the value itself, or of what it should have stood in."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_page(path: Path) -> Page:
    """Raises `Misconfigured` when there is nothing to read at all."""
    page = Page(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Misconfigured((f"{path}: cannot be read: {reason}",)) from error
    page.problems += _seen_in_text(page, text)
    try:
        root = _composed(text)
        if isinstance(root, yaml.MappingNode):
            page.values = dict(_mapping(page, root, ()))
        else:
            page.problems.append(f"{path.name}:1: expected sections such as `organisation: …`")
    except yaml.YAMLError as error:
        page.problems.append(_syntax(path, error))
    except RecursionError:
        page.problems.append(f"{path.name}:1: nested too deeply to be read")
    return page


@lru_cache(maxsize=4)
def _composed(text: str) -> yaml.Node | None:
    """Nobody changes it. Tests read one and the same page by the hundred."""
    return yaml.compose(text, Loader=_Loader)


def _seen_in_text(page: Page, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"{page.path.name}:{number}"
        if TAB.match(line):
            yield f"{where}: found a tab, expected spaces in front of a key"
        if SECRET.search(line):
            yield (
                f"{where}: found what looks like a secret, expected none in this file:"
                " set it in the environment, as in X_BEARER_TOKEN=… or X_BEARER_TOKEN_FILE=a file,"
                " and make a new one, since this file is shared"
            )


def _value(page: Page, node: yaml.Node, place: Place) -> object:
    if isinstance(node, yaml.MappingNode):
        return dict(_mapping(page, node, place))
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            page.lines[*place, index] = item.start_mark.line + 1
            items.append(_value(page, item, (*place, index)))
        return items
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool":
        return node.value == "true"
    if node.tag == "tag:yaml.org,2002:int":
        return int(node.value)
    if node.tag == "tag:yaml.org,2002:float":
        return float(node.value)
    return str(node.value)


def _mapping(page: Page, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, object]]:
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            page.problems.append(f"{page.path.name}:{line}: expected a key, a word and a colon")
            continue
        inner = (*place, key_node.value)
        if inner in page.lines:
            first = page.lines[inner]
            sentence = f"found twice, first in line {first}; expected once"
            page.problems.append(f"{page.path.name}:{line}: {key_node.value}: {sentence}")
            continue
        page.lines[inner] = line
        yield key_node.value, _value(page, value_node, inner)


def _syntax(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    parts = (getattr(error, name, None) for name in ("context", "problem", "reason"))
    what = ", ".join(part for part in parts if part)
    line = mark.line + 1 if mark else 1
    return f"{path.name}:{line}: not readable as YAML: {what}"
