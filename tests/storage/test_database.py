"""Opening a database, and its bad days."""

import asyncio
import stat
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.dialects import sqlite

from bot.errors import Misconfigured, Unavailable
from bot.model.clock import utc_now
from storage.cases import THREADS
from storage.database import Database, migrate
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from tests.storage.samples import ANNA, KEY, LINE, a_mention, opened, person, written


async def test_opened_again_with_the_same_key(url: str, vault: Vault) -> None:
    for name in ("first", "second"):
        db = await Database.open(url, vault=vault, clock=utc_now)
        await db.technical(lambda unit, to=name: unit.cursors.move("x", to))
        await db.close()


async def test_another_key_is_refused_at_the_start(url: str, db: Database) -> None:
    other = Vault(bytes(reversed(KEY)))
    with pytest.raises(Misconfigured, match="another vault key"):
        await Database.open(url, vault=other, clock=utc_now)


async def test_a_database_without_tables_says_what_to_do(empty_url: str, vault: Vault) -> None:
    with pytest.raises(Misconfigured, match="python -m bot migrate"):
        await Database.open(empty_url, vault=vault, clock=utc_now)


async def test_a_database_of_another_version_says_so(url: str, db: Database, vault: Vault) -> None:
    older = "UPDATE alembic_version SET version_num = '0000'"
    await db.technical(lambda unit: unit.conn.exec_driver_sql(older) and None)
    with pytest.raises(Misconfigured, match="is at version 0000"):
        await Database.open(url, vault=vault, clock=utc_now)


async def test_a_server_that_is_not_there_is_unavailable(vault: Vault) -> None:
    with pytest.raises(Unavailable):
        await Database.open(
            "postgresql://nobody:@/nowhere?host=/nonexistent", vault=vault, clock=utc_now
        )


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
async def test_a_database_in_memory_is_refused(url: str, vault: Vault) -> None:
    with pytest.raises(Misconfigured, match="must be a file"):
        await Database.open(url, vault=vault, clock=utc_now)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear customer, this is no database at all.", encoding="utf-8")
    with pytest.raises(Misconfigured, match="no SQLite database"):
        migrate(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8").startswith("Dear customer")


class TestSqlite:
    @pytest.fixture
    def engine(self) -> str:
        return "sqlite"

    async def test_the_file_is_its_owners_alone(self, url: str, db: Database) -> None:
        await db.technical(lambda unit: unit.cursors.move("x", "1"))
        home = Path(make_url(url).database or "").parent
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
        assert set(modes.values()) == {0o600}, modes

    async def test_threading_does_not_walk_through_every_open_case(self, db: Database) -> None:
        query = str(THREADS["sqlite"].compile(dialect=sqlite.dialect()))
        explain, values = f"EXPLAIN QUERY PLAN {query}", ("x", '["1"]', "open")
        steps = await db.read(
            lambda unit: [row[3] for row in unit.conn.exec_driver_sql(explain, values)]
        )
        assert steps[0] == (
            "SEARCH cases USING INDEX ix_cases_author_id_state (author_id=? AND state=?)"
        )

    async def test_a_full_disk_fails_its_group_and_passes(self, db: Database) -> None:
        async def limit(pages: int) -> None:
            pragma = f"PRAGMA max_page_count = {pages}"
            await db.technical(lambda unit: unit.conn.exec_driver_sql(pragma).all())

        await limit(1)
        big = [person(f"U{number}") for number in range(3000)]

        def fill(unit: UnitOfWork) -> None:
            unit.commit(LINE)
            for one in big:
                unit.people.seen(one)

        outcomes = await asyncio.gather(
            *(
                written(db, lambda unit, n=n: unit.ambassadors.accept(person(f"V{n}"), "v1"))
                for n in range(3)
            ),
            db.write(fill),
            return_exceptions=True,
        )
        assert isinstance(outcomes[-1], Unavailable)
        kept = await db.read(lambda unit: unit.ambassadors.count())
        assert kept == sum(outcome is None for outcome in outcomes)
        await limit(2**30)
        await db.write(fill)
        assert await db.read(lambda unit: unit.people.name(big[-1].key)) == big[-1].name

    async def test_somebody_elses_lock_is_unavailable(self, url: str, db: Database) -> None:
        other = await Database.open(url, vault=Vault(KEY), clock=utc_now)
        await other.technical(
            lambda unit: unit.conn.exec_driver_sql("PRAGMA busy_timeout = 20").all()
        )
        loop = asyncio.get_running_loop()

        def holds_the_lock(unit: UnitOfWork) -> Unavailable:
            waiting = asyncio.run_coroutine_threadsafe(
                other.technical(lambda unit: unit.cursors.move("x", "2")), loop
            )
            with pytest.raises(Unavailable, match="locked") as told:
                waiting.result(5)
            return told.value

        assert (await db.write(holds_the_lock)).party == "database"
        await other.technical(lambda unit: unit.cursors.move("x", "3"))
        await other.close()


class TestPostgres:
    @pytest.fixture
    def engine(self) -> str:
        return "postgresql"

    async def test_lost_connections_are_made_anew(self, db: Database) -> None:
        nap = "SELECT pg_sleep(0.05)"
        await asyncio.gather(
            *(db.read(lambda unit: unit.conn.exec_driver_sql(nap) and None) for _ in range(8))
        )
        kill = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await db.technical(lambda unit: unit.conn.exec_driver_sql(kill).all())
        await asyncio.gather(*(written(db, lambda unit: unit.people.seen(ANNA)) for _ in range(8)))
        assert await db.read(lambda unit: unit.people.name(ANNA.key)) == ANNA.name

    async def test_a_lost_connection_in_the_middle_starts_the_work_again(
        self, db: Database
    ) -> None:
        tries: list[int] = []

        def work(unit: UnitOfWork) -> None:
            unit.commit(LINE)
            tries.append(len(tries))
            if len(tries) == 1:
                unit.conn.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
            unit.people.seen(ANNA)

        await db.write(work)
        assert tries == [0, 1]
        assert (await db.read(lambda unit: unit.audit.verify())).checked == 1

    async def test_a_deadlock_is_tried_again(self, db: Database) -> None:
        for number in (1, 2):
            await written(db, lambda unit, n=number: unit.ambassadors.accept(person(f"U{n}"), "v0"))
        tries: list[str] = []

        def both(first: str, second: str):
            def work(unit: UnitOfWork) -> None:
                tries.append(first)
                unit.commit(LINE)
                unit.ambassadors.accept(person(first), "v1")
                unit.conn.exec_driver_sql("SELECT pg_sleep(0.2)")
                unit.ambassadors.accept(person(second), "v1")

            return work

        await asyncio.gather(db.write(both("U1", "U2")), db.write(both("U2", "U1")))
        assert len(tries) == 3

    async def test_two_who_keep_the_same_post_agree(self, db: Database) -> None:
        """Each looks first; who comes second looks again and finds it."""
        (case_id,) = await opened(db)

        def keep(unit: UnitOfWork) -> int:
            unit.commit(LINE)
            known = unit.mentions.known("x", ["post-1"])
            unit.conn.exec_driver_sql("SELECT pg_sleep(0.1)")
            if not known:
                unit.mentions.add_many([a_mention(case_id)])
            return len(known)

        assert sorted(await asyncio.gather(db.write(keep), db.write(keep))) == [0, 1]
