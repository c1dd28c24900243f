"""The one Slack client, made so that nothing is sent twice behind our back."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT_SECONDS = 10


def open_session() -> aiohttp.ClientSession:
    """Shared by every call, since Slack's library would shake hands anew for each one otherwise."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))


def make_client(token: str, *, session: aiohttp.ClientSession, api_url: str) -> AsyncWebClient:
    """`api_url` is https://slack.com/api/ outside of tests.

    The library's own retry handler is off: after a lost answer it posts a message a second time.
    """
    return AsyncWebClient(
        token=token,
        base_url=api_url,
        session=session,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[],
    )
