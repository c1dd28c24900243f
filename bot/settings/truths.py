"""`true` where a number stands: pydantic would read it as 1, and nobody meant one hour."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from bot.settings.page import Page, Place
from bot.settings.words import models_at


def truths(page: Page, kind: type[BaseModel], at: Place) -> Iterator[str]:
    """`at` is where this model's section stands."""
    for place in page.lines:
        if place[: len(at)] != at or len(place) == len(at):
            continue
        value = _value(page.values, place)
        if isinstance(value, bool) and _is_number(kind, place[len(at) :]):
            said = f"found {str(value).lower()}, expected a number"
            yield page.complain(place, said)


def _value(values: Any, place: Place) -> object:
    for part in place:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _is_number(kind: type[BaseModel], place: Place) -> bool:
    for model in models_at(kind, place[:-1]):
        for name, info in model.model_fields.items():
            if place[-1] == (info.alias or name):
                kinds = set(_kinds(info.annotation))
                return bool(kinds & {int, float}) and bool not in kinds
    return False


def _kinds(annotation: Any) -> Iterator[Any]:
    """Of alternatives, each as deep as it stands."""
    yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)
