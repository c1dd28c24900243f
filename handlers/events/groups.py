"""A user group changed, and with it who holds a role."""

from handlers.spec import Notice, Told


async def changed(told: Told) -> None:
    await told.care.roles.told()


NOTICE = Notice("subteam_members_changed", changed)
"""Slack lists a group whole: which one it was need not be asked."""
