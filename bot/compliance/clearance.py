"""The only place where `Cleared` is made: the proof that a value's words went through the guard."""

import dataclasses
from collections.abc import Callable
from datetime import date, time, timedelta
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from bot.model.cleared import Cleared

T = TypeVar("T")
Mask = Callable[[str], str]

_LINKS_AND_STAMPS = frozenset(("id", "ts", "url", "permalink", "key", "cursor"))
_SLACK = frozenset(("type", "style", "value", "channel", "user", "team", "private_metadata"))
_MACHINE = _LINKS_AND_STAMPS | _SLACK
_MACHINE_ENDINGS = ("_id", "_ids", "_url", "_ts")
_PLAIN = (int, float, complex, bytes, date, time, timedelta, Enum, type(None))


def cleared(value: T, *, mask: Mask) -> Cleared[T]:
    """`value` with all strings of people's words masked; what needs no mask is the same object.

    Raises TypeError for a type it cannot look into: unknown is not clear.
    """
    walked: T = _walk(value, mask, machine=False)
    return Cleared(walked)


@cache
def is_machine(name: str) -> bool:
    """Whether a field of this name holds what a machine wrote for a machine: ids, links, stamps."""
    return name in _MACHINE or name.endswith(_MACHINE_ENDINGS)


def _walk(value: Any, mask: Mask, *, machine: bool) -> Any:
    kind = type(value)
    if kind is str:
        return value if machine or not value else mask(value)
    if kind is dict:
        return _mapping(value, mask)
    if kind in (list, tuple, set, frozenset):
        return _items(value, mask, machine=machine)
    if isinstance(value, _PLAIN):
        return value
    if dataclasses.is_dataclass(kind):
        return _record(value, mask)
    if isinstance(value, tuple) and hasattr(kind, "_fields"):
        fields = zip(kind._fields, value, strict=True)
        return kind(*(_walk(item, mask, machine=is_machine(name)) for name, item in fields))
    if isinstance(value, str):
        masked = mask(str(value))
        return value if machine or masked == value else kind(masked)
    raise TypeError(f"cannot clear a {kind.__name__}: the guard does not know how to read it")


def _mapping(value: dict[Any, Any], mask: Mask) -> dict[Any, Any]:
    changed = {}
    for name, item in value.items():
        walked = _walk(item, mask, machine=type(name) is str and is_machine(name))
        if walked is not item:
            changed[name] = walked
    return {**value, **changed} if changed else value


def _items(value: Any, mask: Mask, *, machine: bool) -> Any:
    walked = [_walk(item, mask, machine=machine) for item in value]
    if all(new is old for new, old in zip(walked, value, strict=True)):
        return value
    return type(value)(walked)


def _record(value: Any, mask: Mask) -> Any:
    changed = {}
    for name, machine in _fields(value.__class__):
        item = getattr(value, name)
        walked = _walk(item, mask, machine=machine)
        if walked is not item:
            changed[name] = walked
    return dataclasses.replace(value, **changed) if changed else value


@cache
def _fields(kind: Any) -> tuple[tuple[str, bool], ...]:
    return tuple((field.name, is_machine(field.name)) for field in dataclasses.fields(kind))
