"""What is written to the loopback X: posts in answer to who summoned us, and direct messages.

X's refusals here are read from its changelog of February 2026 and from what its API says in
recorded exchanges; the very words of the newest rule are from memory.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.x_answers import FORBIDDEN, UNAUTHORIZED, Refused, too_many
from bot.sandbox.x_faults import Call, Fault, Faults, Windows
from bot.sandbox.x_oauth import is_signed
from bot.sandbox.x_posts import MENTION, Post
from bot.sandbox.x_shapes import Json, stamp
from bot.sandbox.x_state import Timeline

LONGEST = 280
SAME_WORDS = timedelta(hours=12)
NOT_SUMMONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise "
    "engaged by the author of the post you are replying to."
)
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
GONE = "You attempted to reply to a Tweet that is deleted or not visible to you."
CLOSED = "You do not have permission to DM one or more participants."


@dataclass(frozen=True, slots=True)
class DirectMessage:
    id: str
    participant_id: str
    sender_id: str
    text: str
    created_at: datetime

    def shape(self, our_id: str) -> Json:
        ids = sorted((our_id, self.participant_id), key=int)
        return {
            "id": self.id,
            "event_type": "MessageCreate",
            "text": self.text,
            "sender_id": self.sender_id,
            "dm_conversation_id": "-".join(ids),
            "created_at": stamp(self.created_at),
        }


Answerer = Callable[[Request, Json], Coroutine[Any, Any, Response]]


class Writing:
    """`failed` is how the network fails on order, apart from hanging up."""

    def __init__(
        self,
        timeline: Timeline,
        *,
        faults: Faults,
        windows: Windows,
        calls: list[Call],
        failed: Callable[[Fault, str], Response],
        clock: Callable[[], datetime],
    ) -> None:
        self.messages: list[DirectMessage] = []
        self.closed_to_messages: set[str] = set()
        """Ids of accounts that take no direct messages."""
        self._timeline = timeline
        self._faults = faults
        self._windows = windows
        self._calls = calls
        self._failed = failed
        self._clock = clock

    def routes(self) -> list[BaseRoute]:
        to, what = "/2/dm_conversations/with/{id}", self._door
        return [
            Route("/2/tweets", what("create", self._create), methods=["POST"]),
            Route(f"{to}/messages", what("dm_send", self._send), methods=["POST"]),
            Route(f"{to}/dm_events", what("dm_events", self._events), methods=["GET"]),
        ]

    def _door(
        self, endpoint: str, answerer: Answerer
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        async def answer(request: Request) -> Response:
            response = await self._answer(request, endpoint, answerer)
            response.headers.update(self._windows.look(endpoint).headers())
            now, path = self._clock(), request.url.path
            params = tuple(request.query_params.multi_items())
            self._calls.append(Call(now, request.method, path, params, response.status_code))
            return response

        return answer

    async def _answer(self, request: Request, endpoint: str, answerer: Answerer) -> Response:
        url = str(request.url.replace(query=""))
        header = request.headers.get("authorization", "")
        if header.startswith("Bearer "):
            return FORBIDDEN.response()
        if not is_signed(request.method, url, request.query_params.multi_items(), header):
            return UNAUTHORIZED.response()
        body = await request.json() if request.method == "POST" else {}
        fault = self._faults.take(endpoint)
        if fault and fault.kind == "timeout":
            await asyncio.sleep(fault.seconds)
        elif fault and fault.after:
            await answerer(request, body)
            return self._failed(fault, endpoint)
        elif fault:
            return self._failed(fault, endpoint)
        if not self._windows.spend(endpoint):
            return too_many()
        return await answerer(request, body)

    async def _create(self, _request: Request, body: Json) -> Response:
        text, reply = str(body.get("text") or ""), body.get("reply") or {}
        to = str(reply.get("in_reply_to_tweet_id") or "")
        if not text or len(text) > LONGEST:
            return Refused(400, "Invalid Request", "Your Tweet text is too long.").response()
        if not self._timeline.readable(to):
            return _forbidden(GONE)
        if self._said_before(text, to):
            return _forbidden(DUPLICATE)
        parent = self._timeline.find(to)
        if parent is None or not self._summons(parent):
            return _forbidden(NOT_SUMMONED)
        post = await self._timeline.posts("", text, in_reply_to=to, author_is_us=True)
        made = {"id": post.id, "text": post.text, "edit_history_tweet_ids": [post.id]}
        return JSONResponse({"data": made}, 201)

    async def _send(self, request: Request, body: Json) -> Response:
        participant = str(request.path_params["id"])
        text = str(body.get("text") or "")
        if participant in self.closed_to_messages:
            return _forbidden(CLOSED)
        number = str(1_000_000 + len(self.messages))
        ours = self._timeline.user_id
        message = DirectMessage(number, participant, ours, text, self._clock())
        self.messages.append(message)
        conversation = message.shape(ours)["dm_conversation_id"]
        made = {"dm_conversation_id": conversation, "dm_event_id": number}
        return JSONResponse({"data": made}, 201)

    async def _events(self, request: Request, _body: Json) -> Response:
        participant = str(request.path_params["id"])
        found = [
            message.shape(self._timeline.user_id)
            for message in reversed(self.messages)
            if message.participant_id == participant
        ]
        data: Json = {"data": found} if found else {}
        return JSONResponse(data | {"meta": {"result_count": len(found)}})

    def _said_before(self, text: str, to: str) -> bool:
        since = self._clock() - SAME_WORDS
        return any(
            post.author_id == self._timeline.user_id
            and post.in_reply_to == to
            and post.created_at >= since
            and post.text.endswith(text)
            for post in self._timeline.timeline()
        )

    def _summons(self, post: Post) -> bool:
        """Its author named us, answered us or quoted one of our posts."""
        named = {name.lower() for name in MENTION.findall(post.text)}
        quoted = {to.id for to in post.referenced if to.kind == "quoted"}
        return self._timeline.handle in named or any(
            self._timeline.author_of(each) == self._timeline.user_id for each in quoted
        )


def _forbidden(detail: str) -> Response:
    return Refused(403, "Forbidden", detail).response()
