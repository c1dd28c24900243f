"""The app was removed, or its token revoked: Slack tells it once, and takes the token no more."""

from handlers.spec import Notice, Told

NAMES = ("app_uninstalled", "tokens_revoked")


async def removed(told: Told) -> None:
    # Whether it is so now: it may be a colleague's token, or the app may be back already.
    await told.channel.look_whether_welcome()


NOTICES = tuple(Notice(name, removed) for name in NAMES)
