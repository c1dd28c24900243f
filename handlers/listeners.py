"""What Bolt calls: each makes a knock and a way back from the payload, and goes to the door."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse

from bot.errors import Refusal
from bot.model.visit import Answer, Visit
from bot.slack.forms.page import from_metadata
from handlers import knocks, reading
from handlers.arguments import Misread, case_number, plain
from handlers.door import Door
from handlers.spec import Button, Call, Command, Event, Modal, Press, Submission
from handlers.ways import CommandWay, FormWay, MentionWay, PressWay

Listen = Callable[[dict[str, Any]], Awaitable[BoltResponse]]


class Listeners:
    """One method for each kind of delivery; all but `link` end in `Door.open`."""

    def __init__(self, door: Door, *, prefix: str) -> None:
        self._door = door
        self._prefix = prefix

    def command(self, command: Command) -> Listen:
        async def through_the_door(body: dict[str, Any]) -> BoltResponse:
            typed = body.get("text") or ""
            knock = knocks.of_command(body, what=f"/{command.name}", texts=(plain(typed),))
            way = CommandWay(
                self._door.outside, knock.user_id, body.get("response_url", ""), body["trigger_id"]
            )
            return await self._door.open(
                knock, way, lambda visit: reading.run(command, self._call(visit, typed))
            )

        return through_the_door

    def button(self, button: Button) -> Listen:
        async def through_the_door(body: dict[str, Any]) -> BoltResponse:
            knock = knocks.of_press(body, what=f"button {button.action_id}")
            way = PressWay(
                self._door.outside, knock.user_id, body.get("response_url", ""), body["trigger_id"]
            )
            value = body["actions"][0].get("value") or ""
            return await self._door.open(
                knock, way, lambda visit: self._press(button, visit, value)
            )

        return through_the_door

    def link(self) -> Listen:
        """A press that opens a page outside: Slack tells us, and there is nothing to decide."""

        async def nothing_to_do(body: dict[str, Any]) -> BoltResponse:  # noqa: ARG001  Bolt's
            return BoltResponse(status=200, body="")

        return nothing_to_do

    def modal(self, modal: Modal) -> Listen:
        async def through_the_door(body: dict[str, Any]) -> BoltResponse:
            values = knocks.input_values(body)
            knock = knocks.of_submission(
                body, what=f"form {modal.name}", values=values, texts=tuple(values.values())
            )
            way = FormWay(self._door.outside, knock.user_id, body["view"]["id"], modal.mend_at)
            page = from_metadata(body["view"]["private_metadata"])
            care = self._door.outside.care
            return await self._door.open(
                knock, way, lambda visit: modal.run(Submission(care, visit, page, values))
            )

        return through_the_door

    def event(self, event: Event) -> Listen:
        async def through_the_door(body: dict[str, Any]) -> BoltResponse:
            happened = body["event"]
            if happened.get("bot_id") or not happened.get("user"):
                return BoltResponse(status=200, body="")
            typed = knocks.words_after_mention(body)
            knock = knocks.of_event(body, what=f"event {event.name}", texts=(plain(typed),))
            way = MentionWay(
                self._door.outside,
                knock.user_id,
                happened["channel"],
                happened.get("thread_ts") or "",
            )
            return await self._door.open(
                knock, way, lambda visit: event.run(self._call(visit, typed))
            )

        return through_the_door

    def _call(self, visit: Visit, typed: str) -> Call:
        return Call(self._door.outside.care, self._door.people, visit, typed, self._prefix)

    async def _press(self, button: Button, visit: Visit, value: str) -> Answer:
        """The value comes from outside like anything else: it may be forged."""
        try:
            case_id, _ = case_number(value)
        except Misread as misread:
            raise Refusal("I do not know this button. Please use a newer card.") from misread
        return await button.run(Press(self._door.outside.care, visit, case_id))
