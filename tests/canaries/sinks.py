"""Everything a house gave away, each with the sink it went into."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import orjson
import structlog

from bot.logs import set_up_logs
from bot.sandbox.journal import Call, Delivery, Journal
from bot.sandbox.server import Sandbox
from bot.sandbox.x_state import OUR_ID
from tests.canaries.kinds import Sink
from tests.canaries.searching import Given

PAGES = ("metrics", "ready", "health")
FORMS = ("views.open", "views.push", "views.update")
POSTS = ("chat.postMessage", "chat.update", "chat.scheduleMessage", "chat.meMessage")
OWN = {"app.yaml", "customers.csv", "guidebook.md", "quiz.yaml"}
"""Written by people, and read by Usher alone."""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


class LogRead(io.StringIO):
    """What a house writes into its log; shown as well beside a test that fails."""

    def write(self, text: str) -> int:
        sys.stdout.write(text)
        return super().write(text)


@contextmanager
def log_read() -> Iterator[LogRead]:
    """As `python -m bot run` writes it; the tests' own listeners to the log stay where they are."""
    log, was, set_up = LogRead(), structlog.get_config(), structlog.is_configured()
    handlers, level = logging.root.handlers[:], logging.root.level
    set_up_logs(stream=log)
    logging.captureWarnings(capture=False)
    (ours,) = logging.root.handlers
    logging.root.handlers = [*handlers, ours]
    try:
        yield log
    finally:
        logging.root.removeHandler(ours)
        logging.root.setLevel(level)
        if set_up:
            structlog.configure(**was)
        else:
            structlog.reset_defaults()


async def pages_of(web_url: str) -> list[Given]:
    async with aiohttp.ClientSession() as session:
        found = []
        for page in PAGES:
            async with session.get(f"{web_url}/{page}") as answer:
                found.append(Given(Sink.PAGE, page, await answer.read()))
        return found


async def given_away(sandbox: Sandbox, home: Path, database_url: str, log: LogRead) -> list[Given]:
    given = [*slack(sandbox.workspace.journal), *network(sandbox), *files(home)]
    given += [Given(Sink.LOG, line, line.encode()) for line in log.getvalue().splitlines()]
    given += await database(database_url)
    return given


def slack(journal: Journal) -> Iterator[Given]:
    for entry in journal:
        if isinstance(entry, Call):
            yield Given(sink_of(entry.method, entry.args), entry.method, _spelled(entry.args))
        elif isinstance(entry, Delivery) and entry.ack:
            yield Given(_of_ack(entry.ack), f"answer to {entry.type}", _spelled(entry.ack))


def sink_of(method: str, args: dict[str, Any]) -> Sink:
    if method in FORMS:
        return Sink.FORM
    if method == "views.publish":
        return Sink.HOME
    if method in POSTS:
        # U… and D… are one person; a group of persons is as public as a channel.
        return Sink.MESSAGE if str(args.get("channel"))[:1] in "UWD" else Sink.CHANNEL
    if method == "response_url":
        return _of_ack(args)
    return Sink.MESSAGE if method == "chat.postEphemeral" else Sink.ASKED


def _of_ack(body: dict[str, Any]) -> Sink:
    if body.get("response_type") == "in_channel" or body.get("replace_original"):
        return Sink.CHANNEL
    return Sink.MESSAGE if "text" in body or "blocks" in body else Sink.FORM


def network(sandbox: Sandbox) -> Iterator[Given]:
    for call in sandbox.x.calls:
        asked = f"{call.path} {call.params}"
        yield Given(Sink.NETWORK, asked, asked.encode())
    ours = [post.text for post in sandbox.x.timeline() if post.author_id == OUR_ID]
    for text in [*ours, *(each.text for each in sandbox.x.writing.messages)]:
        yield Given(Sink.POSTED, text, text.encode())


def files(home: Path) -> Iterator[Given]:
    for file in sorted(home.rglob("*")):
        if not file.is_file() or file.name in OWN:
            continue
        name = str(file.relative_to(home))
        yield Given(_of_file(name), name, file.read_bytes())


def _of_file(name: str) -> Sink:
    if ".db" in name:
        return Sink.DATABASE
    if "archive" in name:
        return Sink.ARCHIVE
    return Sink.DESK if "desk" in name else Sink.FILE


async def database(url: str) -> list[Given]:
    """Of PostgreSQL, every row as text; SQLite is among the files, with what its journal holds."""
    if url.startswith("sqlite"):
        return []
    connection = await asyncpg.connect(url)
    try:
        tables = [name for (name,) in await connection.fetch(_TABLES)]
        await connection.execute("SET bytea_output = escape")
        each = [f"SELECT '{name}', string_agg(t::text, ' ') FROM \"{name}\" t" for name in tables]  # noqa: S608  the schema's own names
        found = await connection.fetch(" UNION ALL ".join(each))
    finally:
        await connection.close()
    return [Given(Sink.DATABASE, table, (text or "").encode()) for table, text in found]


def _spelled(body: dict[str, Any]) -> bytes:
    return orjson.dumps(body, default=str, option=orjson.OPT_NON_STR_KEYS)
