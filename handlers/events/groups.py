"""A user group changed, and with it who holds a role."""

from handlers.spec import Notice, Told


async def changed(told: Told) -> None:
    await told.care.roles.told()


async def matters(told: Told) -> bool:
    """It does; and no replica is to go by what it remembers until its turn comes."""
    await told.care.changed.told()
    return True


NOTICE = Notice("subteam_members_changed", changed, matters)
"""Slack lists a group whole: which one it was need not be asked."""
