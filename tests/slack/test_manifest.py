"""The manifest agrees with the code's own lists and with Slack's own schema."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from bot.slack.manifest import manifest
from handlers import COMMANDS, EVENT_NAMES, SHORTCUTS

SCHEMA = Path(__file__).parent.parent / "fixtures" / "slack_manifest.schema.json"


@pytest.mark.parametrize("prefix", ["", "acme-"])
@pytest.mark.parametrize("url", ["", "https://usher.example/slack/events"])
def test_slack_takes_it(prefix: str, url: str) -> None:
    made = manifest(
        COMMANDS, prefix=prefix, events=EVENT_NAMES, shortcuts=SHORTCUTS, request_url=url
    )
    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(made)] == []
    names = [command["command"] for command in made["features"]["slash_commands"]]
    assert names == [f"/{prefix}{command.name}" for command in COMMANDS]
    menus = [shortcut["name"] for shortcut in made["features"]["shortcuts"]]
    assert menus == [shortcut.name for shortcut in SHORTCUTS]
    assert made["settings"]["event_subscriptions"]["bot_events"] == list(EVENT_NAMES)
    # Without this tab every direct message is refused, and nothing tells so before the first.
    assert made["features"]["app_home"]["messages_tab_enabled"] is True
    assert made["settings"]["socket_mode_enabled"] is not bool(url)
    assert (url in json.dumps(made)) or not url


def test_history_is_only_asked_for_where_it_may_be_declined() -> None:
    scopes = manifest(COMMANDS, events=EVENT_NAMES)["oauth_config"]["scopes"]
    assert not [scope for scope in scopes["bot"] if "history" in scope]
    assert all("history" in scope for scope in scopes["bot_optional"])


def test_the_schema_notices_a_mistake() -> None:
    broken = manifest(COMMANDS) | {"surprise": 1}
    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [*validator.iter_errors(broken)]
