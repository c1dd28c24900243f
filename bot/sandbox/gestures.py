"""What a person does in Slack's client and what it then shows, for the driver and the page."""

from dataclasses import dataclass, field

from bot.sandbox.blocks import checked_view
from bot.sandbox.deliveries import Answer
from bot.sandbox.forms import unfilled
from bot.sandbox.messages import with_action_id
from bot.sandbox.records import Account, Channel, Json, Message, SlackError, elements
from bot.sandbox.typing_in import Typing
from bot.sandbox.views import STATELESS, OpenView, Typed
from bot.sandbox.workspace import Workspace

SLACKBOT = "USLACKBOT"
TROUBLE = "We had some trouble connecting. Try again?"
WARNING = "\N{WARNING SIGN} This app did not answer."


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the screen after a gesture; `failed` is Slack complaining of the app."""

    text: str = ""
    message: Message | None = None
    errors: dict[str, str] = field(default_factory=dict)
    failed: bool = False


class Gestures:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._typing = Typing(workspace.people, workspace.channels)

    async def slash(self, who: Account, channel: Channel, typed: str) -> Shown:
        command, _, text = typed.strip().partition(" ")
        manifest = {str(c["command"]): c for c in self._workspace.commands}
        if manifest and command not in manifest:
            return Shown(f"{command} is not a valid command.", failed=True)
        tokens = bool(manifest.get(command, {}).get("should_escape"))
        text = self._typing.command(text, should_escape=tokens)
        urls = self._workspace.response_urls
        url = urls.new(who.id, channel.id)
        payload = self._workspace.payloads.slash(
            who, channel, command=command, text=text.strip(), response_url=url
        )
        answer = await self._workspace.deliveries.send("slash_commands", payload)
        if not answer.acked:
            return self._complains(who, channel, f"{command} failed with the error {error(answer)}")
        if not answer.payload:
            return Shown()
        try:
            message = urls.acknowledged(url, answer.payload)
        except SlackError:
            sentence = f'{command} failed with the error "invalid_command_response"'
            return self._complains(who, channel, sentence)
        return Shown(message.words if message else "", message)

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
        url = self._workspace.response_urls.new(who.id, channel.id, original=message)
        payload = self._workspace.payloads.message_click(
            who, channel, message, action=action_of(element, chosen), typed=typed, response_url=url
        )
        return await self._interact(payload)

    async def click_in_view(self, view: OpenView, element: Json, chosen: Json) -> Shown:
        if element["type"] not in STATELESS:
            state = {"type": element["type"], **chosen}
            view.fill({element["block_id"]: {element["action_id"]: state}})
            self._workspace.bell.ring()
        who = self._workspace.people[view.user]
        action = action_of(element, chosen)
        return await self._interact(self._workspace.payloads.view_click(who, view, action=action))

    async def submit(self, view: OpenView, values: Typed) -> Shown:
        view.fill(values)
        missing = unfilled(view)
        if missing:
            return Shown(errors=missing)
        who = self._workspace.people[view.user]
        payload = self._workspace.payloads.submission(view, who)
        answer = await self._workspace.deliveries.send("interactive", payload)
        if not answer.acked:
            return Shown(TROUBLE, failed=True)
        try:
            return self._respond(view, answer.payload or {})
        except (SlackError, KeyError):
            return Shown(TROUBLE, failed=True)

    async def close(self, view: OpenView) -> None:
        cleared = bool(view.wire["clear_on_close"])
        gone = self._workspace.views.clear(view.user) if cleared else [view]
        self._workspace.views.close(view)
        who = self._workspace.people[view.user]
        for closed in gone:
            if closed.wire["notify_on_close"]:
                payload = self._workspace.payloads.closed(closed, who, cleared=cleared)
                await self._workspace.deliveries.send("interactive", payload)

    async def shortcut(self, who: Account, callback_id: str) -> Shown:
        return await self._interact(self._workspace.payloads.shortcut(who, callback_id))

    async def message_shortcut(self, who: Account, message: Message, callback_id: str) -> Shown:
        channel = self._workspace.channels[message.channel]
        url = self._workspace.response_urls.new(who.id, channel.id)
        payload = self._workspace.payloads.message_shortcut(
            who, channel, message, callback_id=callback_id, response_url=url
        )
        return await self._interact(payload)

    async def suggest(self, view: OpenView, element: Json, typed: str) -> list[Json]:
        """The options an external select offers for what was typed so far."""
        who = self._workspace.people[view.user]
        payload = self._workspace.payloads.suggestion(who, view, element=element, typed=typed)
        answer = await self._workspace.deliveries.send("interactive", payload)
        found = answer.payload or {}
        groups = [option for g in found.get("option_groups", []) for option in g["options"]]
        return [*found.get("options", []), *groups]

    def say(
        self, who: Account, channel: Channel, text: str, *, thread_ts: str | None = None
    ) -> Message:
        said = self._typing.message(text)
        return self._workspace.messages.post(
            channel.id, user=who.id, text=said, thread_ts=thread_ts
        )

    def open_home(self, who: Account) -> None:
        home = self._workspace.views.home(who.id)
        self._workspace.events.home_opened(
            who.id,
            self._workspace.dm(who.id).id,
            view=home.wire if home else None,
            ts=self._workspace.stamps.ts(),
        )

    async def _interact(self, payload: Json) -> Shown:
        answer = await self._workspace.deliveries.send("interactive", payload)
        return Shown() if answer.acked else Shown(WARNING, failed=True)

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

    def _complains(self, who: Account, channel: Channel, sentence: str) -> Shown:
        message = self._workspace.messages.post(
            channel.id, user=SLACKBOT, text=sentence, ephemeral_for=who.id
        )
        return Shown(sentence, message, failed=True)


def known(view: OpenView, errors: Json) -> bool:
    """Slack takes errors only for input blocks that stand in the view."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    return bool(errors) and errors.keys() <= inputs


def error(answer: Answer) -> str:
    return '"operation_timeout"' if answer.outcome == "timeout" else '"dispatch_failed"'


def action_of(element: Json, chosen: Json) -> Json:
    kept = ("type", "action_id", "block_id", "text", "value", "style", "placeholder", "url")
    return {**{key: element[key] for key in kept if key in element}, **chosen}


def find_element(blocks: list[Json], *, block_id: str, action_id: str) -> Json:
    for element in elements(blocks):
        if (element["block_id"], element["action_id"]) == (block_id, action_id):
            return with_action_id(element)
    raise LookupError(f"no element {block_id}/{action_id}")
