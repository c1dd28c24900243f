"""Colleagues, the guidebook's ambassadors, and the ledger of links."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.model.customer import Basis, HandleLink
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import ANNA, BEN, LINE, written

LINK = HandleLink(
    network="x",
    network_user_id="2001",
    handle="jane",
    customer_id="C-77",
    basis=Basis.CUSTOMER_PROVIDED,
    consent_version="2026-01",
    linked_at=datetime(2026, 2, 3, 9, tzinfo=UTC),
    linked_by="import",
)


async def test_a_colleague_is_known_by_the_name_seen_last(db: Database) -> None:
    await written(db, lambda unit: unit.people.seen(ANNA))
    await written(db, lambda unit: unit.people.seen(replace(ANNA, name="Anna Holm")))
    assert await db.read(lambda unit: unit.people.name(ANNA.key)) == "Anna Holm"
    assert await db.read(lambda unit: unit.people.name(BEN.key)) == ""


async def test_a_name_that_is_no_news_changes_nothing(db: Database) -> None:
    await written(db, lambda unit: unit.people.seen(ANNA))

    def again(unit: UnitOfWork) -> bool:
        unit.people.seen(ANNA)
        return unit.wrote

    assert await db.write(again) is False


async def test_the_version_accepted_last_counts(db: Database) -> None:
    assert await db.read(lambda unit: unit.ambassadors.accepted(ANNA.key)) is None
    for who, version in ((ANNA, "v1"), (ANNA, "v2"), (BEN, "v1")):
        await written(db, lambda unit, p=who, v=version: unit.ambassadors.accept(p, v))
    accepted = await db.read(lambda unit: unit.ambassadors.accepted(ANNA.key))
    assert accepted is not None
    assert accepted.version == "v2"
    assert await db.read(lambda unit: unit.ambassadors.count()) == 2


async def test_a_link_comes_back_for_its_network_and_id_alone(db: Database) -> None:
    assert await written(db, lambda unit: unit.links.put_many([LINK])) == 1
    assert await db.read(lambda unit: unit.links.find("x", "2001")) == LINK
    assert await db.read(lambda unit: unit.links.find("x", "2002")) is None
    assert await db.read(lambda unit: unit.links.find("mastodon", "2001")) is None


async def test_links_are_brought_up_to_date(db: Database) -> None:
    newer = replace(LINK, handle="jane_doe", consent_version="2026-02")
    other = replace(LINK, network_user_id="2002", customer_id="C-78")
    await written(db, lambda unit: unit.links.put_many([LINK]))
    assert await written(db, lambda unit: unit.links.put_many([LINK, other, newer])) == 2
    assert await db.read(lambda unit: unit.links.find("x", "2001")) == newer
    assert await db.read(lambda unit: unit.links.count()) == 2
    assert await written(db, lambda unit: unit.links.put_many([])) == 0


async def test_a_thousand_links_at_once(db: Database) -> None:
    many = [replace(LINK, network_user_id=str(number)) for number in range(1000)]

    def work(unit: UnitOfWork) -> int:
        unit.commit(LINE)
        return unit.links.put_many(many)

    assert await db.write(work) == 1000
    assert await db.read(lambda unit: unit.links.count()) == 1000
