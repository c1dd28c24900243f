"""Whose request it is, by its OAuth 1.0a signature: checked as X does, by a hand of its own."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

API_KEY, API_SECRET = "sandbox-x-key", "sandbox-x-secret"
ACCESS_TOKEN, ACCESS_SECRET = "1000-sandbox-x-access", "sandbox-x-access-secret"

OUR_ACCOUNT: Mapping[str, str] = {
    "X_API_KEY": API_KEY,
    "X_API_SECRET": API_SECRET,
    "X_ACCESS_TOKEN": ACCESS_TOKEN,
    "X_ACCESS_TOKEN_SECRET": ACCESS_SECRET,
}
"""For the environment of a bot that may write as @acme."""

PAIR = re.compile(r'(\w+)="([^"]*)"')


def is_signed(method: str, url: str, params: list[tuple[str, str]], authorization: str) -> bool:
    """By our account; a body of JSON takes no part in it. `url` is without its query."""
    kind, _, rest = authorization.partition(" ")
    given = {name: unquote(value) for name, value in PAIR.findall(rest)}
    signature = given.pop("oauth_signature", "")
    if kind != "OAuth" or given.get("oauth_signature_method") != "HMAC-SHA1":
        return False
    if (given.get("oauth_consumer_key"), given.get("oauth_token")) != (API_KEY, ACCESS_TOKEN):
        return False
    pairs = sorted((_safe(name), _safe(value)) for name, value in [*params, *given.items()])
    parameters = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join((method.upper(), _safe(url), _safe(parameters)))
    key = f"{_safe(API_SECRET)}&{_safe(ACCESS_SECRET)}"
    made = hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()
    return hmac.compare_digest(base64.b64encode(made).decode(), signature)


def _safe(text: str) -> str:
    return quote(text, safe="-._~")
