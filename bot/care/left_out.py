"""What must not be kept is left out of a form, but the message it comes from stays in Slack.

Only who wrote a message can delete it; so the form says whose it is.
"""

from bot.care.threshold import STILL_SHOWN
from bot.compliance import Guard
from bot.model.person import Person

THEIRS = "Their message still shows it: please ask them to delete it."


def left_out(guard: Guard, words: str, *, author: str, by: Person) -> str:
    """`author` is the user id of who wrote them in a message; "" where there is none."""
    sentence = guard.left_out(words) if author else ""
    if not sentence:
        return ""
    return f"{sentence} {STILL_SHOWN if author == by.user_id else THEIRS}"
