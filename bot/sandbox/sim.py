"""The page's API: what one person sees, and what she does; tests use the driver instead."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.gestures import Gestures, Shown, find_element
from bot.sandbox.records import Account, Json, SlackError
from bot.sandbox.screen import Screen
from bot.sandbox.views import OpenView
from bot.sandbox.workspace import Workspace
from bot.sandbox.x_api import XNetwork

COALESCED = 0.1


class Sim:
    def __init__(self, workspace: Workspace, x: XNetwork) -> None:
        self._workspace = workspace
        self._x = x
        self._hands = Gestures(workspace)
        self._screen = Screen(workspace, x)
        self._open = True
        x.listen(lambda *_: workspace.bell.ring())

    def close(self) -> None:
        """Ends the event streams, so that the server can stop."""
        self._open = False
        self._workspace.bell.ring()

    def routes(self) -> list[Route]:
        gestures = {
            "/slash": self.slash,
            "/say": self.say,
            "/click": self.click,
            "/submit": self.submit,
            "/close": self.close_view,
            "/shortcut": self.shortcut,
            "/message_shortcut": self.message_shortcut,
            "/home": self.home,
            "/x": self.x_post,
        }
        return [
            Route("/state", self.state),
            Route("/events", self.events),
            Route("/journal", self.journal),
            *(Route(path, polite(work), methods=["POST"]) for path, work in gestures.items()),
        ]

    async def state(self, request: Request) -> Response:
        who = self._workspace.person(request.query_params.get("as", "anna"))
        return told(self._screen.of(who))

    async def journal(self, request: Request) -> Response:
        after = int(request.query_params.get("after", "0"))
        return told({"entries": self._workspace.journal.after(after)})

    async def events(self, _request: Request) -> Response:
        return StreamingResponse(self._changes(), media_type="text/event-stream")

    async def slash(self, asked: Json) -> Json:
        channel = self._workspace.channel(asked["channel"])
        return {"shown": words(await self._hands.slash(self._who(asked), channel, asked["text"]))}

    async def say(self, asked: Json) -> Json:
        channel = self._workspace.channel(asked["channel"])
        thread = asked.get("thread_ts")
        message = self._hands.say(self._who(asked), channel, asked["text"], thread_ts=thread)
        return {"ts": message.ts}

    async def click(self, asked: Json) -> Json:
        place = {"block_id": asked["block_id"], "action_id": asked["action_id"]}
        who = self._who(asked)
        if asked.get("view_id"):
            view = self._view(asked)
            view.fill(asked.get("values") or {})
            element = find_element(view.blocks, **place)
            shown = await self._hands.click_in_view(view, element, choice(asked))
        else:
            message = self._workspace.messages.on_screen(who.id, asked["channel"], asked["ts"])
            if message is None:
                raise LookupError("that message is gone")
            element = find_element(list(message.blocks), **place)
            typed = asked.get("values")
            shown = await self._hands.click(who, message, element, choice(asked), typed=typed)
        return {"shown": words(shown)}

    async def submit(self, asked: Json) -> Json:
        shown = await self._hands.submit(self._view(asked), asked.get("values") or {})
        return {"errors": shown.errors or None, "shown": words(shown)}

    async def close_view(self, asked: Json) -> Json:
        await self._hands.close(self._view(asked))
        return {}

    async def shortcut(self, asked: Json) -> Json:
        return {"shown": words(await self._hands.shortcut(self._who(asked), asked["callback_id"]))}

    async def message_shortcut(self, asked: Json) -> Json:
        message = self._workspace.messages.find(asked["channel"], asked["ts"])
        callback_id = asked["callback_id"]
        shown = await self._hands.message_shortcut(self._who(asked), message, callback_id)
        return {"shown": words(shown)}

    async def home(self, asked: Json) -> Json:
        self._hands.open_home(self._who(asked))
        return {}

    async def x_post(self, asked: Json) -> Json:
        reply_to = asked.get("in_reply_to")
        post = await self._x.posts(asked["handle"], asked["text"], in_reply_to=reply_to)
        self._workspace.bell.ring()
        return {"id": post.id}

    def _who(self, asked: Json) -> Account:
        return self._workspace.person(asked.get("as", "anna"))

    def _view(self, asked: Json) -> OpenView:
        view = self._workspace.views.find(asked["view_id"])
        if view.user != self._who(asked).id:
            raise LookupError("that view is on somebody else's screen")
        return view

    async def _changes(self) -> AsyncIterator[str]:
        yield "data: changed\n\n"
        while self._open:
            await self._workspace.bell.wait()
            await asyncio.sleep(COALESCED)
            yield "data: changed\n\n"


def polite(work: Any) -> Any:
    """What the page cannot do comes back as a sentence, not as a broken page."""

    async def endpoint(request: Request) -> Response:
        if request.headers.get("content-type") != "application/json":
            return told({"error": "JSON only, so that no other site can act here"}, status=415)
        try:
            return told(await work(orjson.loads(await request.body() or b"{}")))
        except SlackError as no:
            return told({"error": no.code}, status=409)
        except (LookupError, ValueError) as no:
            return told({"error": str(no)}, status=400)

    return endpoint


def words(shown: Shown) -> str | None:
    """What stands beside the composer; what became a message is in the state already."""
    return shown.text if shown.failed and shown.message is None else None


def choice(asked: Json) -> Json:
    """The state a click gave its element, in whatever key Slack has for that element."""
    names = ("value", *(name for name in asked if name.startswith("selected_")))
    return {name: asked[name] for name in names if asked.get(name) is not None}


def told(body: Json, *, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")
