"""What a caller asked the loopback X for: both naming schemes in, one set of words out."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request

from bot.sandbox.x_shapes import AS_TWEET, Asked

ID = re.compile(r"[0-9]{1,19}")
MOST = 100
LEAST_PAGE, DEFAULT_PAGE = 5, 10


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FIELDS = _set(
    "article article_title attachments author_id card_uri community_id context_annotations"
    " conversation_id created_at display_text_range edit_controls edit_history_tweet_ids entities"
    " geo id in_reply_to_user_id lang matched_media_notes media_metadata note_tweet"
    " paid_partnership possibly_sensitive public_metrics referenced_tweets reply_settings scopes"
    " source text withheld"
)
EXPANSIONS = _set(
    "attachments.media_keys attachments.poll_ids author_id edit_history_tweet_ids"
    " entities.mentions.username geo.place_id in_reply_to_user_id referenced_tweets"
    " referenced_tweets.id referenced_tweets.id.author_id"
)
USER_FIELDS = _set(
    "created_at description entities id location name most_recent_tweet_id pinned_tweet_id"
    " profile_image_url protected public_metrics url username verified verified_type"
    " withheld"
)


class InvalidError(Exception):
    """X answers 400 and names the parameter."""

    def __init__(self, parameter: str, value: str, why: str) -> None:
        super().__init__(why)
        self.parameter = parameter
        self.value = value
        self.why = why


@dataclass(frozen=True, slots=True)
class Page:
    size: int
    since: int
    until: int | None


def asked(request: Request) -> Asked:
    posts = _words(request, "tweet.fields", FIELDS) | _words(request, "post.fields", FIELDS)
    return Asked(
        fields=posts,
        expansions=_words(request, "expansions", EXPANSIONS),
        user_fields=_words(request, "user.fields", USER_FIELDS),
    )


def page(request: Request) -> Page:
    size = request.query_params.get("max_results", str(DEFAULT_PAGE))
    if not size.isdecimal() or not LEAST_PAGE <= int(size) <= MOST:
        raise InvalidError(
            "max_results",
            size,
            f"The `max_results` query parameter value [{size}] is not between 5 and 100",
        )
    until = [bound for bound in (_id(request, "until_id"), _token(request)) if bound is not None]
    return Page(
        size=int(size),
        since=_id(request, "since_id") or 0,
        until=min(until, default=None),
    )


def start_time(request: Request) -> datetime:
    value = request.query_params.get("start_time", "2006-03-21T00:00:00Z")
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        why = f"The `start_time` query parameter value [{value}] is not a time"
        raise InvalidError("start_time", value, why) from error


def listed(request: Request, name: str, pattern: re.Pattern[str]) -> list[str]:
    """A comma separated parameter of 1 to 100 values, doubles dropped."""
    values = [value for value in request.query_params.get(name, "").split(",") if value]
    if not 1 <= len(values) <= MOST:
        raise InvalidError(name, "", f"The number of values in `{name}` must be 1 to {MOST}")
    for value in values:
        _fits(name, value, pattern)
    return list(dict.fromkeys(values))


def in_path(request: Request, name: str, pattern: re.Pattern[str]) -> str:
    value = str(request.path_params[name])
    _fits(name, value, pattern)
    return value


def page_token(post_id: str) -> str:
    """Base32hex, as X's are; it says no more than `until_id` does."""
    return base64.b32hexencode(post_id.encode()).decode().rstrip("=").lower()


def _token(request: Request) -> int | None:
    token = request.query_params.get("pagination_token")
    if token is None:
        return None
    try:
        padded = token.upper() + "=" * (-len(token) % 8)
        return int(base64.b32hexdecode(padded.encode()))
    except (binascii.Error, ValueError) as error:
        why = f"The `pagination_token` query parameter value [{token}] is not valid"
        raise InvalidError("pagination_token", token, why) from error


def _id(request: Request, name: str) -> int | None:
    value = request.query_params.get(name)
    if value is None:
        return None
    _fits(name, value, ID)
    return int(value)


def _fits(name: str, value: str, pattern: re.Pattern[str]) -> None:
    if not pattern.fullmatch(value):
        raise InvalidError(
            name,
            value,
            f"The `{name}` query parameter value [{value}] does not match ^{pattern.pattern}$",
        )


def _words(request: Request, name: str, known: frozenset[str]) -> frozenset[str]:
    words = [word for word in request.query_params.get(name, "").split(",") if word]
    plain = {AS_TWEET.get(word, word) for word in words}
    for word in plain - known:
        raise InvalidError(
            name, word, f"The `{name}` query parameter value [{word}] is not one of its names"
        )
    return frozenset(plain)
