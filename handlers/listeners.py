"""What Bolt calls: each makes a knock and a way back from the payload, and goes to the door."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse

from bot.model.ids import VisitKey
from bot.model.person import Membership
from bot.model.visit import Answer, Visit
from handlers import knocks, messages, reading
from handlers.arguments import plain
from handlers.door import Door, Entry
from handlers.knocks import Body, Knock
from handlers.spec import Button, Call, Command, Modal, Pick, Press, Shortcut, Submission
from handlers.ways import CommandWay, FormWay, PressWay

Listen = Callable[[dict[str, Any]], Awaitable[BoltResponse]]


class Listeners:
    """One method for each kind of delivery; all but `link` end in `Door.open`."""

    def __init__(self, door: Door, *, prefix: str) -> None:
        self._door = door
        self._outside = door.outside
        self._prefix = prefix

    def command(self, command: Command) -> Listen:
        def read(body: Body) -> Entry:
            typed = body.get("text") or ""
            words, url = plain(typed), body.get("response_url", "")
            knock = knocks.of_command(body, what=f"/{command.name}", typed=words)
            way = CommandWay(self._outside, knock.user_id, url, body["trigger_id"], words)

            async def run(visit: Visit) -> Answer:
                care, people = self._outside.care, self._door.people
                return await reading.run(command, Call(care, people, visit, typed, self._prefix))

            return knock, way, run

        return self._through(read)

    def button(self, button: Button) -> Listen:
        def read(body: Body) -> Entry:
            knock = knocks.of_press(body, what=f"button {button.action_id}")
            value, place = body["actions"][0].get("value") or "", knocks.place_of(body)

            async def run(visit: Visit) -> Answer:
                press = Press(self._outside.care, visit, value, place)
                # Where a card stands is learned from colleagues only, allowed to act or not.
                if button.on_cards and visit.by.membership is Membership.MEMBER:
                    await press.care.orphans.touched(press.case_id, place)
                return await button.run(press)

            return knock, self._pressed(body, knock), run

        return self._through(read)

    def shortcut(self, shortcut: Shortcut) -> Listen:
        def read(body: Body) -> Entry:
            knock = knocks.of_shortcut(body, what=f"shortcut {shortcut.callback_id}")

            async def run(visit: Visit) -> Answer:
                people, channels = self._door.people, self._outside.channel.names
                said = await messages.said(body, visit, people=people, channels=channels)
                return await shortcut.run(Pick(self._outside.care, visit, said))

            return knock, self._pressed(body, knock), run

        return self._through(read)

    def link(self) -> Listen:
        """A press that opens a page outside: Slack tells us, and there is nothing to decide."""

        async def nothing_to_do(body: dict[str, Any]) -> BoltResponse:  # noqa: ARG001  Bolt's
            return BoltResponse(status=200, body="")

        return nothing_to_do

    def modal(self, modal: Modal) -> Listen:
        def read(body: Body) -> Entry:
            values = knocks.input_values(body)
            knock = knocks.of_submission(body, what=f"form {modal.name}", values=values)
            view, care = body["view"], self._outside.care
            way = FormWay(
                self._outside,
                knock.user_id,
                view["id"],
                modal.mend_at,
                frozenset(values),
                knocks.typed_words(body),
            )
            slip = VisitKey(str(view.get("private_metadata") or ""))

            async def run(visit: Visit) -> Answer:
                form = await care.slips.form(slip, name=modal.name, by=visit.by)
                return await modal.run(Submission(care, visit, form, values))

            return knock, way, run

        return self._through(read)

    def _pressed(self, body: Body, knock: Knock) -> PressWay:
        url = body.get("response_url") or ""
        page = knocks.page_of(body)
        return PressWay(self._outside, knock.user_id, url, body["trigger_id"], page)

    def _through(self, read: Callable[[Body], Entry]) -> Listen:
        async def through_the_door(body: dict[str, Any]) -> BoltResponse:
            return await self._door.admit(body, read)

        return through_the_door
