"""Who may be where: what Slack shows a person, and where it lets her speak, press and type."""

from collections.abc import Mapping

from bot.sandbox.accounts import Account
from bot.sandbox.records import Channel, NotThere


class Presence:
    """Every refusal is a NotThere with a sentence. `dms_closed`: the manifest takes no messages."""

    def __init__(self, channels: Mapping[str, Channel], *, dms_closed: bool) -> None:
        self._channels = channels
        self._dms_closed = dms_closed

    def rooms(self, who: Account) -> list[Channel]:
        return [channel for channel in self._channels.values() if who.id in channel.members]

    def here(self, who: Account) -> bool:
        """Somebody of another organisation is here as long as a shared channel holds her."""
        if who.deleted:
            return False
        return not who.stranger or any(who.team_id in room.teams for room in self.rooms(who))

    def must_be_here(self, who: Account) -> None:
        if who.deleted:
            raise NotThere(f"{who.name}'s account is deactivated")
        if not self.here(who):
            raise NotThere(f"{who.name} is in another organisation, and no channel is shared")

    def must_see(self, who: Account, channel: Channel) -> None:
        self.must_be_here(who)
        if who.id not in channel.members:
            raise NotThere(f"{who.name} is not in #{channel.name}")

    def must_speak(self, who: Account, channel: Channel) -> None:
        self.must_see(who, channel)
        if channel.archived:
            raise NotThere(f"#{channel.name} is archived and takes no words")
        if channel.im and self._dms_closed:
            raise NotThere("sending messages to this app has been turned off")

    def must_be_ours(self, who: Account) -> None:
        """Slack offers an app's commands, shortcuts and home only where it is installed.

        From memory of docs.slack.dev/apis/slack-connect: in a shared channel people of the other
        organisation see the app's messages and press its buttons, and nothing more.
        """
        self.must_be_here(who)
        if not who.ours:
            other = "organisation" if who.stranger else "workspace"
            raise NotThere(f"{who.name} is in another {other}: nothing of the app is offered")
