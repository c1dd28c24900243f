"""The events the manifest subscribes to. A new one is one file and one line here.

EVENTS are people who speak to us, NOTICES what Slack tells though nobody asked.
"""

from handlers.events import app_home_opened, app_mention, channels, groups, removed, user_change
from handlers.spec import Event, Notice

EVENTS: tuple[Event, ...] = (app_mention.EVENT, app_home_opened.EVENT)
NOTICES: tuple[Notice, ...] = (
    *channels.NOTICES,
    user_change.NOTICE,
    groups.NOTICE,
    *removed.NOTICES,
)

__all__ = ["EVENTS", "NOTICES"]
