"""What stands in the environment: addresses and secrets, each secret also as a file (NAME_FILE)."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, PrivateAttr, SecretStr

from bot.errors import Misconfigured
from bot.model.credentials import Credentials

SLACK_API = "https://slack.com/api/"

VARIABLES: tuple[tuple[str, str, str], ...] = (
    ("SLACK_API_URL", SLACK_API, "Slack's Web API; another address only for the sandbox"),
    ("SLACK_BOT_TOKEN", "", "the bot token (xoxb-…), from *Install App* in Slack's settings"),
    ("SLACK_APP_TOKEN", "", "the app-level token (xapp-…) with connections:write"),
    ("SLACK_TEAM_ID", "", "for a bot token of a whole organisation: the workspace (T…) it is for"),
    ("SLACK_SIGNING_SECRET", "", "for Slack over HTTP only: *Basic Information*, Signing Secret"),
    ("DATABASE_URL", "sqlite:///data/usher.db", "sqlite:///file or postgresql://user@host/name"),
    ("USHER_CONFIG", "./app.yaml", "the organisation's page"),
    ("USHER_VAULT_KEY", "", "32 random bytes in base64: head -c 32 /dev/urandom | base64"),
    ("USHER_PROCESSES", "1", "how many processes of Usher run with these tokens"),
    ("USHER_HTTP", "127.0.0.1:8480", "where /health, /ready, /metrics and /slack/events listen"),
)
"""Name, default, and what it is: the one list that documentation and `check` are held to."""

DEFAULTS = {name: default for name, default, _ in VARIABLES}
MEANING = {name: meaning for name, _, meaning in VARIABLES}


class Environment(BaseModel):
    """Secrets are `SecretStr`, so that no repr, log or traceback shows one; "" is *not set*."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slack_api_url: str
    slack_bot_token: SecretStr
    slack_team_id: str
    slack_app_token: SecretStr
    slack_signing_secret: SecretStr
    database_url: SecretStr
    usher_config: Path
    usher_vault_key: SecretStr
    http_host: str
    http_port: int
    usher_processes: int
    _variables: Mapping[str, str] = PrivateAttr(default_factory=dict)

    def model_post_init(self, context: Any, /) -> None:
        self._variables = dict(context or {})

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> "Environment":
        """Raises `Misconfigured` with everything that is wrong, never with a value."""
        problems: list[str] = []
        found = {name: _read(name, variables, problems) for name in DEFAULTS}
        values = {name: found[name] or default for name, default in DEFAULTS.items()}
        host, port = _address(values.pop("USHER_HTTP"), problems)
        processes = _processes(values.pop("USHER_PROCESSES"), problems)
        if not re.match(r"https?://[^/\s]", values["SLACK_API_URL"]):
            problems.append(f"SLACK_API_URL is no web address: expected one such as {SLACK_API}.")
        if problems:
            raise Misconfigured(tuple(problems))
        values["SLACK_API_URL"] = values["SLACK_API_URL"].rstrip("/") + "/"
        lowered = {name.lower(): value for name, value in values.items()}
        return cls.model_validate(
            {
                **lowered,
                "http_host": host,
                "http_port": port,
                "usher_processes": processes,
            },
            context=variables,
        )

    def credentials(self, prefix: str) -> Credentials:
        """For a network, desk or directory: `credentials("X")("API_URL")` is X_API_URL."""

        def credential(name: str, /) -> str | None:
            problems: list[str] = []
            value = _read(f"{prefix.upper()}_{name}", self._variables, problems)
            if problems:
                raise Misconfigured(tuple(problems))
            return value or None

        return credential

    def missing(self) -> tuple[str, ...]:
        """What must be set before the bot can run, in sentences; empty when nothing is."""
        needed = {
            "SLACK_BOT_TOKEN": self.slack_bot_token,
            "USHER_VAULT_KEY": self.usher_vault_key,
            "SLACK_APP_TOKEN": self.slack_app_token,
        }
        if self.slack_signing_secret.get_secret_value():
            del needed["SLACK_APP_TOKEN"]
        return tuple(
            f"{name} is not set: {MEANING[name]}."
            for name, secret in needed.items()
            if not secret.get_secret_value()
        )


def _read(name: str, variables: Mapping[str, str], problems: list[str]) -> str:
    value, file = variables.get(name, "").strip(), variables.get(f"{name}_FILE", "").strip()
    if value and file:
        problems.append(f"{name} and {name}_FILE are both set; expected one of them.")
        return ""
    if not file:
        return _one_line(name, value, problems)
    try:
        # Path itself refuses a name with a null byte by ValueError, as undecodable text is.
        return _one_line(
            f"{name}_FILE", Path(file).read_text(encoding="utf-8-sig").strip(), problems
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        problems.append(f"{name}_FILE: {file} cannot be read: {reason}.")
        return ""


def _one_line(name: str, value: str, problems: list[str]) -> str:
    """A break inside would end a header or an address early: it came in by a slip of pasting."""
    if value.isprintable():
        return value
    problems.append(
        f"{name}: found a line break or another sign that is not printed, expected one line:"
        " paste the value again, without quotes around it or breaks in it."
    )
    return ""


def _processes(text: str, problems: list[str]) -> int:
    if text.isdecimal() and 0 < int(text[:4]) < 1000:
        return int(text[:4])
    problems.append(f"USHER_PROCESSES: found {text}, expected a number such as 1.")
    return 1


def _address(text: str, problems: list[str]) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if host and port.isdecimal() and int(port) < 65536:
        return host, int(port)
    problems.append(f"USHER_HTTP: found {text}, expected an address such as 127.0.0.1:8480.")
    return "", 0
