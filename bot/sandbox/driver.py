"""A person at a keyboard: tests say what she does and what she then sees."""

from dataclasses import dataclass

from bot.sandbox.eyes import Eyes
from bot.sandbox.forms import place_of, state_from
from bot.sandbox.gestures import Gestures, Shown
from bot.sandbox.records import Json, Message, elements, words_of
from bot.sandbox.seen import Errors, Heard, Values, View
from bot.sandbox.views import OpenView, Typed
from bot.sandbox.workspace import Workspace

__all__ = ["Errors", "Heard", "Message", "Person", "View"]


@dataclass(frozen=True, slots=True)
class Before:
    """What stood on her screen, to tell afterwards what is new."""

    view: tuple[str, str] | None
    heard: frozenset[tuple[str, str]]


class Person(Eyes):
    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__(workspace, name)
        self._hands = Gestures(workspace)

    async def types(self, text: str, *, channel: str = "#care-general") -> Heard | View:
        """A slash command; a modal, the answer or Slack's complaint once its ack is there."""
        before = self._before()
        shown = await self._hands.slash(self.person, self._place(channel), text)
        return self._noticed(before, shown) or Heard("")

    async def clicks(
        self, label: str = "", *, on: Message | View, action_id: str | None = None
    ) -> Heard | View | None:
        """A button by its visible text or action_id, on the message or view as it stands now."""
        return await self._acts(on, label, action_id, {})

    async def chooses(
        self, words: str, *, on: Message | View, action_id: str
    ) -> Heard | View | None:
        """An option of a select, radio or overflow menu, by its text or value."""
        element = find(blocks_of(self._now(on)), "", action_id)
        return await self._acts(on, "", action_id, chosen(element, words))

    async def submits(
        self, view: View, values: Values | None = None
    ) -> Errors | View | Heard | None:
        """None when it closed, Errors under its inputs, the next View, or Slack's complaint."""
        now = self._workspace.views.find(view.id)
        shown = await self._hands.submit(now, typed_into(now, values or {}))
        if shown.failed:
            return Heard(shown.text, failed=True)
        if shown.errors:
            return Errors(shown.errors)
        after = self.view
        previous = now.wire["previous_view_id"]
        return None if after is None or after.id == previous else after

    def fills(self, view: View, values: Values) -> None:
        """Types into a view without sending it; her words ride along with every click in it."""
        now = self._workspace.views.find(view.id)
        now.fill(typed_into(now, values))

    async def closes(self, view: View) -> None:
        await self._hands.close(self._workspace.views.find(view.id))

    async def looks_for(self, words: str, *, on: View, label: str) -> list[str]:
        """The options an external select offers while she types."""
        view = self._workspace.views.find(on.id)
        options = await self._hands.suggest(view, place_of(view, label), words)
        return [words_of(option["text"]) for option in options]

    async def says(
        self, text: str, *, channel: str = "#care-general", thread: Message | None = None
    ) -> Message:
        root = (thread.thread_ts or thread.ts) if thread else None
        return self._hands.say(self.person, self._place(channel), text, thread_ts=root)

    async def shortcut(self, callback_id: str) -> Heard | View | None:
        before = self._before()
        return self._noticed(before, await self._hands.shortcut(self.person, callback_id))

    async def message_shortcut(self, callback_id: str, *, on: Message) -> Heard | View | None:
        if on.ephemeral:
            raise LookupError("Slack offers no shortcuts on ephemeral messages")
        before = self._before()
        message = self._workspace.messages.find(on.channel, on.ts)
        shown = await self._hands.message_shortcut(self.person, message, callback_id)
        return self._noticed(before, shown)

    async def opens_home(
        self,
        *,
        timeout: float = 3.0,  # noqa: ASYNC109 - a person's patience
    ) -> View | None:
        """Her home tab once the app published it anew; the old one when it did not."""
        before = self.home
        self._hands.open_home(self.person)
        return (
            await self._workspace.bell.until(
                lambda: self.home if self.home != before else None, timeout=timeout
            )
            or self.home
        )

    async def _acts(
        self, on: Message | View, label: str, action_id: str | None, choice: Json
    ) -> Heard | View | None:
        now = self._now(on)
        element = find(blocks_of(now), label, action_id)
        before = self._before()
        if isinstance(now, OpenView):
            shown = await self._hands.click_in_view(now, element, choice)
        else:
            shown = await self._hands.click(self.person, now, element, choice)
        return self._noticed(before, shown)

    def _now(self, on: Message | View) -> Message | OpenView:
        if isinstance(on, View):
            return self._workspace.views.find(on.id)
        now = self._workspace.messages.on_screen(self._id, on.channel, on.ts)
        if now is None:
            raise LookupError(f"that message is gone: {on.words}")
        return now

    def _private(self) -> list[Message]:
        dm = self._workspace.messages.history(self._workspace.dm(self._id).id)
        return [*self._workspace.messages.ephemerals(self._id), *dm]

    def _before(self) -> Before:
        view = self._workspace.views.top(self._id)
        heard = frozenset((m.ts, m.words) for m in self._private())
        return Before((view.id, view.wire["hash"]) if view else None, heard)

    def _noticed(self, before: Before, shown: Shown) -> Heard | View | None:
        """What is new on her screen: a modal before words, the answer itself before other words."""
        if shown.failed:
            return Heard(shown.text, failed=True)
        view = self._workspace.views.top(self._id)
        if view and (view.id, view.wire["hash"]) != before.view:
            return View.of(view.wire)
        if shown.message:
            return Heard.of(shown.message)
        new = [m for m in self._private() if m.bot and (m.ts, m.words) not in before.heard]
        return Heard.of(max(new, key=lambda m: m.ts)) if new else None


def blocks_of(place: Message | OpenView) -> list[Json]:
    return list(place.blocks)


def find(blocks: list[Json], label: str, action_id: str | None) -> Json:
    there = list(elements(blocks))
    for element in there:
        name = element["action_id"] if action_id else words_of(element.get("text"))
        if name == (action_id or label):
            return element
    shown = [words_of(e.get("text") or e["action_id"]) for e in there]
    raise LookupError(f"nothing to click called {label or action_id!r}; there are {shown}")


def typed_into(view: OpenView, values: Values) -> Typed:
    typed: Typed = {}
    for name, words in values.items():
        element = place_of(view, name)
        place = typed.setdefault(element["block_id"], {})
        place[element["action_id"]] = state_from(element, words)
    return typed


def chosen(element: Json, words: str) -> Json:
    if element["type"] == "overflow":
        element = {**element, "type": "static_select"}
    state = state_from(element, words)
    del state["type"]
    return state
