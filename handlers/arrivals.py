"""Events: kept and acknowledged by a listener, acted upon by a courier when their turn comes."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

from slack_bolt import BoltResponse

from bot.model.arrival import Arrival
from bot.model.visit import Answer, Visit
from handlers import knocks
from handlers.arguments import plain
from handlers.door import Door
from handlers.knocks import Body
from handlers.naming import named
from handlers.slimming import refused, slim
from handlers.spec import Call, Event, Notice, Told
from handlers.threads import asked
from handlers.ways import MentionWay

Listen = Callable[[dict[str, Any]], Awaitable[BoltResponse]]

STALE = timedelta(hours=1)
NAMING_SECONDS = 10.0
LATE = "You asked this a while ago, and Slack has told me only now. "


class Arrivals:
    def __init__(
        self, door: Door, *, prefix: str, events: tuple[Event, ...], notices: tuple[Notice, ...]
    ) -> None:
        self._door = door
        self._outside = door.outside
        self._prefix = prefix
        self._events = {event.name: event for event in events}
        self._notices = {notice.name: notice for notice in notices}

    def event(self, event: Event) -> Listen:
        async def into_the_inbox(body: dict[str, Any]) -> BoltResponse:
            happened = body["event"]
            if happened.get("bot_id") or not isinstance(happened.get("user"), str):
                return BoltResponse(status=200, body="")
            return await self._door.keep(f"event {event.name}", self._taken(event.name, body))

        return into_the_inbox

    def notice(self, notice: Notice) -> Listen:
        async def into_the_inbox(body: dict[str, Any]) -> BoltResponse:
            return await self._door.keep(f"notice {notice.name}", self._noticed(notice, body))

        return into_the_inbox

    async def act(self, arrival: Arrival) -> None:
        """What the courier carries. Done again after a kill, it is the same visit."""
        body: Body = json.loads(arrival.body)
        if event := self._events.get(arrival.kind):
            await self._answer(event, body, late=arrival.now - knocks.happened_at(body) > STALE)
        elif notice := self._notices.get(arrival.kind):
            await notice.run(self._told(body))

    async def _answer(self, event: Event, body: Body, *, late: bool) -> None:
        happened = body["event"]
        channel = str(happened.get("channel") or "")
        typed = await self._named(asked(*knocks.around_mention(body)), body)
        knock = knocks.of_event(body, what=f"event {event.name}", typed=plain(typed))
        thread = knocks.thread_of(happened, channel)
        way = MentionWay(self._outside, knock.user_id, channel, thread.ts if thread else "")

        async def run(visit: Visit) -> Answer:
            care, people = self._outside.care, self._door.people
            if no := refused(body):
                raise no
            return await event.run(Call(care, people, visit, typed, self._prefix, thread, happened))

        heading = LATE if late else ""
        await self._door.hear(knock, way, run, heading=heading, in_thread=thread is not None)

    async def _named(self, typed: str, body: Body) -> str:
        """Nobody's three seconds pass here, and what is typed may go to a customer."""
        people, channels = self._door.people, self._outside.channel.names
        return await named(
            typed, knocks.installed(body), people=people, channels=channels, seconds=NAMING_SECONDS
        )

    async def _noticed(self, notice: Notice, body: Body) -> None:
        if notice.matters is None or await notice.matters(self._told(body)):
            await self._taken(notice.name, body)

    async def _taken(self, kind: str, body: Body) -> None:
        care, key = self._outside.care, knocks.event_key(body)
        kept = slim(body, partial(care.threshold.admit, stays=True))
        await care.inbox.take(kind, key=key, body=json.dumps(kept).encode())

    def _told(self, body: Body) -> Told:
        outside = self._outside
        return Told(
            outside.care,
            self._door.people,
            outside.channel,
            knocks.installed(body),
            body["event"],
        )
