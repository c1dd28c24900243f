"""check and audit verify look at the database, say what stops a start, and change nothing."""

import asyncio
import ctypes
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot import manual
from bot.errors import Misconfigured, Unavailable
from tests.commands.operator import Operator
from tests.faults.databases import count, rows
from tests.postgres import fresh_database
from tests.running import write_home

OTHER_KEY = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktISE="
DROP_FROM_BOUNDING_SET, DAC_OVERRIDE = 24, 1

KILLED = """
import os, sqlite3, sys
conn = sqlite3.connect(sys.argv[1])
conn.execute("PRAGMA wal_autocheckpoint = 0")
conn.execute("INSERT INTO cursors VALUES ('somewhere', '1', 1)")
conn.commit()
os._exit(9)
"""
"""Leaves SQLite's log and its index beside the file, with a row that stands only there."""


def found(home: Path) -> dict[str, tuple[bytes, int]]:
    """Each file's content and when it was changed, but for the index, which readers use too."""
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in home.iterdir()
        if path.is_file() and not path.name.endswith("-shm")
    }


async def test_a_database_in_use_is_well_and_stays_as_it_is(
    operator: Operator, database_url: str
) -> None:
    for prepared in (None, manual.migrate_database, manual.import_customers):
        if prepared is not None:
            await operator.does(prepared, DATABASE_URL=database_url)
        before = found(operator.home)
        said = await operator.does(manual.check, DATABASE_URL=database_url)
        assert (said.code, said.out.count("✗")) == (0, 0), said.out
        assert found(operator.home) == before
    assert await count(database_url, "links") == 2


async def test_a_database_of_another_key_or_of_tomorrow_is_named(
    operator: Operator, database_url: str
) -> None:
    await operator.does(manual.import_customers, DATABASE_URL=database_url)
    other = {"DATABASE_URL": database_url, "USHER_VAULT_KEY": OTHER_KEY}
    said = await operator.does(manual.check, **other)
    assert (said.code, said.out.count("✗")) == (1, 1)
    assert "another vault key" in said.out
    await rows(database_url, "UPDATE alembic_version SET version_num = '9999'")
    said = await operator.does(manual.check, DATABASE_URL=database_url)
    assert (said.code, said.out.count("✗")) == (1, 1)
    assert "is at version 9999, of a newer Usher" in said.out


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://usher:pass-word@127.0.0.1:9/usher", "The database cannot be reached"),
        ("postgresql://usher:pass-word@127.0.0.1:9/u?sslmode=require", "The database cannot be"),
        ("postgresql://usher:pass-word@db/u?sslmode=strict", "expected one of disable, allow, pre"),
        ("postgresql://u:pass-word@db/u?channel_binding=require", "channel_binding is not known"),
        ("postgresql://u:pass-word@db/u?sslmode=verify-full&sslrootcert=/no", "sslrootcert is not"),
        ("postgresql://u:pass-word@db/u?sslmode=disable&sslmode=allow", "sslmode stands twice"),
        ("sqlite:///:memory:", "The database must be a file"),
        ("sqlite:///{home}/guidebook.md", "it is no SQLite database"),
        ("sqlite:///{home}/guidebook.md/usher.db", "is no folder"),
        ("sqlite:///{home}/dta/usher.db", "dta is not there: make it, or mend the address"),
        ("sqlite:///{home}/damaged.db", "its file is no SQLite database"),
        ("sqlite:///{home}", "cannot be read: Is a directory"),
    ],
)
async def test_check_names_a_database_that_cannot_be_one(
    operator: Operator, address: str, sentence: str
) -> None:
    (operator.home / "damaged.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
    before = found(operator.home)
    said = await operator.does(manual.check, DATABASE_URL=address.format(home=operator.home))
    assert (said.code, said.out.count("✗")) == (1, 1), said.out
    assert sentence in said.out
    assert "pass-word" not in said.out
    assert found(operator.home) == before


async def test_a_mistyped_folder_is_not_made(operator: Operator) -> None:
    before = sorted(operator.home.rglob("*"))
    mistyped = f"sqlite:///{operator.home}/dta/data/usher.db"
    with pytest.raises(Misconfigured, match="dta/data is not there"):
        await operator.does(manual.migrate_database, DATABASE_URL=mistyped)
    assert sorted(operator.home.rglob("*")) == before


async def test_the_usual_folder_is_made_by_the_start(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = operator.home / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    usual = {"DATABASE_URL": "sqlite:///data/usher.db"}
    assert (await operator.does(manual.check, **usual)).out.count("✗") == 0
    assert not (elsewhere / "data").exists()
    assert (await operator.does(manual.migrate_database, **usual)).code == 0
    assert (elsewhere / "data" / "usher.db").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"database": "nowhere"}, "no database of the name"),
        ({"username": "stranger"}, "refuses the user or the password"),
    ],
)
async def test_a_server_that_refuses_the_address_is_a_sentence(
    operator: Operator, change: dict[str, str], sentence: str
) -> None:
    url = make_url(fresh_database()).set(**change).render_as_string(hide_password=False)
    said = await operator.does(manual.check, DATABASE_URL=url)
    assert (said.code, said.out.count("✗")) == (1, 1)
    assert sentence in said.out
    with pytest.raises(Misconfigured, match=sentence):
        await operator.does(manual.migrate_database, DATABASE_URL=url)


async def test_the_words_for_tls_in_an_address_are_understood(
    operator: Operator, tmp_path: Path
) -> None:
    """As most who keep a PostgreSQL for others hand them out."""
    url = f"{fresh_database()}&sslmode=prefer"
    said = await operator.does(manual.check, DATABASE_URL=url)
    assert (said.code, said.out.count("✗")) == (0, 0), said.out
    (tmp_path / "root.pem").write_text("no certificate", encoding="ascii")
    trusted = f"verify-full&sslrootcert={tmp_path / 'root.pem'}"
    server = await asyncio.start_server(speaks_no_tls, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        for way, sentence in (("require", "rejected SSL upgrade"), (trusted, "no certificate")):
            address = {"DATABASE_URL": f"postgresql://usher@127.0.0.1:{port}/u?sslmode={way}"}
            said = await operator.does(manual.check, **address)
            assert (said.code, said.out.count("✗")) == (1, 1), said.out
            assert sentence in said.out
            with pytest.raises(Unavailable, match=sentence):
                await operator.does(manual.migrate_database, **address)


async def speaks_no_tls(asks: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
    await asks.read(8)
    answers.write(b"N")
    await answers.drain()
    answers.close()


async def test_what_a_kill_left_behind_is_read_along(operator: Operator) -> None:
    await operator.does(manual.import_customers)
    await killed(operator.home / "usher.db")
    before = found(operator.home)
    for work in (manual.check, manual.verify_audit):
        assert (await operator.does(work)).code == 0
        assert found(operator.home) == before
    assert await count(operator.environment()["DATABASE_URL"], "cursors") == 1


@pytest.fixture
def shelf(operator: Operator) -> Iterator[Operator]:
    """An operator who may read the home and not write it, be the tests' user root or not."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_home(home)
        yield replace(operator, home=home, first=bound if os.geteuid() == 0 else None)
        home.chmod(0o700)


def bound() -> None:
    """From here on even root heeds a file's permissions."""
    ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, DAC_OVERRIDE, 0, 0, 0)


def put_away(home: Path) -> None:
    for path in home.iterdir():
        path.chmod(0o555 if path.is_dir() else stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
    home.chmod(0o555)


@pytest.mark.parametrize("left", ["in order", "after a kill"])
async def test_an_auditor_reads_from_a_read_only_disk(shelf: Operator, left: str) -> None:
    await shelf.does(manual.import_customers)
    if left == "after a kill":
        await killed(shelf.home / "usher.db")
    put_away(shelf.home)
    before = found(shelf.home)
    verified, checked = await asyncio.gather(shelf.types("audit", "verify"), shelf.types("check"))
    assert (verified.code, verified.err) == (0, ""), verified
    assert "1 line checked" in verified.out
    assert checked.code == 1
    assert f"✗ DATABASE_URL: {shelf.home} cannot be written" in checked.out
    assert found(shelf.home) == before


async def test_nobody_works_on_a_read_only_disk(shelf: Operator) -> None:
    await shelf.does(manual.import_customers)
    put_away(shelf.home)
    before = found(shelf.home)
    for said in await asyncio.gather(shelf.types("run"), shelf.types("import-customers")):
        assert said.code == 2
        assert f"DATABASE_URL: {shelf.home} cannot be written" in said.err
    assert found(shelf.home) == before


async def test_a_folder_that_cannot_be_written_holds_no_new_database(shelf: Operator) -> None:
    put_away(shelf.home)
    said = await shelf.types("check", DATABASE_URL=f"sqlite:///{shelf.home}/new.db")
    assert said.code == 1
    assert f"✗ DATABASE_URL: {shelf.home} cannot be written" in said.out


async def killed(file: Path) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, str(file))
    assert await process.wait() == 9
    assert file.with_name("usher.db-wal").stat().st_size > 0
