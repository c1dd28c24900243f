"""What a person says in a channel, takes back and says anew."""

from bot.sandbox.accounts import Account
from bot.sandbox.records import Channel, Message, NotThere
from bot.sandbox.rich_text import rich_text
from bot.sandbox.typing_in import Typing
from bot.sandbox.workspace import Workspace


class Saying:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._typing = Typing(workspace.people, workspace.channels, workspace.groups)

    def say(
        self, who: Account, channel: Channel, text: str, *, thread_ts: str | None = None
    ) -> Message:
        self._workspace.presence.must_speak(who, channel)
        said = self._typing.message(text)
        return self._workspace.messages.post(
            channel.id, user=who.id, text=said, blocks=rich_text(said), thread_ts=thread_ts
        )

    def edit(self, who: Account, message: Message, text: str) -> Message:
        self._must_be_hers(who, message)
        said = self._typing.message(text)
        return self._workspace.messages.edit(message, text=said, blocks=rich_text(said))

    def delete(self, who: Account, message: Message) -> None:
        self._must_be_hers(who, message)
        self._workspace.messages.delete(message)

    def _must_be_hers(self, who: Account, message: Message) -> None:
        self._workspace.presence.must_speak(who, self._workspace.channels[message.channel])
        if message.user != who.id:
            raise NotThere(f"{who.name} did not write that message")
