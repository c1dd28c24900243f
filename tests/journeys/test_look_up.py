"""What a look-up must never tell: another person's cases, who is a customer, a basis withdrawn."""

from dataclasses import replace

from structlog.testing import capture_logs

from bot.model.audit import AuditEntry
from bot.model.case import NewCase
from bot.model.ids import DecisionId
from bot.model.person import CLOCKWORK
from storage.unit_of_work import Records, UnitOfWork
from tests.running import Running, case_number, heard
from tests.storage.samples import a_case


async def opened(house: Running, case: NewCase) -> int:
    def work(unit: UnitOfWork) -> int:
        unit.commit(AuditEntry("case.brought_in", CLOCKWORK.key))
        return unit.cases.open_many([case])[0]

    return await house.usher.rooms.db.write(work)


async def look_up(house: Running, handle: str) -> str:
    """What Anna hears who holds the case; the handle and its number made the same for everyone."""
    anna = await house.enrolled("anna")
    await house.sandbox.x.posts(handle, f"@acme hello from {handle}")
    card = await anna.sees(f"hello from {handle}", channel="#care-general", timeout=10)
    await anna.types(f"/claim {case_number(card)}")
    said = heard(await anna.types(f"/lookup @{handle}"))
    return said.replace(f"@{handle}", "@X").replace(str(case_number(card)), "N")


async def rewrite(house: Running, old: str, new: str) -> None:
    file = house.home / "customers.csv"
    words = file.read_text(encoding="utf-8")
    assert old in words
    file.write_text(words.replace(old, new), encoding="utf-8")
    await house.usher.import_customers()


async def withdrawn(house: Running) -> list[tuple[tuple[str, str], ...]]:
    def work(unit: Records) -> list[tuple[tuple[str, str], ...]]:
        events = [unit.audit.get(DecisionId(number)) for number in range(1, 200)]
        entries = [event.entry for event in events if event is not None]
        return [entry.facts for entry in entries if entry.action == "link.withdrawn"]

    return await house.usher.rooms.db.read(work)


async def test_earlier_cases_are_those_of_the_person_not_of_the_handle(house: Running) -> None:
    jane = replace(a_case().author, network="x", user_id="2001", handle="jane")
    hers = await opened(house, a_case(author=jane))
    for somebody_else in ("1999", ""):
        await opened(house, a_case(author=replace(jane, user_id=somebody_else)))
    said = await look_up(house, "jane")
    assert "is on file" in said
    assert said.count("Earlier case") == 1
    assert f"Earlier case {hers}" in said


async def test_a_directory_that_is_away_does_not_tell_who_is_a_customer(house: Running) -> None:
    file = house.home / "customers.csv"
    file.unlink()
    with capture_logs() as lines:
        linked, stranger = await look_up(house, "jane"), await look_up(house, "stranger")
        file.write_text("no,such,table\n", encoding="utf-8")
        broken = await look_up(house, "mia")
    assert linked == stranger == broken
    assert "Nothing is on file" in linked
    told = [line for line in lines if line["event"] == "lookup.directory_away"]
    away = {"event": "lookup.directory_away", "party": "csv_file", "log_level": "warning"}
    assert told == [away, away]


async def test_a_basis_withdrawn_ends_the_link(house: Running) -> None:
    await rewrite(house, ",customer_provided,2026-01,", ",,,")
    assert "Nothing is on file" in await look_up(house, "jane")
    assert "is on file" in await look_up(house, "mia")
    assert await withdrawn(house) == [(("count", "1"),)]


async def test_a_link_no_directory_brings_any_more_ends(house: Running) -> None:
    heading = (house.home / "customers.csv").read_text(encoding="utf-8").splitlines()[0]
    (house.home / "customers.csv").write_text(f"{heading}\n", encoding="utf-8")
    await house.usher.import_customers()
    assert "Nothing is on file" in await look_up(house, "jane")
    assert await withdrawn(house) == [(("count", "2"),)]
    await house.usher.import_customers()
    assert len(await withdrawn(house)) == 1
