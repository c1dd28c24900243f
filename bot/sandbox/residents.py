"""The people, groups and rooms of a workspace, found by the names on the screen or by id."""

from bot.sandbox import seed
from bot.sandbox.accounts import Account, Group
from bot.sandbox.presence import Presence
from bot.sandbox.records import Channel


class Residents:
    def __init__(self, *, dms_closed: bool, grid: bool) -> None:
        self.enterprise = seed.ENTERPRISE if grid else None
        self.people = seed.people(grid=grid)
        self.groups = seed.groups()
        self.channels = seed.channels()
        self.presence = Presence(self.channels, dms_closed=dms_closed)

    def person(self, name: str) -> Account:
        """By handle or id; KeyError says who lives here."""
        for person in self.people.values():
            if name in (person.name, person.id):
                return person
        raise KeyError(f"{name}: known are {', '.join(p.name for p in self.people.values())}")

    def channel(self, name: str) -> Channel:
        """By "#name", "name" or id."""
        for channel in self.channels.values():
            if name in (channel.id, channel.name, f"#{channel.name}"):
                return channel
        raise KeyError(f"{name}: known are {', '.join(c.name for c in self.channels.values())}")

    def dm(self, *users: str) -> Channel:
        """The conversation of the bot with these people, made where there is none yet."""
        names = [self.people[user].name for user in users]
        single = len(names) == 1
        channel_id = ("D0" if single else "G0") + "".join(names).upper()
        return self.channels.setdefault(
            channel_id,
            Channel(
                channel_id,
                channel_id if single else f"mpdm-{'--'.join(names)}-1",
                [seed.BOT_USER, *users],
                im=single,
                mpim=not single,
            ),
        )

    def group(self, name: str) -> Group:
        """By "@handle", "handle" or id."""
        for group in self.groups.values():
            if name in (group.id, group.handle, f"@{group.handle}"):
                return group
        raise KeyError(f"{name}: known are {', '.join(g.handle for g in self.groups.values())}")
