"""A call's arguments, wherever they came from: query, form or JSON, objects or JSON strings."""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.requests import Request

from bot.sandbox.journal import Encoding
from bot.sandbox.records import Json, SlackError, invalid_arguments
from bot.sandbox.workspace import Workspace

T = TypeVar("T")
Method = Callable[[Workspace, "Arguments"], Json]
YES = {True, "true", "True", "1"}


class Arguments:
    def __init__(self, given: Json) -> None:
        self.given = given

    def text(self, name: str) -> str | None:
        value = self.given.get(name)
        return None if value in (None, "") else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise invalid_arguments(f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        return self.given.get(name) in YES

    def decoded(self, name: str) -> Any:
        """An object or array, also where it came as a JSON string; None when absent."""
        value = self.given.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json.loads(value)
        except ValueError as broken:
            raise invalid_arguments(f"[ERROR] invalid JSON: {name}") from broken

    def page(self, items: Sequence[T], *, default: int = 100) -> tuple[list[T], str]:
        """One page of the items and the cursor of the next, "" after the last."""
        limit = self.required("limit") if self.text("limit") else str(default)
        if not limit.isdigit() or not 1 <= int(limit) <= 1000:
            raise SlackError("invalid_limit")
        begin, size = self._begin(), int(limit)
        more = begin + size < len(items)
        cursor = b64encode(f"next:{begin + size}".encode()).decode() if more else ""
        return list(items[begin : begin + size]), cursor

    def _begin(self) -> int:
        cursor = self.text("cursor")
        if cursor is None:
            return 0
        try:
            return int(b64decode(cursor, validate=True).decode().removeprefix("next:"))
        except (NotBase64, ValueError) as broken:
            raise SlackError("invalid_cursor") from broken


def encoding_of(request: Request) -> Encoding:
    if request.method == "GET":
        return "query"
    kind = request.headers.get("content-type", "")
    return "json" if kind.startswith("application/json") else "form"


async def arguments_of(request: Request) -> Json:
    given: Json = dict(request.query_params)
    encoding = encoding_of(request)
    if encoding == "query":
        return given
    if encoding == "json":
        body = json.loads(await request.body() or b"{}")
        if not isinstance(body, dict):
            raise SlackError("invalid_json")
        return given | body
    return given | {k: v for k, v in (await request.form()).items() if isinstance(v, str)}
