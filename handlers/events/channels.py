"""A channel changed: it is shared with others, is no longer, or has another name."""

from handlers.spec import Notice, Told

NAMES = ("channel_shared", "channel_unshared", "channel_rename", "group_rename")


async def matters(told: Told) -> bool:
    return await told.care.channels.concerns(_channel(told))


async def changed(told: Told) -> None:
    await told.care.channels.told(_channel(told))


def _channel(told: Told) -> str:
    """Some of these events name the channel by its id, some show the whole of it."""
    channel = told.event.get("channel")
    return str(channel.get("id") if isinstance(channel, dict) else channel)


NOTICES = tuple(Notice(name, changed, matters) for name in NAMES)
