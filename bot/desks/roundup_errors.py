"""Roundup's refusals as ours: who must act, a human or time."""

from collections.abc import Mapping

from bot.errors import Misconfigured, Unavailable

PARTY = "Roundup"
LONGEST_WAIT = 3600.0

WHAT_TO_DO = {
    401: "Roundup refuses our login (401): check ROUNDUP_USER and ROUNDUP_PASSWORD.",
    403: "Roundup forbids it (403): give ROUNDUP_USER a role with REST access that may create"
    " issues and messages.",
    404: "Roundup has no REST interface there (404): check ROUNDUP_API_URL, and enable_rest in the"
    " tracker's config.ini.",
}
OTHERWISE = (
    "Roundup does not take our request ({status}): check that web_url under desks.roundup is the"
    " tracker's own `web` address, and which fields its detectors demand."
)


def trouble(
    status: int, headers: Mapping[str, str], *, creates: bool
) -> Unavailable | Misconfigured | None:
    """What a status means, None when all is well. `creates`: a failure may come after the deed."""
    if status in (200, 201):
        return None
    if status == 429:
        return Unavailable(PARTY, "rate limit reached", _seconds(headers.get("Retry-After", "")))
    if status >= 500 or status == 408:
        return Unavailable(PARTY, f"answered {status}", unknown_outcome=creates)
    return Misconfigured((WHAT_TO_DO.get(status, OTHERWISE).format(status=status),))


def spent_permit(status: int, body: bytes) -> bool:
    return status == 400 and b"POE token" in body


def _seconds(text: str) -> float | None:
    return min(float(text), LONGEST_WAIT) if text.isascii() and text.isdecimal() else None
