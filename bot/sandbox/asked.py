"""What the page asks, read by type: what is no gesture comes back as a sentence, not as a 500."""

from collections.abc import Awaitable, Callable

import orjson
from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.records import Json, SlackError
from bot.sandbox.views import Typed

Endpoint = Callable[[Request], Awaitable[Response]]


class Asked:
    """One JSON object. Every reader raises ValueError with a sentence that names the key."""

    def __init__(self, body: bytes) -> None:
        try:
            found = orjson.loads(body or b"{}")
        except orjson.JSONDecodeError as error:
            raise ValueError(f"that is not JSON: {error}") from error
        if not isinstance(found, dict):
            raise ValueError('expected a JSON object, such as {"as": "anna"}')  # noqa: TRY004  # told alike
        self._found: Json = found

    def text(self, name: str) -> str:
        if (text := self.maybe(name)) is None:
            raise ValueError(f"{name!r} is missing; expected a text")
        return text

    def maybe(self, name: str) -> str | None:
        found = self._found.get(name)
        if found is not None and not isinstance(found, str):
            raise ValueError(f"{name!r} must be a text")
        return found

    def values(self) -> Typed:
        """What stands in the inputs, as Slack's client keeps it."""
        found = self._found.get("values") or {}
        blocks = list(found.values()) if isinstance(found, dict) else [None]
        if not all(
            isinstance(block, dict) and all(isinstance(state, dict) for state in block.values())
            for block in blocks
        ):
            raise ValueError("'values' must be objects by block_id and action_id")
        return dict(found)

    def choice(self) -> Json:
        """The state a click gave its element, in whatever key Slack has for that element."""
        chosen = {name: self._found[name] for name in self._found if name.startswith("selected_")}
        return {
            name: given
            for name, given in (("value", self.maybe("value")), *chosen.items())
            if given is not None
        }


def polite(work: Endpoint) -> Endpoint:
    """What the page cannot do comes back as a sentence, not as a broken page."""

    async def endpoint(request: Request) -> Response:
        try:
            return await work(request)
        except SlackError as no:
            return told({"error": no.code}, status=409)
        except (LookupError, ValueError) as no:
            # A KeyError's own text is the repr of its sentence.
            return told({"error": str(no.args[0] if no.args else no)}, status=400)

    return endpoint


def gesture(work: Callable[[Asked], Awaitable[Json]]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        if request.headers.get("content-type") != "application/json":
            return told({"error": "JSON only, so that no other site can act here"}, status=415)
        return told(await work(Asked(await request.body())))

    return polite(endpoint)


def told(body: Json, *, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")
