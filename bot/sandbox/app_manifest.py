"""What an app's manifest offers people, and what it asks of Slack: events and scopes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.sandbox.records import Json

EVENTS = frozenset({"app_mention", "app_home_opened"})
SCOPES = frozenset({
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "im:write",
    "usergroups:read",
    "users:read",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """None in `commands` or `shortcuts`: whatever is tried, as for an app without a manifest."""

    commands: tuple[Json, ...] | None = None
    shortcuts: tuple[Json, ...] | None = None
    events: frozenset[str] = EVENTS
    scopes: frozenset[str] = SCOPES
    home_tab: bool = True
    messages_tab: bool = True
    messages_read_only: bool = False

    @property
    def dms_closed(self) -> bool:
        """Slack then shows no message box beside the app's direct messages."""
        return self.messages_read_only or not self.messages_tab

    @classmethod
    def of(cls, manifest: Json) -> "Offer":
        """Optional scopes are not granted: an app must do without them."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        tabs = features.get("app_home", {})
        subscribed = settings.get("event_subscriptions", {})
        interactive = settings.get("interactivity", {}).get("is_enabled", False)
        scopes = manifest.get("oauth_config", {}).get("scopes", {})
        return cls(
            commands=tuple(features.get("slash_commands", ())),
            shortcuts=tuple(features.get("shortcuts", ())) if interactive else (),
            events=frozenset(subscribed.get("bot_events", ())),
            scopes=frozenset(scopes.get("bot", ())),
            home_tab=bool(tabs.get("home_tab_enabled", False)),
            messages_tab=bool(tabs.get("messages_tab_enabled", True)),
            messages_read_only=bool(tabs.get("messages_tab_read_only_enabled", False)),
        )

    def command(self, name: str) -> Json | None:
        """Its row of the manifest; None where Slack says that there is no such command."""
        if self.commands is None:
            return {"command": name}
        return next((each for each in self.commands if each["command"] == name), None)

    def shortcut(self, name: str, *, kind: str) -> Json | None:
        """By callback_id or by the name people see; `kind` is "global" or "message"."""
        if self.shortcuts is None:
            return {"callback_id": name, "name": name, "type": kind}
        return next(
            (each for each in self.shortcuts if each["type"] == kind and name in names(each)), None
        )


def names(shortcut: Mapping[str, str]) -> Iterable[str]:
    return shortcut["callback_id"], shortcut["name"]


def offered(
    manifest: Json | None,
    *,
    events: Sequence[str] | None,
    scopes: Sequence[str] | None,
    commands: Sequence[Json] | None,
    shortcuts: Sequence[Json] | None,
) -> Offer:
    """What is given besides the manifest takes the place of its part."""
    whole = Offer() if manifest is None else Offer.of(manifest)
    return replace(
        whole,
        events=whole.events if events is None else frozenset(events),
        scopes=whole.scopes if scopes is None else frozenset(scopes),
        commands=whole.commands if commands is None else tuple(commands),
        shortcuts=whole.shortcuts if shortcuts is None else tuple(shortcuts),
    )
