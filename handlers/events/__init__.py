"""The events the manifest subscribes to. A new one is one file and one line here."""

from handlers.events import app_mention

EVENTS = (app_mention.EVENT,)

__all__ = ["EVENTS"]
