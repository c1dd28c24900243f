"""Slack over HTTP: the same payloads, signed and posted to the app's request URL."""

import hashlib
import hmac
import secrets
import time
from urllib.parse import parse_qs, urlencode

import aiohttp
import orjson

from bot.sandbox.deliveries import Answer, Attempt, Kind, Outcome
from bot.sandbox.packed import packed
from bot.sandbox.records import Json

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
REDIRECTS = 2
REASONS: tuple[tuple[type[Exception], str], ...] = (
    (TimeoutError, "http_timeout"),
    (aiohttp.TooManyRedirects, "too_many_redirects"),
    (aiohttp.ClientSSLError, "ssl_error"),
    (aiohttp.ClientConnectionError, "connection_failed"),
    (aiohttp.ClientError, "unknown_error"),
)


class NotVerified(Exception):
    """Slack does not save such a request URL; the words are what its settings page says."""


class HttpMode:
    timeout_reason = "http_timeout"
    connected = True

    def __init__(self, request_url: str, *, secret: str, ack_seconds: float = 3.0) -> None:
        self._request_url = request_url
        self._secret = secret.encode()
        self._session: aiohttp.ClientSession | None = None
        self.ack_seconds = ack_seconds

    async def verify(self) -> None:
        """What Slack asks of a URL before it uses it: its challenge back, and 200 to ssl_check."""
        challenge = secrets.token_hex(16)
        asked = {"token": "deprecated", "challenge": challenge, "type": "url_verification"}
        status, body = await self._asked(orjson.dumps(asked), JSON)
        if status != 200 or challenge not in answers(body):
            raise NotVerified(
                f"Your URL didn't respond with the value of the challenge parameter: "
                f"{status} {body[:200]!r}"
            )
        status, body = await self._asked(b"ssl_check=1&token=deprecated", FORM)
        if status != 200:
            raise NotVerified(f"Your URL didn't answer ssl_check with 200: {status} {body[:200]!r}")

    async def deliver(self, kind: Kind, payload: Json, *, attempt: Attempt) -> Answer:
        body, content_type = encoded(kind, payload)
        headers = {"Content-Type": content_type, **self.signature(body)}
        if attempt.number:
            headers["X-Slack-Retry-Num"] = str(attempt.number)
            headers["X-Slack-Retry-Reason"] = attempt.reason
        began = time.perf_counter()
        try:
            async with self._post(body, headers) as response:
                raw = await response.read()
        except (TimeoutError, aiohttp.ClientError) as failure:
            reason = reason_of(failure)
            outcome: Outcome = "timeout" if reason == self.timeout_reason else "failed"
            return Answer(outcome, ms=passed(began), reason=reason)
        if response.status != 200:
            retry = response.headers.get("X-Slack-No-Retry") != "1"
            return Answer("failed", None, passed(began), retry, "http_error")
        return Answer("acked", decoded(raw), passed(began))

    def signature(self, body: bytes) -> dict[str, str]:
        stamp = str(int(time.time()))
        base = b"v0:" + stamp.encode() + b":" + body
        signed = hmac.new(self._secret, base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signed}"}

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def _asked(self, body: bytes, content_type: str) -> tuple[int, str]:
        headers = {"Content-Type": content_type, **self.signature(body)}
        try:
            async with self._post(body, headers) as response:
                return response.status, await response.text(errors="replace")
        except (TimeoutError, aiohttp.ClientError) as failure:
            raise NotVerified(f"Your URL could not be asked: {reason_of(failure)}") from failure

    def _post(
        self, body: bytes, headers: dict[str, str]
    ) -> "aiohttp.client._RequestContextManager":
        if self._session is None:
            patience = aiohttp.ClientTimeout(total=self.ack_seconds)
            self._session = aiohttp.ClientSession(timeout=patience)
        # aiohttp counts the redirect that is one too many.
        return self._session.post(
            self._request_url, data=body, headers=headers, max_redirects=REDIRECTS + 1
        )


def reason_of(failure: Exception) -> str:
    return next(reason for kind, reason in REASONS if isinstance(failure, kind))


def encoded(kind: Kind, payload: Json) -> tuple[bytes, str]:
    match kind:
        case "slash_commands":
            fields = {key: "" if value is None else value for key, value in payload.items()}
            # Half of a surrogate pair goes as the bytes it would have, had it any.
            return urlencode(fields, errors="surrogatepass").encode(), FORM
        case "interactive":
            return urlencode({"payload": packed(payload).decode()}).encode(), FORM
        case "events_api":
            return packed(payload), JSON


def decoded(raw: bytes) -> Json | None:
    """An answer in plain words is a command's text."""
    if not raw.strip():
        return None
    try:
        body = orjson.loads(raw)
    except ValueError:
        return {"text": raw.decode(errors="replace")}
    return body if isinstance(body, dict) else {"text": str(body)}


def answers(body: str) -> list[object]:
    """A challenge may come back bare, as a form or as JSON."""
    found = decoded(body.encode()) or {}
    return [body.strip(), found.get("challenge"), *parse_qs(body).get("challenge", [])]


def passed(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)
