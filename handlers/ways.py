"""How an answer goes back: at once in the acknowledgement, or later by whatever way is left.

Each kind of delivery has its own: a command's acknowledgement carries a message, a form's carries a
page, a button's and an event's carry nothing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from bot.model.cleared import Cleared
from bot.model.visit import Answer
from bot.slack import render
from bot.slack.text import fit
from handlers.outside import NO_FORM, STILL, Outside, Payload

_ERROR_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Ack:
    """`then` is what remains to be done once the acknowledgement is on its way."""

    payload: Payload = field(default_factory=dict)
    then: Callable[[], Awaitable[None]] | None = None


class Way(Protocol):
    async def at_once(self, answer: Cleared[Answer], *, mendable: bool) -> Ack:
        """`mendable`: the typed words were refused, so the person can mend them in the form."""
        ...

    def meanwhile(self) -> Ack:
        """While the verb goes on."""
        ...

    async def later(self, answer: Cleared[Answer]) -> None: ...


def _formless(outside: Outside, answer: Cleared[Answer]) -> Cleared[Answer]:
    """The same where no form can be opened any more."""
    if answer.value.form is None:
        return answer
    return outside.say(f"{answer.value.text} {NO_FORM}")


@dataclass(frozen=True, slots=True)
class CommandWay:
    outside: Outside
    user_id: str
    response_url: str
    trigger_id: str

    async def at_once(self, answer: Cleared[Answer], *, mendable: bool) -> Ack:  # noqa: ARG002  the protocol's
        form = answer.value.form
        if form is None:
            return Ack(render.reply(answer))
        if await self.outside.open_form(form, self.trigger_id):
            return Ack()
        return Ack(render.reply(_formless(self.outside, answer)))

    def meanwhile(self) -> Ack:
        return Ack(render.reply(self.outside.say(STILL)))

    async def later(self, answer: Cleared[Answer]) -> None:
        late = _formless(self.outside, answer)
        await self.outside.respond(self.response_url, self.user_id, late)


@dataclass(frozen=True, slots=True)
class PressWay:
    """A press is acknowledged without words; they follow, for the presser's eyes only."""

    outside: Outside
    user_id: str
    response_url: str
    trigger_id: str

    async def at_once(self, answer: Cleared[Answer], *, mendable: bool) -> Ack:  # noqa: ARG002  the protocol's
        form = answer.value.form
        if form is None:
            return Ack(then=partial(self._respond, answer))
        if await self.outside.open_form(form, self.trigger_id):
            return Ack()
        return Ack(then=partial(self.later, answer))

    def meanwhile(self) -> Ack:
        return Ack()

    async def later(self, answer: Cleared[Answer]) -> None:
        await self._respond(_formless(self.outside, answer))

    async def _respond(self, answer: Cleared[Answer]) -> None:
        await self.outside.respond(self.response_url, self.user_id, answer)


@dataclass(frozen=True, slots=True)
class FormWay:
    outside: Outside
    user_id: str
    view_id: str
    mend_at: str

    async def at_once(self, answer: Cleared[Answer], *, mendable: bool) -> Ack:
        if mendable and self.mend_at:
            errors = {self.mend_at: fit(answer.value.text, _ERROR_LIMIT)}
            return Ack({"response_action": "errors", "errors": errors})
        form = answer.value.form
        view = self.outside.form(form) if form is not None else render.page(answer)
        return Ack({"response_action": "update", "view": view})

    def meanwhile(self) -> Ack:
        page = render.page(self.outside.say(STILL))
        return Ack({"response_action": "update", "view": page})

    async def later(self, answer: Cleared[Answer]) -> None:
        if not await self.outside.update_form(self.view_id, answer):
            await self.outside.direct(self.user_id, answer)


@dataclass(frozen=True, slots=True)
class MentionWay:
    """An event's acknowledgement is silent; the answer is whispered where it was asked."""

    outside: Outside
    user_id: str
    channel_id: str
    thread_ts: str

    async def at_once(self, answer: Cleared[Answer], *, mendable: bool) -> Ack:  # noqa: ARG002  the protocol's
        return Ack(then=partial(self.later, answer))

    def meanwhile(self) -> Ack:
        return Ack()

    async def later(self, answer: Cleared[Answer]) -> None:
        message = self.outside.care.threshold.clear(render.message(answer))
        await self.outside.channel.whisper(
            self.channel_id, self.user_id, message, thread_ts=self.thread_ts
        )
