"""What a person does in Slack's client and what it then shows, for the driver and the page."""

from typing import Literal

from bot.sandbox.accounts import Account
from bot.sandbox.blocks import checked_view
from bot.sandbox.forms import unfilled
from bot.sandbox.messages import with_action_id
from bot.sandbox.records import Channel, Json, Message, NotThere, SlackError, elements
from bot.sandbox.shown import Shown
from bot.sandbox.suggestions import accepted, asks
from bot.sandbox.views import STATELESS, OpenView, Typed
from bot.sandbox.workspace import Workspace

Tab = Literal["home", "messages"]
TROUBLE = "We had some trouble connecting. Try again?"
NO_OPTIONS = "Options could not be loaded."
WARNING = "\N{WARNING SIGN} This app did not answer."


class Gestures:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def click(
        self,
        who: Account,
        message: Message,
        element: Json,
        chosen: Json,
        *,
        typed: Typed | None = None,
    ) -> Shown:
        """`chosen` is what she gave the element, nothing for a button; `typed` all other inputs."""
        channel = self._workspace.channels[message.channel]
        self._workspace.presence.must_see(who, channel)
        if not tells(list(message.blocks), element):
            return Shown()
        url = self._workspace.response_urls.new(who.id, channel.id, original=message)
        payload = self._workspace.payloads.message_click(
            who, channel, message, action=action_of(element, chosen), typed=typed, response_url=url
        )
        return await self._interact(payload)

    async def click_in_view(self, view: OpenView, element: Json, chosen: Json) -> Shown:
        """An input without `dispatch_action` keeps it until the form goes."""
        who = self._owner(view)
        if element["type"] not in STATELESS:
            state = {"type": element["type"], **chosen}
            view.fill({element["block_id"]: {element["action_id"]: state}})
            self._workspace.bell.ring()
        if not tells(view.blocks, element):
            return Shown()
        action = action_of(element, chosen)
        return await self._interact(self._workspace.payloads.view_click(who, view, action=action))

    async def submit(self, view: OpenView, values: Typed) -> Shown:
        who = self._owner(view)
        view.fill(values)
        missing = unfilled(view)
        if missing:
            return Shown(errors=missing)
        new_url = self._workspace.response_urls.new
        urls = [
            {**room, "response_url": new_url(who.id, room["channel_id"])}
            for room in view.rooms_to_answer()
        ]
        payload = self._workspace.payloads.submission(view, who, response_urls=urls)
        answer = await self._workspace.deliveries.send("interactive", payload)
        if not answer.acked:
            return Shown(TROUBLE, failed=True)
        try:
            return self._respond(view, answer.payload or {})
        except (SlackError, KeyError):
            return Shown(TROUBLE, failed=True)

    async def close(self, view: OpenView) -> None:
        who = self._owner(view)
        cleared = bool(view.wire["clear_on_close"])
        gone = self._workspace.views.clear(view.user) if cleared else [view]
        self._workspace.views.close(view)
        for closed in gone:
            if closed.wire["notify_on_close"]:
                payload = self._workspace.payloads.closed(closed, who, cleared=cleared)
                await self._workspace.deliveries.send("interactive", payload)

    async def shortcut(self, who: Account, name: str) -> Shown:
        self._workspace.presence.must_be_ours(who)
        callback_id = self._offered(name, kind="global")
        return await self._interact(self._workspace.payloads.shortcut(who, callback_id))

    async def message_shortcut(self, who: Account, message: Message, name: str) -> Shown:
        channel = self._workspace.channels[message.channel]
        self._workspace.presence.must_be_ours(who)
        self._workspace.presence.must_see(who, channel)
        callback_id = self._offered(name, kind="message")
        url = self._workspace.response_urls.new(who.id, channel.id)
        payload = self._workspace.payloads.message_shortcut(
            who, channel, message, callback_id=callback_id, response_url=url
        )
        return await self._interact(payload)

    async def suggest(
        self, who: Account, place: OpenView | Message, element: Json, typed: str
    ) -> Shown:
        """The options an external select offers for what was typed so far, or its complaint."""
        self._workspace.presence.must_be_here(who)
        at: OpenView | tuple[Channel, Message]
        if isinstance(place, OpenView):
            at = place
        else:
            at = (self._workspace.channels[place.channel], place)
            self._workspace.presence.must_see(who, at[0])
        if not asks(element, typed):
            return Shown()
        payload = self._workspace.payloads.suggestion(who, at, element=element, typed=typed)
        answer = await self._workspace.deliveries.send("interactive", payload)
        options = accepted(answer.payload or {}) if answer.acked else None
        return Shown(NO_OPTIONS, failed=True) if options is None else Shown(options=tuple(options))

    def open_home(self, who: Account, *, tab: Tab = "home") -> None:
        self._workspace.presence.must_be_ours(who)
        offer = self._workspace.offer
        if not (offer.home_tab if tab == "home" else offer.messages_tab):
            raise NotThere(f"the {tab} tab is not offered")
        home = self._workspace.views.home(who.id) if tab == "home" else None
        dm = self._workspace.dm(who.id).id
        self._workspace.events.home_opened(who.id, dm, tab=tab, view=home.wire if home else None)

    def _owner(self, view: OpenView) -> Account:
        who = self._workspace.people[view.user]
        self._workspace.presence.must_be_here(who)
        return who

    async def _interact(self, payload: Json) -> Shown:
        answer = await self._workspace.deliveries.send("interactive", payload)
        return Shown() if answer.acked else Shown(WARNING, failed=True)

    def _offered(self, name: str, *, kind: str) -> str:
        listed = self._workspace.offer.shortcut(name, kind=kind)
        if listed is None:
            raise NotThere(f"{name} is not offered: the manifest lists no such {kind} shortcut")
        return str(listed["callback_id"])

    def _respond(self, view: OpenView, response: Json) -> Shown:
        views = self._workspace.views
        match response.get("response_action"):
            case None:
                views.close(view)
            case "clear":
                views.clear(view.user)
            case "update":
                views.update(view, checked_view(response["view"]))
            case "push":
                views.push(view.user, checked_view(response["view"]))
            case "errors" if known(view, response["errors"]):
                return Shown(errors=dict(response["errors"]))
            case _:
                return Shown(TROUBLE, failed=True)
        return Shown()


def tells(blocks: list[Json], element: Json) -> bool:
    """Whether using the element sends block_actions at once."""
    block = next((b for b in blocks if b["block_id"] == element["block_id"]), {})
    return block.get("type") != "input" or bool(block.get("dispatch_action"))


def known(view: OpenView, errors: Json) -> bool:
    """Slack takes errors only for input blocks that stand in the view."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    return bool(errors) and errors.keys() <= inputs


def action_of(element: Json, chosen: Json) -> Json:
    kept = ("type", "action_id", "block_id", "text", "value", "style", "placeholder", "url")
    return {**{key: element[key] for key in kept if key in element}, **chosen}


def find_element(blocks: list[Json], *, block_id: str, action_id: str) -> Json:
    for element in elements(blocks):
        if (element["block_id"], element["action_id"]) == (block_id, action_id):
            return with_action_id(element)
    raise LookupError(f"no element {block_id}/{action_id}")
