"""What a person does to the workspace she works in: words, rooms, people, and her own name tag."""

from datetime import datetime

from bot.sandbox.accounts import Guest, Status
from bot.sandbox.eyes import Eyes
from bot.sandbox.happenings import Happenings
from bot.sandbox.records import Channel, Message
from bot.sandbox.saying import Saying
from bot.sandbox.workspace import Workspace


class Colleague(Eyes):
    """People and rooms are named as they are on the screen: "ben", "#care-general"."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__(workspace, name)
        self._voice = Saying(workspace)
        self._happenings = Happenings(workspace)

    async def says(
        self, text: str, *, channel: str = "#care-general", thread: Message | None = None
    ) -> Message:
        root = (thread.thread_ts or thread.ts) if thread else None
        return self._voice.say(self.person, self._place(channel), text, thread_ts=root)

    async def edits(self, message: Message, text: str) -> Message:
        return self._voice.edit(self.person, self._still(message), text)

    async def deletes(self, message: Message) -> None:
        self._voice.delete(self.person, self._still(message))

    async def joins(self, channel: str) -> None:
        self._must_be_staff()
        room = self._workspace.channel(channel)
        self._happenings.join(self.person, room)

    async def leaves(self, channel: str) -> None:
        self._happenings.leave(self.person, self._room(channel))

    async def invites(self, name: str, *, to: str) -> None:
        who = self._workspace.person(name)
        self._happenings.join(who, self._room(to), invited_by=self.person)

    async def removes(self, name: str, *, from_: str) -> None:
        self._happenings.leave(self._workspace.person(name), self._room(from_))

    async def renames(self, channel: str, *, to: str) -> None:
        self._happenings.rename(self._room(channel), to.removeprefix("#"))

    async def archives(self, channel: str) -> None:
        self._happenings.archive(self._room(channel), self.person)

    async def unarchives(self, channel: str) -> None:
        self._happenings.unarchive(self._room(channel), self.person)

    async def shares(self, channel: str, *, with_: str = "eve") -> None:
        """With somebody's organisation, who comes in."""
        self._happenings.share(self._room(channel), [self._workspace.person(with_)])

    async def unshares(self, channel: str) -> None:
        self._happenings.unshare(self._room(channel))

    async def sets_status(self, emoji: str, text: str, until: datetime | None = None) -> None:
        self._workspace.presence.must_be_here(self.person)
        ends = int(until.timestamp()) if until else 0
        self._happenings.set_status(self.person, Status(emoji, text, ends))

    async def snoozes(self, until: datetime | None) -> None:
        """None ends it."""
        self._workspace.presence.must_be_here(self.person)
        self._happenings.snooze(self.person, until)

    async def makes_guest(self, name: str, guest: Guest | None) -> None:
        self._must_be_staff()
        self._happenings.make_guest(self._workspace.person(name), guest)

    async def changes_group(self, group: str, names: list[str]) -> None:
        self._must_be_staff()
        self._happenings.change_group(group, [self._workspace.person(name) for name in names])

    async def disables_group(self, group: str) -> None:
        self._must_be_staff()
        self._happenings.disable_group(group)

    async def enables_group(self, group: str) -> None:
        self._must_be_staff()
        self._happenings.enable_group(group)

    async def uninstalls_the_app(self) -> None:
        self._must_be_staff()
        self._happenings.uninstall()

    async def revokes_the_token(self) -> None:
        self._must_be_staff()
        self._happenings.revoke()

    async def lets_the_app_in(self) -> None:
        """Again, under its old token."""
        self._must_be_staff()
        self._happenings.let_in()

    async def deactivates(self, name: str) -> None:
        self._must_be_staff()
        self._workspace.leaves(name)

    def _room(self, name: str) -> Channel:
        """A channel she may change, because she is in it."""
        room = self._workspace.channel(name)
        self._workspace.presence.must_see(self.person, room)
        return room

    def _must_be_staff(self) -> None:
        self._workspace.presence.must_be_ours(self.person)

    def _still(self, message: Message) -> Message:
        return self._workspace.messages.find(message.channel, message.ts)
