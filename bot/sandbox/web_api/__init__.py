"""Slack's Web API as the app calls it: a door that checks, and a module for each family."""

from bot.sandbox.web_api import (
    auth,
    chat,
    conversations,
    dnd,
    files,
    history,
    people,
    validate,
    views,
)
from bot.sandbox.web_api.arguments import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **dnd.METHODS,
    **files.METHODS,
    **history.METHODS,
    **people.METHODS,
    **validate.METHODS,
    **views.METHODS,
}
