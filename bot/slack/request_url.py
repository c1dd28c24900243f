"""The address Slack sends to over HTTP: a slip in it is found here, not days later in silence."""

from urllib.parse import urlsplit

from bot.errors import Misconfigured

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
PROBLEM = (
    "--request-url is no address that Slack can send to: expected one such as"
    " https://usher.example.com/slack/events (http:// only for 127.0.0.1, ::1 and localhost)."
)


def check_request_url(url: str) -> None:
    """Raises `Misconfigured`; "" is fine and stands for Socket Mode."""
    if url and not _possible(url):
        raise Misconfigured((PROBLEM,))


def _possible(url: str) -> bool:
    if not url.isprintable() or any(sign in ' <>"\\' for sign in url):
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or port == 0 or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
