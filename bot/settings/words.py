"""What pydantic found, said so that a coordinator who never saw Python can mend it."""

import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.settings.page import SECRET, Page, Place

EXPECTED = {
    "string_type": "text; put it in quotes",
    "string_unicode": "text in whole characters",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list, such as [one, two]",
    "list_type": "a list, such as [one, two]",
    "dict_type": "settings of its own, indented below",
    "mapping_type": "settings of its own, indented below",
    "model_type": "settings of its own, indented below",
    "model_attributes_type": "settings of its own, indented below",
    "path_type": "the name of a file",
}
"""Pydantic's error types in our words; those with figures are said by `_expected`."""


def sentences(page: Page, error: ValidationError, kind: type[BaseModel], at: Place) -> list[str]:
    """All that is wrong, each with its line; `at` is where this model's section stands."""
    return [
        page.complain((*at, *_place(detail["loc"])), _sentence(detail, kind))
        for detail in error.errors(include_url=False)
    ]


def nearest(word: str, known: Iterable[str]) -> str:
    """The half sentence that helps after a typo: a suggestion, or all there is to choose from."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    return f"known here: {', '.join(names)}" if names else "nothing can stand here"


def shown(value: object) -> str:
    """A found value, short, and never a secret: problems are printed and logged."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case Mapping():
            return "settings"
        case list() | tuple():
            return "a list"
        case int() | float():
            return str(value)
    text = str(value)
    if SECRET.search(text):
        return "(hidden)"
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}…"'


def _place(loc: Place) -> Place:
    # pydantic marks a wrong dictionary key as (…, key, "[key]")
    return tuple(part for part in loc if part != "[key]")


def _sentence(detail: ErrorDetails, kind: type[BaseModel]) -> str:
    match detail["type"]:
        case "extra_forbidden":
            known = _keys_at(kind, detail["loc"][:-1])
            return f"not known here; {nearest(str(detail['loc'][-1]), known)}"
        case "missing":
            return "missing; expected it here"
        case "enum" | "literal_error" if "[key]" in detail["loc"]:
            return f"not known here; {nearest(str(detail['input']), _choices(detail))}"
        case "value_error":
            return f"found {shown(detail['input'])}, expected {detail['ctx']['error']}"
    return f"found {shown(detail['input'])}, expected {_expected(detail, kind)}"


def _expected(detail: ErrorDetails, kind: type[BaseModel]) -> str:
    bounds = detail.get("ctx", {})
    match detail["type"]:
        case "enum" | "literal_error":
            return ", ".join(_choices(detail))
        case "greater_than":
            return f"more than {bounds['gt']:g}"
        case "greater_than_equal":
            return f"{bounds['ge']:g} or more"
        case "less_than_equal":
            return f"{bounds['le']:g} or less"
        case "string_too_short" | "too_short":
            return "something in it"
        case "string_too_long":
            return f"at most {bounds['max_length']} characters"
        case "string_pattern_mismatch":
            return _described(kind, detail["loc"]) or "another spelling; see docs/operators.md"
    return EXPECTED.get(detail["type"], detail["msg"])


def _choices(detail: ErrorDetails) -> list[str]:
    words = detail["ctx"]["expected"].replace(" or ", ", ")
    return [word.strip("' ") for word in words.split(",")]


def _keys_at(kind: type[BaseModel], loc: Place) -> set[str]:
    found: set[str] = set()
    for model in models_at(kind, loc):
        found |= {info.alias or name for name, info in model.model_fields.items()}
    return found


def _described(kind: type[BaseModel], loc: Place) -> str:
    """How the field itself says what it takes: a pattern is nothing for people."""
    name = str(loc[-1])
    fields = (model.model_fields.get(name) for model in models_at(kind, loc[:-1]))
    return next((info.description or "" for info in fields if info), "")


def models_at(annotation: Any, loc: Place) -> Iterator[type[BaseModel]]:
    """The models a place of app.yaml is read into: several where alternatives are allowed."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        for alternative in inner:
            yield from models_at(alternative, loc)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not loc:
            yield annotation
        elif loc[0] in annotation.model_fields:
            yield from models_at(annotation.model_fields[str(loc[0])].annotation, loc[1:])
    elif inner and loc:
        content = inner[0] if origin is tuple else inner[-1]
        yield from models_at(content, loc[1:])
