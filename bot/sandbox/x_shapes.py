"""How X writes posts, users and problems as JSON, in both of its naming schemes.

X's answers say "tweet" in the prose of its docs and "post" in its OpenAPI of August 2026. Nobody
told which one the live server sends, so this speaks either: naming "tweet" or "post".
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.sandbox.x_posts import MENTION, Account, Post

Naming = Literal["tweet", "post"]
Json = dict[str, Any]

AS_POST = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "referenced_tweets.id": "referenced_posts",
    "retweet_count": "repost_count",
    "tweet_count": "post_count",
    "note_tweet": "note_post",
    "tweets": "posts",
}
AS_TWEET = {post: tweet for tweet, post in AS_POST.items() if tweet != "referenced_tweets.id"}
FIELDS_OF_EXPANSIONS = {
    "author_id": "author_id",
    "in_reply_to_user_id": "in_reply_to_user_id",
    "referenced_tweets": "referenced_tweets",
    "referenced_tweets.id": "referenced_tweets",
    "referenced_tweets.id.author_id": "referenced_tweets",
    "entities.mentions.username": "entities",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants to see, in the older ("tweet") words whichever they used."""

    fields: frozenset[str]
    expansions: frozenset[str]
    user_fields: frozenset[str]

    def posts_wanted(self) -> bool:
        return any(name.startswith("referenced_tweets") for name in self.expansions)


def spell(value: Any, naming: Naming) -> Any:
    """The same JSON under the naming scheme, keys only."""
    if isinstance(value, list):
        return [spell(item, naming) for item in value]
    if not isinstance(value, dict):
        return value
    names = AS_POST if naming == "post" else {}
    return {names.get(key, key): spell(item, naming) for key, item in value.items()}


def post_json(post: Post, asked: Asked, *, replied_to_user: str | None) -> Json:
    """id, text and the edit history always; the rest if asked for, as X does."""
    always: Json = {
        "id": post.id,
        "text": post.text,
        "edit_history_tweet_ids": list(post.history),
    }
    more: Json = {
        "author_id": post.author_id,
        "created_at": stamp(post.created_at),
        "conversation_id": post.conversation_id,
        "lang": post.lang,
        "possibly_sensitive": False,
        "reply_settings": "everyone",
        "edit_controls": {"edits_remaining": 6 - len(post.history), "is_edit_eligible": True},
        "public_metrics": dict.fromkeys(
            ("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count"), 0
        )
        | {"impression_count": 1},
    }
    if replied_to_user:
        more["in_reply_to_user_id"] = replied_to_user
    if post.referenced:
        more["referenced_tweets"] = [{"type": to.kind, "id": to.id} for to in post.referenced]
    wanted = asked.fields | {FIELDS_OF_EXPANSIONS.get(name, name) for name in asked.expansions}
    return always | {name: value for name, value in more.items() if name in wanted}


def entities_json(post: Post, ids: dict[str, str]) -> Json:
    """Mentions with character positions; `ids` by lower-case handle. X leaves the id out where
    no account bears the name."""
    mentions = []
    for found in MENTION.finditer(post.text):
        mention: Json = {"start": found.start(), "end": found.end(), "username": found.group(1)}
        known = ids.get(found.group(1).lower())
        mentions.append(mention | ({"id": known} if known else {}))
    return {"mentions": mentions}


def user_json(account: Account, asked: Asked) -> Json:
    more: Json = {
        "created_at": stamp(account.created_at),
        "description": "",
        "protected": account.protected,
        "verified": False,
        "verified_type": "none",
        "profile_image_url": "https://pbs.example/default_normal.png",
        "public_metrics": {
            "followers_count": 40 + int(account.id) % 60,
            "following_count": 12,
            "tweet_count": 7,
            "listed_count": 0,
        },
    }
    always: Json = {"id": account.id, "name": account.name, "username": account.handle}
    shown = {name: value for name, value in more.items() if name in asked.user_fields}
    return always | shown | dict(account.unasked)


def stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def not_found(kind: str, parameter: str, value: str, *, naming: Naming) -> Json:
    return {
        "value": value,
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{_problems(naming)}/resource-not-found",
    }


def not_authorized(kind: str, parameter: str, value: str, *, naming: Naming) -> Json:
    return {
        "value": value,
        "detail": f"Sorry, you are not authorized to see the {kind} with {parameter}: [{value}].",
        "title": "Authorization Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "section": "data",
        "type": f"{_problems(naming)}/not-authorized-for-resource",
    }


def invalid_request(parameter: str, value: str, why: str, *, naming: Naming) -> Json:
    return {
        "errors": [{"parameters": {parameter: [value]}, "message": why}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{_problems(naming)}/invalid-request",
    }


def _problems(naming: Naming) -> str:
    host = "api.x.com" if naming == "post" else "api.twitter.com"
    return f"https://{host}/2/problems"
