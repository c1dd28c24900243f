"""The search for canaries finds them, however they are wrapped, and lets them be where they may."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
import structlog

from bot.sandbox.journal import Call, Delivery
from bot.sandbox.server import Sandbox
from tests.canaries.kinds import (
    AUTHOR_CARD,
    AUTHOR_EMAIL,
    AUTHOR_NAME,
    AUTHOR_PHONE,
    BIO,
    COLLEAGUE_EMAIL,
    KINDS,
    POST_CARD,
    POST_EMAIL,
    POST_PHONE,
    Kind,
    Sink,
    needles,
)
from tests.canaries.searching import Given, Stray, flat, strays
from tests.canaries.sinks import database, sink_of
from tests.canaries.watching import watched
from tests.faults.databases import rows
from tests.postgres import fresh_database


def wrapped_in(words: str) -> dict[str, str]:
    zero_width = "\u200b".join(words)
    marked = "".join(f"*{each}*" if each.isalnum() else each for each in words)
    return {
        "plain": f"She wrote {words} to us.",
        "percent": f"/2/users/{quote(words, safe='')}",
        "form": f"text={quote_plus(words)}&x=1",
        "json": json.dumps({"view": json.dumps({"text": f'"{words}"\n'})}),
        "ascii json": "".join(f"\\u{ord(c):04x}" if not c.isalnum() else c for c in words),
        "lines": json.dumps(words.replace(" ", "\n")),
        "zero width": zero_width,
        "in json": json.dumps(zero_width, ensure_ascii=False),
        "markdown": marked,
        "upper case": words.upper(),
    }


@pytest.mark.parametrize("words", [AUTHOR_EMAIL, AUTHOR_PHONE, AUTHOR_CARD])
@pytest.mark.parametrize("way", wrapped_in(""))
def test_no_wrapping_hides_one(words: str, way: str) -> None:
    given = Given(Sink.LOG, "a line", wrapped_in(words)[way].encode())
    (found,) = strays([given])
    assert (found.sink, found.what) == (Sink.LOG, "a line")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_is_found_in_each_sink_where_it_may_not_stand(kind: Kind) -> None:
    for sink in Sink:
        leaks = [Given(sink, "a call", f"so {word} went".encode()) for word in kind.spelled]
        told = [one.kind for one in strays(leaks)]
        assert (kind.name in told) is kind.sought(sink), sink


def test_every_kind_is_sought_in_logs_and_on_pages() -> None:
    """Nothing personal belongs there, whatever the table says of other sinks."""
    assert [kind.name for kind in KINDS if not all(map(kind.sought, (Sink.LOG, Sink.PAGE)))] == []


def test_the_network_hears_of_nobody_but_who_is_answered() -> None:
    told = (Sink.NETWORK, Sink.POSTED, Sink.FILE)
    open_to = [kind.name for kind in KINDS if not all(map(kind.sought, told))]
    assert open_to == ["handle of an author", "id of a colleague"]


def test_none_is_so_short_that_random_bytes_spell_it() -> None:
    short = [word for kind, word in needles() if len(flat(word.encode())) < 8 and not kind.unsought]
    assert short == []


def test_the_one_that_stands_there_is_named() -> None:
    clean, leak = (
        Given(Sink.CHANNEL, "one", b"fine"),
        Given(Sink.CHANNEL, "two", b"4539197731820466"),
    )
    assert strays([clean, leak]) == [Stray("card in a name", Sink.CHANNEL, "two")]
    assert strays([clean]) == []


C, D = "C0BILLING", "D0ANNA"
SINKS = [
    ("chat.postMessage", {"channel": C}, Sink.CHANNEL),
    ("chat.update", {"channel": "G0ANNABEN"}, Sink.CHANNEL),
    ("chat.postMessage", {"channel": D}, Sink.MESSAGE),
    ("chat.postMessage", {"channel": "U0ANNA"}, Sink.MESSAGE),
    ("chat.postEphemeral", {"channel": C, "user": "U0ANNA"}, Sink.MESSAGE),
    ("response_url", {"text": "x", "response_type": "in_channel"}, Sink.CHANNEL),
    ("response_url", {"text": "x", "replace_original": True}, Sink.CHANNEL),
    ("response_url", {"text": "x"}, Sink.MESSAGE),
    ("views.open", {"trigger_id": "t"}, Sink.FORM),
    ("views.publish", {"user_id": "U0ANNA"}, Sink.HOME),
    ("users.info", {"user": "U0ANNA"}, Sink.ASKED),
]


@pytest.mark.parametrize(("method", "args", "sink"), SINKS)
def test_each_call_has_its_sink(method: str, args: dict[str, Any], sink: Sink) -> None:
    assert sink_of(method, args) is sink


async def a_watched_leak(folder: Path, leak: Callable[[Sandbox], object]) -> None:
    sandbox = Sandbox()
    (folder / "data").mkdir()
    async with watched(sandbox, folder, f"sqlite:///{folder / 'usher.db'}"):
        leak(sandbox)


def called(method: str, **args: Any) -> Callable[[Sandbox], object]:
    call = Call(datetime.now(UTC), method, args, {"ok": True})
    return lambda sandbox: sandbox.workspace.journal.append(call)


def answered(**ack: Any) -> Callable[[Sandbox], object]:
    told = Delivery(datetime.now(UTC), "slash_commands", {}, ack, "acked", 1.0)
    return lambda sandbox: sandbox.workspace.journal.append(told)


LEAKS: dict[str, Callable[[Sandbox], object]] = {
    "a channel": called("chat.postMessage", channel=C, blocks=[{"text": {"text": POST_PHONE}}]),
    "a message": called("chat.postEphemeral", channel=C, text=POST_EMAIL),
    "a form": called("views.open", view=json.dumps({"title": AUTHOR_CARD})),
    "an answer": answered(response_action="errors", errors={"words": POST_CARD}),
    "a question": called("users.lookupByEmail", email=COLLEAGUE_EMAIL),
    "the log": lambda _: structlog.get_logger().info("x", reason=AUTHOR_PHONE),
    "a library": lambda _: logging.getLogger("anna berg").error("x"),
}


@pytest.mark.parametrize("where", LEAKS)
async def test_a_house_that_leaks_fails(tmp_path: Path, where: str) -> None:
    with pytest.raises(AssertionError, match=" in "):
        await a_watched_leak(tmp_path, LEAKS[where])


FILES = {"usher.db": Sink.DATABASE, "data/desk.jsonl": Sink.DESK, "spool": Sink.FILE}


@pytest.mark.parametrize("name", FILES)
async def test_a_file_that_holds_one_fails(tmp_path: Path, name: str) -> None:
    def leak(_: Sandbox) -> None:
        (tmp_path / name).write_bytes(b"\x00\x01" + BIO.encode() + b"\xff")

    with pytest.raises(AssertionError, match=f"profile of an author in {FILES[name]}"):
        await a_watched_leak(tmp_path, leak)


async def test_a_house_that_keeps_to_the_table_does_not(tmp_path: Path) -> None:
    shown = f"Jane Doe {AUTHOR_NAME} [e-mail k•••@post.example], held by Anna Berg"
    await a_watched_leak(tmp_path, called("chat.postMessage", channel=C, text=shown))
    assert [key for key in logging.root.handlers if type(key).__module__ == "bot.logs"] == []


async def test_rows_of_postgres_are_read_as_they_stand() -> None:
    database_url = fresh_database()
    body = json.dumps({"who": POST_EMAIL}).encode()
    columns = "uid, at, actor, action, effect, rule, policy, body, salt, leaf"
    values = f"'u', 1, 'x', 'x', 'x', 'x', 'x', '\\x{body.hex()}', '', ''"
    await rows(database_url, f"INSERT INTO audit_events ({columns}) VALUES ({values})")  # noqa: S608  a test's own words
    (found,) = strays(await database(database_url))
    assert (found.kind, found.what) == ("e-mail in a post", "audit_events")
