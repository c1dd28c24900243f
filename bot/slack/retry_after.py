"""How long Slack says to wait, wherever it says so."""

from collections.abc import Mapping

from prometheus_client import Counter
from slack_sdk.errors import SlackApiError

DEFAULT = 30.0
"""Seconds, where Slack says 429 and not how long."""
LIMITED = Counter("usher_slack_rate_limited", "How often Slack said: not now (429).", ("method",))
_CODES = {"ratelimited", "rate_limited"}


def retry_after(refusal: SlackApiError) -> float | None:
    """In seconds; None where it was refused for another reason."""
    response = refusal.response
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else ""
    if status_of(refusal) != 429 and code not in _CODES:
        return None
    return told_by(getattr(response, "headers", None) or {})


def told_by(headers: Mapping[str, str]) -> float:
    told = {str(name).lower(): value for name, value in headers.items()}.get("retry-after", "")
    try:
        return max(1.0, float(told))
    except ValueError:
        return DEFAULT


def status_of(refusal: SlackApiError) -> int:
    """The library hands out its own response, or aiohttp's where the body could not be read."""
    response = refusal.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", 0) or 0)
