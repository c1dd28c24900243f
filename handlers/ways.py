"""How an answer goes back: at once in the acknowledgement, or later by whatever way is left.

Each kind of delivery has its own: a command's acknowledgement carries a message, a form's carries a
page, a button's and an event's carry nothing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from bot.errors import Misconfigured
from bot.model.cleared import Cleared
from bot.model.ids import VisitKey
from bot.model.visit import Answer
from bot.slack import render
from bot.slack.forms.guidebook import NAME as GUIDEBOOK
from bot.slack.prose import bare
from bot.slack.text import fit
from handlers.outside import NO_BOOK, NO_FORM, STILL, Outside, Payload

_ERROR_LIMIT = 500
_RETYPED = 24
"""Characters: what is no longer than that is typed again sooner than it is copied."""


@dataclass(frozen=True, slots=True)
class Ack:
    """`then` is what remains to be done once the acknowledgement is on its way."""

    payload: Payload = field(default_factory=dict)
    then: Callable[[], Awaitable[None]] | None = None


class Way(Protocol):
    async def at_once(self, answer: Cleared[Answer], *, slip: VisitKey) -> Ack:
        """`slip` is the visit that asks for the form, if one is to be opened."""
        ...

    def meanwhile(self) -> Ack:
        """While the verb goes on."""
        ...

    async def later(self, answer: Cleared[Answer]) -> None: ...


def _formless(outside: Outside, answer: Cleared[Answer]) -> Cleared[Answer]:
    """The same where no form can be opened any more."""
    if answer.value.form is None:
        return answer
    # What was asked for may be done already, such as a case that was opened: not a second time.
    what_next = NO_BOOK if answer.value.form.name == GUIDEBOOK else NO_FORM
    said = outside.say(f"{answer.value.text} {what_next}")
    refused, words = answer.value.refused, answer.value.copy or answer.value.form.words
    return outside.care.threshold.clear(replace(said.value, refused=refused, copy=words))


def _beside_form(outside: Outside, answer: Cleared[Answer]) -> Ack:
    """Words that were typed and wait for what the form asks first: it has no place for them."""
    if not answer.value.copy:
        return Ack()
    return Ack(render.reply(outside.care.threshold.clear(replace(answer.value, form=None))))


def _opened_before(answer: Cleared[Answer]) -> bool:
    """Delivered again: the first delivery opened the form, and it may be half filled in by now."""
    return answer.value.repeated and answer.value.form is not None


@dataclass(frozen=True, slots=True)
class CommandWay:
    """What was `typed` stands nowhere any more, so a refusal gives it back for copying."""

    outside: Outside
    user_id: str
    response_url: str
    trigger_id: str
    typed: str = ""

    async def at_once(self, answer: Cleared[Answer], *, slip: VisitKey) -> Ack:
        form = answer.value.form
        if form is None:
            return Ack(render.reply(self._kept(answer)))
        if _opened_before(answer):
            return Ack()
        if await self.outside.open_form(form, self.trigger_id, slip=slip):
            return _beside_form(self.outside, self._kept(answer))
        return Ack(render.reply(self._kept(_formless(self.outside, answer))))

    def _kept(self, answer: Cleared[Answer]) -> Cleared[Answer]:
        said = answer.value
        stands = said.copy or (said.form is not None and said.form.words)
        lost = said.refused and not stands and len(self.typed) > _RETYPED
        return self.outside.with_words(answer, self.typed) if lost else answer

    def meanwhile(self) -> Ack:
        return Ack(render.reply(self.outside.say(STILL)))

    async def later(self, answer: Cleared[Answer]) -> None:
        if _opened_before(answer):
            return
        late = self._kept(_formless(self.outside, answer))
        await self.outside.respond(self.response_url, self.user_id, late)


@dataclass(frozen=True, slots=True)
class PressWay:
    """A press is acknowledged without words; they follow, for the presser's eyes only.

    Delivered again it says nothing: the first delivery's words are on their way. Where the button
    stood on a page (`view_id`), they take its place. A global shortcut has neither that nor a
    response_url, so its words come as a direct message.
    """

    outside: Outside
    user_id: str
    response_url: str
    trigger_id: str
    view_id: str = ""

    async def at_once(self, answer: Cleared[Answer], *, slip: VisitKey) -> Ack:
        form = answer.value.form
        if answer.value.repeated or (answer.value.empty and form is None):
            return Ack()
        if form is None:
            return Ack(then=partial(self._respond, answer))
        if await self.outside.open_form(form, self.trigger_id, slip=slip):
            return Ack()
        return Ack(then=partial(self.later, answer))

    def meanwhile(self) -> Ack:
        return Ack()

    async def later(self, answer: Cleared[Answer]) -> None:
        if not answer.value.repeated:
            await self._respond(_formless(self.outside, answer))

    async def _respond(self, answer: Cleared[Answer]) -> None:
        if self.view_id and await self.outside.update_form(self.view_id, answer):
            return
        await self.outside.respond(self.response_url, self.user_id, answer)


@dataclass(frozen=True, slots=True)
class FormWay:
    """`inputs` are the inputs that were sent off; a refusal stands under one of them.

    Once another page stands in its place, what was `typed` into it is given back for copying: it
    stood nowhere else.
    """

    outside: Outside
    user_id: str
    view_id: str
    mend_at: str
    inputs: frozenset[str] = frozenset()
    typed: str = ""

    async def at_once(self, answer: Cleared[Answer], *, slip: VisitKey) -> Ack:
        said = answer.value
        if said.form is not None:
            # Something else has to be read or seen first: the words typed here wait below it.
            action = "push" if said.refused or said.form.over else "update"
            view = await self.outside.form(said.form, slip=slip)
            return Ack({"response_action": action, "view": view})
        if said.refused and (place := self._place(said.field_id)):
            errors = {
                place: " ".join((said.text, *said.lines)),
                **{one: words for one, words in said.mends if one in self.inputs},
            }
            fitted = {one: fit(bare(words), _ERROR_LIMIT) for one, words in errors.items()}
            return Ack({"response_action": "errors", "errors": fitted})
        return Ack({"response_action": "update", "view": render.page(self._kept(answer))})

    def _kept(self, answer: Cleared[Answer]) -> Cleared[Answer]:
        refused = answer.value.refused
        return self.outside.with_words(answer, self.typed) if refused else answer

    def _place(self, field_id: str) -> str:
        return next((each for each in (field_id, self.mend_at) if each in self.inputs), "")

    def meanwhile(self) -> Ack:
        still = self.outside.with_words(self.outside.say(STILL), self.typed)
        return Ack({"response_action": "update", "view": render.page(still)})

    async def later(self, answer: Cleared[Answer]) -> None:
        late = self._kept(_formless(self.outside, answer))
        if not await self.outside.update_form(self.view_id, late):
            await self.outside.direct(self.user_id, late)


@dataclass(frozen=True, slots=True)
class MentionWay:
    """What was said in a channel is answered there, for one pair of eyes; elsewhere directly."""

    outside: Outside
    user_id: str
    channel_id: str
    thread_ts: str

    async def at_once(self, answer: Cleared[Answer], *, slip: VisitKey) -> Ack:  # noqa: ARG002  the protocol's
        return Ack(then=partial(self.later, answer))

    def meanwhile(self) -> Ack:
        return Ack()

    async def later(self, answer: Cleared[Answer]) -> None:
        if not self.channel_id.startswith(("C", "G")):
            await self.outside.direct(self.user_id, answer)
            return
        message = self.outside.care.threshold.clear(render.message(answer))
        try:
            await self.outside.channel.whisper(
                self.channel_id, self.user_id, message, thread_ts=self.thread_ts
            )
        except Misconfigured:
            # Whoever left the channel meanwhile is answered all the same.
            await self.outside.direct(self.user_id, answer)
