"""A person at a keyboard: tests say what she does and what she then sees."""

from dataclasses import dataclass

from bot.sandbox.colleague import Colleague
from bot.sandbox.forms import place_of, state_from
from bot.sandbox.gestures import Gestures
from bot.sandbox.records import Json, Message, NotThere, elements, words_of
from bot.sandbox.seen import Errors, Heard, Values, View
from bot.sandbox.shown import Shown
from bot.sandbox.slash import SlashCommands
from bot.sandbox.views import OpenView, Typed
from bot.sandbox.workspace import Workspace

__all__ = ["Errors", "Heard", "Message", "Person", "View"]


HOME_SECONDS = 1.0
"""How long she looks at her home tab after a click in it, which an app changes when it likes."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stood on her screen, to tell afterwards what is new."""

    view: tuple[str, str] | None
    heard: frozenset[tuple[str, str]]


class Person(Colleague):
    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__(workspace, name)
        self._hands = Gestures(workspace)
        self._commands = SlashCommands(workspace)
        self._typed: dict[str, Typed] = {}
        self._offers: dict[tuple[str, str], tuple[Json, ...]] = {}

    async def types(
        self, text: str, *, channel: str = "#care-general", thread: Message | None = None
    ) -> Heard | View:
        """A slash command; a modal, the answer or Slack's complaint once its ack is there."""
        if thread is not None:
            return Heard(f"{text.split()[0]} is not supported in threads. Sorry!", failed=True)
        before = self._before()
        shown = await self._commands.type(self.person, self._place(channel), text)
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
        element = self._filled(find(blocks_of(self._now(on)), "", action_id))
        return await self._acts(on, "", action_id, chosen(element, words))

    async def enters(
        self, words: str, *, on: Message | View, action_id: str
    ) -> Heard | View | None:
        """Words into a text input, and Enter: told at once where the input asks for it."""
        return await self._acts(on, "", action_id, {"value": words})

    async def submits(
        self, view: View, values: Values | None = None
    ) -> Errors | View | Heard | None:
        """None when it closed, Errors under its inputs, the next View, or Slack's complaint."""
        now = self._mine(view)
        shown = await self._hands.submit(now, self._typed_into(now, values or {}))
        if shown.failed:
            return Heard(shown.text, failed=True)
        if shown.errors:
            return Errors(shown.errors)
        after = self.view
        previous = now.wire["previous_view_id"]
        return None if after is None or after.id == previous else after

    def fills(self, view: View, values: Values) -> None:
        """Types into a view without sending it; her words ride along with every click in it."""
        now = self._mine(view)
        now.fill(self._typed_into(now, values))

    async def closes(self, view: View) -> None:
        await self._hands.close(self._mine(view))

    async def looks_for(self, words: str, *, on: Message | View, label: str) -> list[str] | Heard:
        """What an external select offers while she types, or Slack's complaint of the app."""
        now = self._now(on)
        element = place_of(blocks_of(now), label)
        shown = await self._hands.suggest(self.person, now, element, words)
        if shown.failed:
            return Heard(shown.text, failed=True)
        self._offers[element["block_id"], element["action_id"]] = shown.options
        return [words_of(option["text"]) for option in shown.options]

    async def uses(self, name: str, *, on: Message | None = None) -> Heard | View | None:
        """A shortcut by the name people see; `on` a message it is one of the message's menu."""
        if on is None:
            return await self.shortcut(name)
        return await self.message_shortcut(name, on=on)

    async def shortcut(self, name: str) -> Heard | View | None:
        before = self._before()
        return self._noticed(before, await self._hands.shortcut(self.person, name))

    async def message_shortcut(self, name: str, *, on: Message) -> Heard | View | None:
        if on.ephemeral:
            raise NotThere("Slack offers no shortcuts on ephemeral messages")
        before = self._before()
        message = self._workspace.messages.find(on.channel, on.ts)
        shown = await self._hands.message_shortcut(self.person, message, name)
        return self._noticed(before, shown)

    async def opens_home(
        self,
        *,
        timeout: float = 3.0,  # noqa: ASYNC109 - a person's patience
    ) -> View | None:
        """Her home tab once the app published it anew; the old one when it did not."""
        before = self.home
        self._hands.open_home(self.person)
        return await self._new_home(before, timeout) or self.home

    async def opens_messages(self) -> None:
        """The app's Messages tab, where its direct messages stand."""
        self._hands.open_home(self.person, tab="messages")

    async def _acts(
        self, on: Message | View, label: str, action_id: str | None, choice: Json
    ) -> Heard | View | None:
        now = self._now(on)
        element = find(blocks_of(now), label, action_id)
        before = self._before()
        home = self.home
        if isinstance(now, OpenView):
            shown = await self._hands.click_in_view(now, element, choice)
        else:
            typed = self._typed.setdefault(now.ts, {})
            if choice and element["type"] != "overflow":
                state = {"type": element["type"], **choice}
                typed.setdefault(element["block_id"], {})[element["action_id"]] = state
            shown = await self._hands.click(self.person, now, element, choice, typed=typed)
        noticed = self._noticed(before, shown)
        if noticed is None and home and on == home:
            return await self._new_home(home, HOME_SECONDS)
        return noticed

    async def _new_home(self, before: View | None, seconds: float) -> View | None:
        return await self._workspace.bell.until(
            lambda: self.home if self.home != before else None, timeout=seconds
        )

    def _now(self, on: Message | View) -> Message | OpenView:
        if isinstance(on, View):
            return self._mine(on)
        now = self._workspace.messages.on_screen(self._id, on.channel, on.ts)
        if now is None:
            raise LookupError(f"that message is gone: {on.words}")
        return now

    def _mine(self, view: View) -> OpenView:
        now = self._workspace.views.find(view.id)
        if now.user != self._id:
            raise NotThere(f"that view is not on {self.person.name}'s screen")
        return now

    def _filled(self, element: Json) -> Json:
        """With the options she was offered for what she typed, where it has none of its own."""
        offered = self._offers.get((element["block_id"], element["action_id"]))
        return {**element, "options": list(offered)} if offered else element

    def _typed_into(self, view: OpenView, values: Values) -> Typed:
        typed: Typed = {}
        for name, words in values.items():
            element = self._filled(place_of(view.blocks, name))
            place = typed.setdefault(element["block_id"], {})
            place[element["action_id"]] = state_from(element, words)
        return typed

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


def chosen(element: Json, words: str) -> Json:
    if element["type"] == "overflow":
        element = {**element, "type": "static_select"}
    state = state_from(element, words)
    del state["type"]
    return state
