"""The address of a PostgreSQL server as its keeper hands it out, with the words for TLS in it.

SQLAlchemy would give each word of it to asyncpg as an argument, which has other names for them;
asyncpg itself reads them in an address of its own, beside the one with the host and the database.
"""

import os
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import Misconfigured

MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
FILES: Final = ("sslrootcert", "sslcert", "sslkey", "sslcrl")
TLS: Final = ("sslmode", *FILES)
PLACES: Final = ("host", "port")
"""What SQLAlchemy reads itself: a socket's folder has no other place in an address."""
USUAL_ROOT: Final = "~/.postgresql/root.crt"


def split(address: str) -> tuple[URL, str]:
    """Where the server is, and how to talk to it. Raises `Misconfigured` without any value."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise Misconfigured(("DATABASE_URL is no address of a PostgreSQL server.",)) from error
    if wrong := _wrong(url):
        raise Misconfigured((f"DATABASE_URL: {wrong}.",))
    told = {name: str(value) for name, value in url.query.items() if name in TLS}
    way = f"postgresql://?{urlencode(told)}" if told else ""
    return url.difference_update_query(TLS), way


def _wrong(url: URL) -> str:
    for name, value in url.query.items():
        if name not in (*TLS, *PLACES):
            return (
                f"{name} is not known here, expected only {', '.join(TLS)} behind the `?`: "
                "leave it out"
            )
        if not isinstance(value, str):
            return f"{name} stands twice, expected it once"
        if name == "sslmode" and value not in MODES:
            return f"this sslmode is not known, expected one of {', '.join(MODES)}"
        if name in FILES and not Path(value).is_file():
            return f"the file of {name} is not there, expected the whole path of one"
    if str(url.query.get("sslmode", "")).startswith("verify") and not _has_root(url):
        return (
            "this sslmode needs to know whom to trust: add sslrootcert= and the file of your "
            "server's certificate authority"
        )
    return ""


def _has_root(url: URL) -> bool:
    named = os.environ.get("PGSSLROOTCERT") or USUAL_ROOT
    return "sslrootcert" in url.query or Path(named).expanduser().is_file()
