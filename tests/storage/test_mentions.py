"""Public posts: each kept once, masked in clear and sealed as it was."""

from datetime import timedelta

from sqlalchemy import select

from bot.model.mention import Author, SetAside
from storage import tables
from storage.database import Database
from storage.vault import Vault
from tests.storage.samples import START, a_case, a_mention, author, guarded, opened, written


async def test_a_mention_comes_back_masked(db: Database) -> None:
    (case_id,) = await opened(db)
    await written(db, lambda unit: unit.mentions.add_many([a_mention(case_id)]))
    (mention,) = await db.read(lambda unit: unit.mentions.of_case(case_id))
    assert (mention.case_id, mention.network, mention.external_id) == (case_id, "x", "post-1")
    assert mention.words == "my bill 1 is wrong, write to [e-mail]"
    assert mention.author == author(1)
    assert mention.created_at == START - timedelta(minutes=5)
    assert mention.permalink == "https://x.com/customer_1/status/1"


async def test_what_was_said_stays_under_seal(db: Database, vault: Vault) -> None:
    (case_id,) = await opened(db)
    await written(db, lambda unit: unit.mentions.add_many([a_mention(case_id)]))
    sealed = await db.read(lambda unit: unit.conn.scalar(select(tables.mentions.c.words_sealed)))
    assert b"example.org" not in sealed
    assert vault.open(sealed, place="mentions.words/x/post-1") == "me@example.org"


async def test_the_newest_are_shown_in_the_order_they_were_said(db: Database) -> None:
    (case_id,) = await opened(db)
    said = [
        a_mention(case_id, number, created_at=START + timedelta(minutes=minute))
        for number, minute in ((1, 3), (2, 1), (3, 2), (4, 4))
    ]
    await written(db, lambda unit: unit.mentions.add_many(said))
    shown = await db.read(lambda unit: unit.mentions.of_case(case_id, 3))
    assert [mention.external_id for mention in shown] == ["post-3", "post-1", "post-4"]


async def test_known_tells_what_was_seen_on_that_network(db: Database) -> None:
    (case_id,) = await opened(db)
    await written(db, lambda unit: unit.mentions.add_many([a_mention(case_id, n) for n in (1, 2)]))
    asked = ["post-1", "post-3", "post-1", 'it\'s "post-2"']
    assert await db.read(lambda unit: unit.mentions.known("x", asked)) == {"post-1"}
    assert await db.read(lambda unit: unit.mentions.known("mastodon", asked)) == set()
    assert await db.read(lambda unit: unit.mentions.known("x", [])) == set()


async def test_an_author_is_kept_once_and_renamed(db: Database) -> None:
    (case_id,) = await opened(db, a_case(1))
    renamed = Author("x", "1001", "new_handle", "New Name")
    await written(
        db,
        lambda unit: unit.mentions.add_many(
            [a_mention(case_id, 2, author=renamed, name=guarded("New [phone ••47]"))]
        ),
    )
    case = await db.read(lambda unit: unit.cases.get(case_id))
    assert case is not None
    assert case.author == Author("x", "1001", "new_handle", "New [phone ••47]")
    assert await db.read(lambda unit: len(unit.conn.execute(select(tables.authors)).all())) == 1


async def test_an_author_with_a_handle_alone_has_no_id(db: Database) -> None:
    nobody = Author("x", "", "Someone", "")
    first, second = await opened(
        db, a_case(1, author=nobody), a_case(2, author=Author("x", "", "@someone", ""))
    )
    cases = await db.read(lambda unit: (unit.cases.get(first), unit.cases.get(second)))
    assert [case.author.user_id for case in cases if case] == ["", ""]
    assert await db.read(lambda unit: len(unit.conn.execute(select(tables.authors)).all())) == 1


async def test_what_could_not_be_read_is_kept_whole(db: Database, vault: Vault) -> None:
    aside = SetAside("x", b"\x00\xff{half a pos", "not JSON")
    assert await written(db, lambda unit: unit.mentions.set_aside([aside])) == 1
    # An overlapping fetch shows the same item again.
    assert await written(db, lambda unit: unit.mentions.set_aside([aside, aside])) == 0
    assert await db.read(lambda unit: unit.mentions.set_aside_count()) == 1
    sealed = await db.read(lambda unit: unit.conn.scalar(select(tables.set_aside.c.raw_sealed)))
    assert vault.open_bytes(sealed, place="set_aside.raw") == aside.raw


async def test_nothing_to_keep_changes_nothing(db: Database) -> None:
    def nothing(unit):
        unit.mentions.add_many([])
        unit.mentions.set_aside([])
        return unit.wrote

    assert await db.write(nothing) is False
