"""Slack over HTTP: the same payloads, signed and posted to the app's request URL."""

import asyncio
import hashlib
import hmac
import time
from urllib.parse import urlencode

import aiohttp
import orjson

from bot.sandbox.deliveries import Answer, Attempt, Kind
from bot.sandbox.records import Json


class HttpMode:
    def __init__(self, request_url: str, *, secret: str, ack_seconds: float = 3.0) -> None:
        self._request_url = request_url
        self._secret = secret.encode()
        self._patience = aiohttp.ClientTimeout(total=ack_seconds)
        self._session: aiohttp.ClientSession | None = None

    @property
    def connected(self) -> bool:
        return True

    async def deliver(self, kind: Kind, payload: Json, *, attempt: Attempt) -> Answer:
        body, content_type = encoded(kind, payload)
        headers = {"Content-Type": content_type, **self.signature(body)}
        if attempt.number:
            headers["X-Slack-Retry-Num"] = str(attempt.number)
            headers["X-Slack-Retry-Reason"] = attempt.reason
        return await self._post(body, headers)

    async def _post(self, body: bytes, headers: dict[str, str]) -> Answer:
        began = time.perf_counter()
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._patience)
        try:
            async with self._session.post(
                self._request_url, data=body, headers=headers, allow_redirects=False
            ) as response:
                raw = await response.read()
        except TimeoutError:
            return Answer("timeout", ms=passed(began), reason="http_timeout")
        except aiohttp.ClientError:
            return Answer("failed", ms=passed(began), reason="connection_failed")
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
            await asyncio.sleep(0)


def encoded(kind: Kind, payload: Json) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    match kind:
        case "slash_commands":
            return urlencode(payload).encode(), form
        case "interactive":
            return urlencode({"payload": orjson.dumps(payload).decode()}).encode(), form
        case "events_api":
            return orjson.dumps(payload), "application/json"


def decoded(raw: bytes) -> Json | None:
    """An answer in plain words is a command's text."""
    if not raw.strip():
        return None
    try:
        body = orjson.loads(raw)
    except ValueError:
        return {"text": raw.decode(errors="replace")}
    return body if isinstance(body, dict) else {"text": str(body)}


def passed(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)
