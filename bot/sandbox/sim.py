"""The page's API: what one person sees, and what she does; tests use the driver instead."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.accounts import Account
from bot.sandbox.asked import Asked, gesture, polite, told
from bot.sandbox.gestures import Gestures, find_element
from bot.sandbox.records import Json, Message
from bot.sandbox.saying import Saying
from bot.sandbox.screen import Screen
from bot.sandbox.shown import Shown
from bot.sandbox.slash import SlashCommands
from bot.sandbox.views import OpenView
from bot.sandbox.workspace import Workspace
from bot.sandbox.x_api import XNetwork

COALESCED = 0.1
LONGEST_NUMBER = 18


class Sim:
    def __init__(self, workspace: Workspace, x: XNetwork) -> None:
        self._workspace = workspace
        self._x = x
        self._hands = Gestures(workspace)
        self._commands = SlashCommands(workspace)
        self._voice = Saying(workspace)
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
            "/suggest": self.suggest,
            "/home": self.home,
            "/reload": self.reload,
            "/fault": self.fault,
            "/x": self.x_post,
        }
        return [
            Route("/state", polite(self.state)),
            Route("/events", self.events),
            Route("/journal", polite(self.journal)),
            *(Route(path, gesture(work), methods=["POST"]) for path, work in gestures.items()),
        ]

    async def state(self, request: Request) -> Response:
        who = self._workspace.person(request.query_params.get("as", "anna"))
        return told(self._screen.of(who))

    async def journal(self, request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not after.isascii() or not after.isdecimal() or len(after) > LONGEST_NUMBER:
            raise ValueError("'after' must be the number of an entry")
        return told({"entries": self._workspace.journal.after(int(after))})

    async def events(self, _request: Request) -> Response:
        return StreamingResponse(self._changes(), media_type="text/event-stream")

    async def slash(self, asked: Asked) -> Json:
        channel = self._workspace.channel(asked.text("channel"))
        return {
            "shown": words(await self._commands.type(self._who(asked), channel, asked.text("text")))
        }

    async def say(self, asked: Asked) -> Json:
        channel = self._workspace.channel(asked.text("channel"))
        thread = asked.maybe("thread_ts")
        message = self._voice.say(self._who(asked), channel, asked.text("text"), thread_ts=thread)
        return {"ts": message.ts}

    async def click(self, asked: Asked) -> Json:
        place, element = self._element(asked)
        if isinstance(place, OpenView):
            place.fill(asked.values())
            shown = await self._hands.click_in_view(place, element, asked.choice())
        else:
            typed, who = asked.values(), self._who(asked)
            shown = await self._hands.click(who, place, element, asked.choice(), typed=typed)
        return {"shown": words(shown)}

    async def suggest(self, asked: Asked) -> Json:
        place, element = self._element(asked)
        typed = asked.maybe("value") or ""
        shown = await self._hands.suggest(self._who(asked), place, element, typed)
        return {"options": list(shown.options), "shown": words(shown)}

    async def submit(self, asked: Asked) -> Json:
        shown = await self._hands.submit(self._view(asked), asked.values())
        return {"errors": shown.errors or None, "shown": words(shown)}

    async def close_view(self, asked: Asked) -> Json:
        await self._hands.close(self._view(asked))
        return {}

    async def shortcut(self, asked: Asked) -> Json:
        return {
            "shown": words(await self._hands.shortcut(self._who(asked), asked.text("callback_id")))
        }

    async def message_shortcut(self, asked: Asked) -> Json:
        callback_id = asked.text("callback_id")
        message = self._workspace.messages.find(asked.text("channel"), asked.text("ts"))
        shown = await self._hands.message_shortcut(self._who(asked), message, callback_id)
        return {"shown": words(shown)}

    async def home(self, asked: Asked) -> Json:
        self._hands.open_home(self._who(asked))
        return {}

    async def reload(self, asked: Asked) -> Json:
        """The browser began anew, as Slack's client does: what only she saw is gone."""
        self._workspace.messages.forget_ephemerals(self._who(asked).id)
        return {}

    async def fault(self, asked: Asked) -> Json:
        """A bad day on demand; without `kind` the good days are back."""
        faults, kind = self._workspace.faults, asked.maybe("kind")
        if kind is None:
            faults.clear()
        else:
            faults.inject(asked.text("method"), kind=kind)
        return {}

    async def x_post(self, asked: Asked) -> Json:
        reply_to = asked.maybe("in_reply_to")
        post = await self._x.posts(asked.text("handle"), asked.text("text"), in_reply_to=reply_to)
        self._workspace.bell.ring()
        return {"id": post.id}

    def _who(self, asked: Asked) -> Account:
        return self._workspace.person(asked.maybe("as") or "anna")

    def _element(self, asked: Asked) -> tuple[OpenView | Message, Json]:
        """What she points at, in a view or in a message on her screen."""
        name = {"block_id": asked.text("block_id"), "action_id": asked.text("action_id")}
        if asked.maybe("view_id"):
            view = self._view(asked)
            return view, find_element(view.blocks, **name)
        channel, ts = asked.text("channel"), asked.text("ts")
        message = self._workspace.messages.on_screen(self._who(asked).id, channel, ts)
        if message is None:
            raise LookupError("that message is gone")
        return message, find_element(list(message.blocks), **name)

    def _view(self, asked: Asked) -> OpenView:
        view = self._workspace.views.find(asked.text("view_id"))
        if view.user != self._who(asked).id:
            raise LookupError("that view is on somebody else's screen")
        return view

    async def _changes(self) -> AsyncIterator[str]:
        yield "data: changed\n\n"
        while self._open:
            await self._workspace.bell.wait()
            await asyncio.sleep(COALESCED)
            yield "data: changed\n\n"


def words(shown: Shown) -> str | None:
    """What stands beside the composer; what became a message is in the state already."""
    return shown.text if shown.failed and shown.message is None else None
