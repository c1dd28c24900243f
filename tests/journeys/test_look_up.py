"""What a look-up must never tell: another person's cases, who is a customer, a basis withdrawn."""

from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.care.customers import half
from bot.model.audit import AuditEntry
from bot.model.case import NewCase
from bot.model.ids import DecisionId
from bot.model.person import CLOCKWORK
from bot.sandbox.driver import Person, View
from storage.unit_of_work import Records, UnitOfWork
from tests.faults.databases import count
from tests.faults.waiting import until
from tests.journeys.hurried import all_delivered
from tests.running import Page, Running, case_number, heard, running
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


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("jane.doe@example.com", "j•••@example.com"),
        ("Jane Doe", "J••• D•••"),
        ("@janehandle", "@•••"),
        ("pass@word secret", "p••• s•••"),
        ("jane@localhost", "j•••"),
        ("a@b@example.com", "a•••"),
        (" ", ""),
    ],
)
def test_behind_the_sign_stands_a_domain_of_an_address_alone(value: str, shown: str) -> None:
    assert half(value) == shown


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


async def test_who_may_not_look_up_leaves_the_directory_alone(house: Running) -> None:
    """Neither is X asked who bears the handle, nor is a customer's record opened in vain."""
    anna, ben = await house.enrolled("anna"), house.person("ben")
    await house.sandbox.x.posts("jane", "@acme hello from jane")
    card = await anna.sees("hello from jane", channel="#care-general", timeout=10)
    number = case_number(card)
    heard(await anna.types(f"/claim {number}"))
    heard(await anna.types(f"/case pass {number} @ben"))
    (house.home / "customers.csv").unlink()
    with capture_logs() as lines:
        assert isinstance(await ben.types("/lookup @jane"), View), "the guidebook, and no answer"
    assert "lookup.directory_away" not in [line["event"] for line in lines]


async def test_a_consent_of_another_text_opens_no_record(house: Running) -> None:
    await rewrite(house, ",customer_provided,2026-01,", ",customer_provided,2019-01,")
    outdated, stranger = await look_up(house, "jane"), await look_up(house, "stranger")
    assert outdated == stranger
    assert "Nothing is on file" in outdated


async def test_a_number_is_shown_to_the_role_it_is_opened_to_and_a_card_to_nobody(
    house: Running,
) -> None:
    await rewrite(house, "home; liability", "home 4111 1111 1111 1111")
    sam = await house.enrolled("sam")
    await sam.types("/case new @jane wants to change her address")
    said = heard(await sam.types("/lookup @jane"))
    assert "Policy number: HO-558-201" in said
    assert "Lines of business: home [card" in said
    assert "4111 1111" not in said
    assert "Policy number" not in await look_up(house, "jane")


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


async def test_a_look_at_whom_one_brought_in_oneself_is_told_once(
    tmp_path: Path, database_url: str
) -> None:
    def change(page: Page) -> None:
        page["roles"]["privacy"] = ["U0CORA"]

    async with running(tmp_path, database_url, change=change) as house:
        await house.usher.care.roles.look()
        anna, cora = await house.enrolled("anna"), house.person("cora")
        await look_up(house, "mia")
        opened_it = heard(await anna.types("/case new @jane I am curious"))
        number = opened_it.partition("Case ")[2].split()[0]
        for _ in range(2):
            assert "@jane" in heard(await anna.types("/lookup @jane"))
        told = f"Anna Berg (account U0ANNA) brought case {number} in, and has looked"
        await cora.sees(told, channel="@usher", timeout=10)
        await all_delivered(house)
        seen = [each.words for each in cora.messages("@usher") if "has looked" in each.words]
        assert len(seen) == 1


def named(person: Person, words: str) -> bool:
    shown = [each.words for each in person.messages("#care-general") if words in each.words]
    return any("Jane" in each for each in shown)


async def test_one_customer_stays_one_who_is_brought_in_twice(
    house: Running, database_url: str
) -> None:
    await house.card("jane", "@acme hello from jane", channel="#care-general", seen="hello from")
    anna = await house.enrolled("anna")
    said = heard(await anna.types("/case new @jane wants an offer"))
    assert "@jane has case 1 (waits for someone)" in said
    assert "/case merge 2 into 1" in said
    said = heard(await anna.types("/case new @JANE wrote to me again"))
    assert "Case 3 is open and yours." in said
    assert "@JANE has case 1 (waits for someone) and case 2 (yours)" in said
    # Nobody was renamed by what a colleague typed.
    assert "Case 2: @jane, " in heard(await anna.types("/case 2"))
    form = await anna.types("/case merge 2 into 3")
    assert isinstance(form, View)
    assert "It is not known whether these are one customer." in form.words
    assert "is on file" in heard(await anna.types("/lookup jane"))
    for number in (2, 3):
        assert f"Case {number}: Jane" in heard(await anna.types(f"/case {number}"))
    await until(lambda: named(anna, "wants an offer") and named(anna, "wrote to me again"))
    assert await count(database_url, "audit_events WHERE action = 'case.identified'") == 2
    assert "Case 2 goes on in case 3." in heard(await anna.types("/case merge 2 into 3"))
    ours = heard(await anna.types("/case new @Acme about ourselves"))
    assert "@Acme is our own account on X" in ours
