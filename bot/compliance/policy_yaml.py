"""YAML nodes with their lines, so that every complaint about a profile can point at its place."""

from dataclasses import dataclass, field

import yaml

from bot.errors import Misconfigured


@dataclass(slots=True)
class Problems:
    where: str
    found: list[str] = field(default_factory=list)

    def at(self, line: int) -> str:
        return f"{self.where}:{line}"

    def add(self, line: int, sentence: str) -> None:
        self.found.append(f"{self.at(line)}: {sentence}")

    def raise_any(self) -> None:
        if self.found:
            raise Misconfigured(tuple(dict.fromkeys(self.found)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of the file. What has another shape is a problem, and reads as empty."""

    line: int
    nodes: dict[str, yaml.Node]
    lines: dict[str, int]
    problems: Problems

    def names(self) -> tuple[str, ...]:
        return tuple(self.nodes)

    def has(self, key: str) -> bool:
        return key in self.nodes

    def only(self, known: tuple[str, ...]) -> None:
        for key, line in self.lines.items():
            if key not in known:
                self.problems.add(line, f"unknown key {key!r}; expected one of {', '.join(known)}")

    def text(self, key: str) -> str:
        node = self.nodes.get(key)
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return " ".join(node.value.split())
        self.problems.add(self.line_of(key), f"{key!r} is missing; expected a text")
        return ""

    def words(self, key: str) -> list[tuple[str, int]]:
        """The words under `key`, one or a list of them, each with its line."""
        node = self.nodes.get(key)
        if node is None:
            return []
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        words = []
        for item in nodes:
            if isinstance(item, yaml.ScalarNode):
                words.append((item.value, _line(item)))
            else:
                self.problems.add(_line(item), f"expected a word or a list of words for {key!r}")
        return words

    def valued(self, key: str) -> list[tuple[str, str, int]]:
        """As `words`, where a word may have a value: `- mask` or `- time_box: 300`."""
        node = self.nodes.get(key)
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node] if node else []
        found = []
        for item in nodes:
            for word, value in _pairs(item):
                found.append((word, value, _line(item)))
            if not _pairs(item):
                self.problems.add(_line(item), f"expected a word, or a word and its value: {key!r}")
        return found

    def mapping(self, key: str) -> "Entry":
        node = self.nodes.get(key)
        if node is None:
            self.problems.add(self.line, f"{key!r} is missing; expected attributes and values")
            return Entry(self.line, {}, {}, self.problems)
        return entry(node, self.problems)

    def entries(self, key: str) -> list["Entry"]:
        node = self.nodes.get(key)
        if not isinstance(node, yaml.SequenceNode):
            if node is not None:
                self.problems.add(_line(node), f"expected a list for {key!r}")
            return []
        return [entry(item, self.problems) for item in node.value]

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)


def read(text: str, problems: Problems) -> Entry:
    """The page as one entry; broken YAML is `Misconfigured` at once."""
    node: yaml.Node | None = None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.add(line, f"not valid YAML: {error.problem}")
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problems.add(line, "a sign that is not printed; expected text")
    except RecursionError:
        problems.add(1, "nested too deeply; expected rules and cases in plain lists")
    problems.raise_any()
    if node is None:
        return Entry(1, {}, {}, problems)
    return entry(node, problems)


def entry(node: yaml.Node, problems: Problems) -> Entry:
    if not isinstance(node, yaml.MappingNode):
        problems.add(_line(node), "expected keys and values here")
        return Entry(_line(node), {}, {}, problems)
    nodes: dict[str, yaml.Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.add(_line(key), "expected a word and a colon as a key")
            continue
        name = str(key.value)
        if name in nodes:
            problems.add(_line(key), f"key {name!r} stands twice; expected it once")
        nodes[name] = value
        lines[name] = _line(key)
    return Entry(_line(node), nodes, lines, problems)


def _pairs(node: yaml.Node) -> list[tuple[str, str]]:
    """`mask` is [("mask", "")], `{time_box: 300}` is [("time_box", "300")]; else nothing."""
    if isinstance(node, yaml.ScalarNode):
        return [(node.value, "")]
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    if all(isinstance(side, yaml.ScalarNode) for pair in pairs for side in pair):
        return [(word.value, value.value) for word, value in pairs]
    return []


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
