"""Texts an organisation writes with gaps: Jinja2 in a sandbox, and of it what cannot compute.

A template names words, and says which part is there where one of them is (or is not) something.
Whatever else the language could do is refused by file and line before it is ever compiled. So are
comments: nobody agrees to what is not shown, and a stray `{#` would take whole paragraphs along.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.errors import Misconfigured

LONGEST = 40_000
"""Characters, as written and again as shown: some twenty pages, where one is meant."""

_PLAIN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Operand,
    nodes.Not,
    nodes.And,
    nodes.Or,
)
_EQUAL = ("eq", "ne")
_DEEPEST = 20
_EXPECTED = "expected only {{ name }}, and {% if name %} or {% if name == 'word' %} … {% endif %}"


def _sandbox() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        # Plain text for blocks that show it as it is: there is no markup to escape.
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.clear()
    return made


_SANDBOX = _sandbox()


@dataclass(frozen=True, slots=True)
class PlainTemplate:
    _template: Template

    @classmethod
    def read(cls, text: str, *, where: str, names: Collection[str]) -> "PlainTemplate":
        """Raises `Misconfigured` with all that is wrong, each as `where:line: what; expected`."""
        if len(text) > LONGEST:
            raise Misconfigured((f"{where}:1: longer than {LONGEST} characters; expected a page",))
        page = _parsed(text, where)
        if hidden := [line for line, kind, _ in _SANDBOX.lex(text) if kind == "comment_begin"]:
            said = "a comment, which nobody would see; expected words to be shown, or none"
            raise Misconfigured(tuple(f"{where}:{line}: {said}" for line in hidden))
        wrong = [f"{where}:{line}: {said}" for line, said in _wrong(page, names)]
        if wrong:
            raise Misconfigured(tuple(dict.fromkeys(wrong)))
        return cls(_SANDBOX.from_string(page))

    def render(self, words: Mapping[str, str]) -> str:
        return self._template.render(words)[:LONGEST]


def _parsed(text: str, where: str) -> nodes.Template:
    try:
        return _SANDBOX.parse(text)
    except TemplateSyntaxError as error:
        said = f"{where}:{error.lineno}: not a template: {error.message}; {_EXPECTED}"
        raise Misconfigured((said,)) from error
    except (RecursionError, ValueError, OverflowError) as error:
        said = f"{where}:1: a template that cannot be read; {_EXPECTED}"
        raise Misconfigured((said,)) from error


def _wrong(page: nodes.Template, names: Collection[str]) -> Iterator[tuple[int, str]]:
    # By hand: Jinja's own walk goes as deep as somebody nests.
    waiting: list[tuple[nodes.Node, nodes.Node, int]] = [(page, page, 0)]
    while waiting:
        node, above, depth = waiting.pop()
        said = f"nested too deeply; {_EXPECTED}" if depth > _DEEPEST else ""
        if said := said or _wrong_with(node, above, names):
            yield node.lineno, said
        else:
            waiting += ((child, node, depth + 1) for child in node.iter_child_nodes())


def _wrong_with(node: nodes.Node, above: nodes.Node, names: Collection[str]) -> str:
    if isinstance(node, nodes.Name) and node.name not in names:
        near = get_close_matches(node.name, names, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(names))}"
        return f"no word is called {node.name!r}; {hint}"
    return "" if _plain(node, above) else f"{type(node).__name__.lower()} computes; {_EXPECTED}"


def _plain(node: nodes.Node, above: nodes.Node) -> bool:
    if isinstance(above, nodes.Output):
        return isinstance(node, nodes.TemplateData | nodes.Name)
    if isinstance(node, nodes.Compare):
        return all(operand.op in _EQUAL for operand in node.ops)
    if isinstance(node, nodes.Const):
        return isinstance(node.value, str)
    return type(node) in _PLAIN
