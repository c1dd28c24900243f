"""A loopback X API v2: what Usher reads, with X's manners and X's bad days.

`XNetwork` is the timeline (x_state.py) plus the routes that show it, to be mounted under /x.
Answers follow X's OpenAPI 2.167 and recorded exchanges: 200 with `errors` for what is missing,
problem JSON for what is refused, rate headers on everything.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox import x_shapes
from bot.sandbox.packed import packed
from bot.sandbox.web_api.door import HangUp
from bot.sandbox.x_answers import NO_CREDITS, OVER_CAPACITY, UNAUTHORIZED, too_many
from bot.sandbox.x_faults import Call, Fault, Faults, Windows
from bot.sandbox.x_lookups import Lookups
from bot.sandbox.x_query import InvalidError
from bot.sandbox.x_shapes import Json, Naming
from bot.sandbox.x_state import Timeline
from bot.sandbox.x_writing import Writing

BEARER = "sandbox-x-bearer"
Answerer = Callable[[Request], Json]


class XNetwork(Timeline):
    def __init__(self, clock: Callable[[], datetime], *, bearer: str = BEARER) -> None:
        super().__init__(clock)
        self.bearer = bearer
        self.naming: Naming = "tweet"
        self.faults = Faults()
        self.windows = Windows(clock)
        self.calls: list[Call] = []
        self.writing = Writing(
            self,
            faults=self.faults,
            windows=self.windows,
            calls=self.calls,
            failed=self._failed,
            clock=clock,
        )

    def routes(self) -> list[BaseRoute]:
        looks = Lookups(self, naming=lambda: self.naming)
        table: Mapping[str, tuple[str, Answerer]] = {
            "/2/tweets": ("tweets", looks.tweets),
            "/2/tweets/{id}": ("tweet", looks.tweet),
            "/2/users/by": ("users_by", looks.users_by),
            "/2/users/by/username/{username}": ("user_by", looks.user_by),
            "/2/users/me": ("me", looks.me),
            "/2/users/{id}": ("user", looks.user),
            "/2/users/{id}/mentions": ("mentions", looks.mentions),
            "/2/users/{id}/tweets": ("own_posts", looks.posts_of),
        }
        reading = [Route(path, self._door(*what), methods=["GET"]) for path, what in table.items()]
        return [*reading, *self.writing.routes()]

    def _door(
        self, endpoint: str, answerer: Answerer
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        async def answer(request: Request) -> Response:
            response = await self._answer(request, endpoint, answerer)
            response.headers.update(self.windows.look(endpoint).headers())
            response.headers["api-version"] = "2.167"
            call = Call(
                at=self._now(),
                method=request.method,
                path=request.url.path,
                params=tuple(request.query_params.multi_items()),
                status=response.status_code,
            )
            self.calls.append(call)
            return response

        return answer

    async def _answer(self, request: Request, endpoint: str, answerer: Answerer) -> Response:
        if request.headers.get("authorization") != f"Bearer {self.bearer}":
            return UNAUTHORIZED.response()
        fault = self.faults.take(endpoint)
        if fault and fault.kind == "timeout":
            await asyncio.sleep(fault.seconds)
        elif fault:
            return self._failed(fault, endpoint)
        if not self.windows.spend(endpoint):
            return too_many()
        try:
            body = answerer(request)
        except InvalidError as wrong:
            problem = x_shapes.invalid_request(
                wrong.parameter, wrong.value, wrong.why, naming=self.naming
            )
            return JSONResponse(problem, 400, media_type="application/problem+json")
        told = x_shapes.spell(self._perhaps_broken(body, endpoint), self.naming)
        return Response(packed(told), media_type="application/json")

    def _failed(self, fault: Fault, endpoint: str) -> Response:
        match fault.kind:
            case "429":
                self.windows.exhaust(endpoint, for_seconds=fault.seconds)
                return too_many()
            case "503":
                return HTMLResponse(OVER_CAPACITY, 503)
            case "402":
                return NO_CREDITS.response()
            case "401":
                return UNAUTHORIZED.response()
            case "hang_up":
                return HangUp()
            case _:
                return Response(b'{"data":[{"id":"17', media_type="application/json")

    def _perhaps_broken(self, body: Json, endpoint: str) -> Json:
        items = body.get("data")
        listed = items if isinstance(items, list) else []
        if self.faults.take(endpoint, item_at_hand=bool(listed)) is None:
            return body
        first = {name: value for name, value in listed[0].items() if name != "author_id"}
        return body | {"data": [first | {"text": 17}, *listed[1:]]}
