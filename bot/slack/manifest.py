"""The Slack app's manifest, made from the very lists the app is made from, so that they agree."""

from collections.abc import Sequence
from typing import Any, Protocol

SCOPES = (
    "commands",
    "chat:write",
    "im:write",
    "users:read",
    "channels:read",
    "groups:read",
    "app_mentions:read",
    "usergroups:read",
    # An exported case goes to whoever asked for it, and to nobody else.
    "files:write",
)
OPTIONAL_SCOPES = ("channels:history", "groups:history")
"""To find cards whose posting was never confirmed; everything else works without."""

_LONG = (
    "Usher brings what customers say on social networks into Slack, so that any employee can "
    "greet a customer, find out by their handle who they are to the company, and bring them to "
    "the people who can help. Every look-up and every hand-off is decided by your policy and put "
    "on record."
)


class SlashCommand(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def usage_hint(self) -> str: ...


class MenuEntry(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def callback_id(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def where(self) -> str: ...


def manifest(
    commands: Sequence[SlashCommand],
    *,
    prefix: str = "",
    events: Sequence[str] = (),
    shortcuts: Sequence[MenuEntry] = (),
    name: str = "Usher",
    request_url: str = "",
) -> dict[str, Any]:
    """For Socket Mode, or with a `request_url` (the whole address) for HTTP."""
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": name,
            "description": "Any employee can help a customer.",
            "long_description": _LONG,
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": name.lower(), "always_online": True},
            **({"shortcuts": [_shortcut(each) for each in shortcuts]} if shortcuts else {}),
            "slash_commands": [_command(each, prefix, request_url) for each in commands],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES), "bot_optional": list(OPTIONAL_SCOPES)}},
        "settings": _settings(events, request_url),
    }


def _settings(events: Sequence[str], request_url: str) -> dict[str, Any]:
    url = _url("request_url", request_url)
    subscribed = {"event_subscriptions": {"bot_events": list(events), **url}} if events else {}
    return {
        "interactivity": {"is_enabled": True, **url},
        **subscribed,
        "socket_mode_enabled": not request_url,
        "org_deploy_enabled": False,
        "token_rotation_enabled": False,
    }


def _command(each: SlashCommand, prefix: str, request_url: str) -> dict[str, Any]:
    return {
        "command": f"/{prefix}{each.name}",
        "description": each.description,
        **({"usage_hint": each.usage_hint} if each.usage_hint else {}),
        # Names then arrive with the person's id, and nothing else can look like one.
        "should_escape": True,
        **_url("url", request_url),
    }


def _shortcut(each: MenuEntry) -> dict[str, str]:
    return {
        "name": each.name,
        "type": each.where,
        "callback_id": each.callback_id,
        "description": each.description,
    }


def _url(key: str, request_url: str) -> dict[str, str]:
    return {key: request_url} if request_url else {}
