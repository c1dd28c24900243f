"""Slash commands: what a person types, how Slack sends it, and what it then shows her."""

from bot.sandbox.accounts import Account
from bot.sandbox.deliveries import Answer
from bot.sandbox.records import Channel, SlackError
from bot.sandbox.shown import Shown
from bot.sandbox.typing_in import Typing, entities
from bot.sandbox.workspace import Workspace

SLACKBOT = "USLACKBOT"


class SlashCommands:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._typing = Typing(workspace.people, workspace.channels, workspace.groups)

    async def type(self, who: Account, channel: Channel, typed: str) -> Shown:
        self._workspace.presence.must_be_ours(who)
        self._workspace.presence.must_speak(who, channel)
        command, _, text = typed.strip().partition(" ")
        listed = self._workspace.offer.command(command)
        if listed is None:
            return Shown(f"{command} is not a valid command.", failed=True)
        text = self._typing.command(text, should_escape=bool(listed.get("should_escape")))
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
            if answer.payload.get("response_type") == "in_channel":
                self._echo(who, channel, typed)
            message = urls.acknowledged(url, answer.payload)
        except SlackError:
            sentence = f'{command} failed with the error "invalid_command_response"'
            return self._complains(who, channel, sentence)
        return Shown(message.words if message else "", message)

    def _echo(self, who: Account, channel: Channel, typed: str) -> None:
        """An answer for all shows what it answers (docs: response_type "in_channel").

        From memory: a message of the person's with the command as she typed it.
        """
        self._workspace.messages.post(channel.id, user=who.id, text=entities(typed.strip()))

    def _complains(self, who: Account, channel: Channel, sentence: str) -> Shown:
        message = self._workspace.messages.post(
            channel.id, user=SLACKBOT, text=sentence, ephemeral_for=who.id
        )
        return Shown(sentence, message, failed=True)


def error(answer: Answer) -> str:
    return '"operation_timeout"' if answer.outcome == "timeout" else '"dispatch_failed"'
