"""X's refusals as ours: who must act, a human or time, and how long to wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Misconfigured, Unavailable

PARTY = "X"
WINDOW_SECONDS = 900.0
"""X counts calls in windows of a quarter of an hour: no reset is further away than that."""
UNTOLD_SECONDS = 60.0
"""X sends no Retry-After, and its reset is missing from some 429s."""

WHAT_TO_DO = {
    401: "X refuses our bearer token (401): put a valid one into X_BEARER_TOKEN.",
    402: "The X account has no credits left (402): buy credits in X's developer console.",
    403: "X forbids this app to read (403): check the app's access in X's developer console.",
}
OTHERWISE = (
    "X does not take our request ({status}): check X_API_URL in the environment,"
    " and account_id and naming under networks.x in app.yaml."
)


@dataclass(frozen=True, slots=True)
class Window:
    """What X said about the calls left to us; `reset` in seconds since 1970."""

    remaining: int
    reset: float


def window_of(headers: Mapping[str, str]) -> Window | None:
    try:
        remaining = int(headers["x-rate-limit-remaining"])
        return Window(remaining, float(int(headers["x-rate-limit-reset"])))
    except (KeyError, ValueError):
        return None


def trouble(
    status: int, window: Window | None, *, now: datetime
) -> Unavailable | Misconfigured | None:
    """What an answer's status means, None when it is the answer we asked for."""
    if status == 200:
        return None
    if status == 429:
        wait = window.reset - now.timestamp() if window else UNTOLD_SECONDS
        return Unavailable(PARTY, "rate limit reached", min(max(wait, 1.0), WINDOW_SECONDS))
    if status >= 500 or status in (408, 425):
        return Unavailable(PARTY, f"answered {status}")
    return Misconfigured((WHAT_TO_DO.get(status, OTHERWISE).format(status=status),))


def used_up(window: Window | None, *, now: datetime) -> Unavailable | None:
    """A call that X is sure to refuse is better not made."""
    wait = window.reset - now.timestamp() if window and window.remaining <= 0 else 0.0
    if not 0 < wait <= WINDOW_SECONDS:
        return None
    return Unavailable(PARTY, "rate limit is used up", retry_after=wait)
