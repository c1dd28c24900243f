"""A channel changed: it is shared with others, has another name, or we are in it no more.

That we were shown out Slack tells by `channel_left`; that anybody left it tells only who is there.
"""

from handlers.spec import Notice, Told

NAMES = (
    *("channel_shared", "channel_unshared", "channel_rename", "group_rename"),
    *("channel_left", "group_left", "channel_archive", "group_archive"),
)
OPENED = ("member_joined_channel", "channel_unarchive", "group_unarchive")


async def matters(told: Told) -> bool:
    return await told.care.channels.concerns(_channel(told))


async def matters_where_shut(told: Told) -> bool:
    """It may be our own coming; who else comes in is nothing to us."""
    return await told.care.channels.is_shut(_channel(told))


async def changed(told: Told) -> None:
    await told.care.channels.told(_channel(told))


def _channel(told: Told) -> str:
    """Some of these events name the channel by its id, some show the whole of it."""
    channel = told.event.get("channel")
    return str(channel.get("id") if isinstance(channel, dict) else channel)


NOTICES = (
    *(Notice(name, changed, matters) for name in NAMES),
    *(Notice(name, changed, matters_where_shut) for name in OPENED),
)
