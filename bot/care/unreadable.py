"""A post nobody could read is kept to look into; but not what must be kept nowhere."""

import json
from dataclasses import replace
from typing import Any

from bot.compliance import Guard
from bot.model.mention import SetAside


def guarded(item: SetAside, guard: Guard) -> SetAside:
    """Field by field, since what JSON writes as an escape hides a digit from whoever reads on."""
    try:
        whole = json.loads(item.raw)
        raw = json.dumps(_guarded(whole, guard)).encode()
    except (ValueError, RecursionError):
        raw = guard.guard(item.raw.decode("utf-8", "replace")).kept.encode()
    return replace(item, raw=raw, reason=guard.mask(item.reason))


def _guarded(part: Any, guard: Guard) -> Any:
    match part:
        case str():
            return guard.guard(part).kept
        case bool() | None:
            return part
        case int() | float():
            kept = guard.guard(str(part)).kept
            return part if kept == str(part) else kept
        case list():
            return [_guarded(each, guard) for each in part]
        case dict():
            return {guard.guard(name).kept: _guarded(each, guard) for name, each in part.items()}
        case _:
            raise TypeError(type(part).__name__)
