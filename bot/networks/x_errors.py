"""X's refusals as ours: who must act, a human or time, and how long to wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.errors import Misconfigured, Refusal, Unavailable

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

KEYS = "X_API_KEY, X_API_SECRET, X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET"
ACCOUNT_REFUSED = f"X refuses the keys of our account (401): put valid ones into {KEYS}."
READ_ONLY = (
    "X lets this app only read (403): give it write access in X's developer console, and make new"
    f" keys: {KEYS}."
)
TWICE, GONE, NOT_TAKEN, UNFIT = (
    f"network.{each}" for each in ("duplicate", "gone", "refused", "unfit")
)
SENTENCES = {
    TWICE: "X has these very words from us already.",
    GONE: "The post is not on X any more, or its author hides it from us.",
    NOT_TAKEN: "X does not let Usher answer this one.",
    UNFIT: "X does not take these words as they are.",
}
SAID = (
    ("duplicate", TWICE),
    ("deleted or not visible", GONE),
    ("not permitted to perform", READ_ONLY),
    ("app permissions", READ_ONLY),
    ("client-forbidden", READ_ONLY),
)
"""What X's prose about a 403 holds, and what it comes to. What it says otherwise is about this one
post: its author did not summon us, does not let us write to them, or limits who may answer."""


class _Problem(msgspec.Struct, frozen=True):
    detail: str = ""
    title: str = ""
    type: str = ""


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


def denied(status: int, body: bytes, *, as_account: bool) -> Refusal | Misconfigured | None:
    """A no to what our account wanted, told apart by X's own words."""
    if not as_account or status not in (400, 401, 403):
        return None
    if status == 401:
        return Misconfigured((ACCOUNT_REFUSED,))
    if status == 400:
        return Refusal(SENTENCES[UNFIT], UNFIT)
    try:
        problem = msgspec.json.decode(body, type=_Problem)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Refusal(SENTENCES[NOT_TAKEN], NOT_TAKEN)
    told = f"{problem.title} {problem.detail} {problem.type}".casefold()
    found = next((meaning for words, meaning in SAID if words in told), NOT_TAKEN)
    return Refusal(SENTENCES[found], found) if found in SENTENCES else Misconfigured((found,))


def trouble(
    status: int, window: Window | None, *, now: datetime, writes: bool = False
) -> Unavailable | Misconfigured | None:
    """What an answer's status means, None when it is the answer we asked for."""
    if status in (200, 201):
        return None
    if status == 429:
        wait = window.reset - now.timestamp() if window else UNTOLD_SECONDS
        return Unavailable(PARTY, "rate limit reached", min(max(wait, 1.0), WINDOW_SECONDS))
    if status >= 500 or status in (408, 425):
        # Its edge may say so of what its heart has done.
        return Unavailable(PARTY, f"answered {status}", unknown_outcome=writes)
    return Misconfigured((WHAT_TO_DO.get(status, OTHERWISE).format(status=status),))


def used_up(window: Window | None, *, now: datetime) -> Unavailable | None:
    """A call that X is sure to refuse is better not made."""
    wait = window.reset - now.timestamp() if window and window.remaining <= 0 else 0.0
    if not 0 < wait <= WINDOW_SECONDS:
        return None
    return Unavailable(PARTY, "rate limit is used up", retry_after=wait)
