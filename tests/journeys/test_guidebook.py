"""The guidebook: what it shows, what changed since it was accepted, and who reads it again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.compliance import profile_text
from bot.sandbox.driver import Message, Person, View
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.running import PROJECT, Page, Running, Wandering, case_number, heard, running
from tests.storage.samples import written

CHANNEL = "#care-billing"
SHIPPED = (PROJECT / "guidebook.md").read_text(encoding="utf-8")
NEWER = SHIPPED.replace("Every look-up is on record.", "Every look-up is on record, for good.")
NEWER += "\nAsk before you send a picture.\n"


def another_book(home: Path, text: str) -> Callable[[Page], None]:
    """As if the file had been edited; each test's house begins with the shipped one."""
    (home / "newer.md").write_text(text, encoding="utf-8")

    def change(page: Page) -> None:
        page["charter"]["guidebook"] = "newer.md"

    return change


async def opened(person: Person) -> View:
    shown = await person.types("/usher enroll")
    assert isinstance(shown, View)
    return shown


def told(person: Person) -> list[Message]:
    said = person.messages(f"@{person.person.name}")
    return [one for one in said if "read the guidebook once more" in one.words]


async def test_it_names_the_house_and_what_its_policy_asks_for(house: Running) -> None:
    words = (await opened(house.person("anna"))).words
    assert "an ambassador of Acme Insurance through Usher" in words
    assert "– {name}, works at Acme" in words
    assert "A second person looks at your answer" in words
    assert "Since you accepted it" not in words


async def test_a_lighter_policy_leaves_out_what_it_does_not_ask(
    tmp_path: Path, database_url: str
) -> None:
    def shelter(page: Page) -> None:
        page["policy"]["profile"] = "shelter"

    async with running(tmp_path, database_url, change=shelter) as house:
        shown = await opened(house.person("anna"))
        assert "Greet first" in shown.words
        assert "second person" not in shown.words
        assert shown.labels == []


async def test_what_changed_is_shown_and_told_once(tmp_path: Path, database_url: str) -> None:
    async with running(tmp_path, database_url) as house:
        await house.enrolled("anna")
    change = another_book(tmp_path, NEWER)
    async with running(tmp_path, database_url, change=change) as house:
        anna, ben = house.person("anna"), await house.enrolled("ben")
        message = await anna.sees("read the guidebook once more", channel="@anna", timeout=10)
        assert "New: Ask before you send a picture." in message.words
        home = await anna.opens_home()
        assert home is not None
        assert "The guidebook, once more" in home.words
        assert "New: Ask before you send a picture." in home.words
        shown = await opened(anna)
        assert "Since you accepted it" in shown.words
        assert "Changed: Look a customer up only while you hold their case" in shown.words
        assert "Greet first" not in shown.words.partition("How we help customers")[0]
        await anna.submits(shown, {})
        assert "in force" in heard(await anna.types("/usher enroll"))
        await house.usher.care.rereading.look()
        assert (len(told(anna)), told(ben)) == (1, [])
    said = "audit_events WHERE action = 'guidebook.announced'"
    assert await count(database_url, said) == 1
    async with running(tmp_path, database_url, change=change) as house:
        assert "in force" in heard(await house.person("anna").types("/usher enroll"))
    assert await count(database_url, said) == 1


async def test_after_a_year_nothing_is_new_and_it_is_told_once(
    tmp_path: Path, database_url: str
) -> None:
    clock = Wandering()
    clock.off = timedelta(days=-366)
    async with running(tmp_path, database_url, clock=clock) as house:
        await house.enrolled("anna")
    async with running(tmp_path, database_url) as house:
        anna = house.person("anna")
        message = await anna.sees("read the guidebook once more", channel="@anna", timeout=10)
        assert "more than 365 days ago" in message.words
        shown = await opened(anna)
        assert "Nothing changed, but you accepted it more than 365 days ago." in shown.words
        await anna.submits(shown, {})
        await house.usher.care.rereading.look()
        assert len(told(anna)) == 1


async def test_who_is_told_in_the_morning_is_told_then(tmp_path: Path, database_url: str) -> None:
    async with running(tmp_path, database_url) as house:
        anna = await house.enrolled("anna")
        home = await anna.opens_home()
        assert home is not None
        form = await anna.clicks("Change", on=home)
        assert isinstance(form, View)
        await anna.submits(form, {"how": "digest"})
    change = another_book(tmp_path, NEWER)
    async with running(tmp_path, database_url, change=change) as house:

        async def announced() -> bool:
            line = "audit_events WHERE action = 'guidebook.announced'"
            return await count(database_url, line) == 1

        await until_told(announced)
        assert told(house.person("anna")) == []


async def test_who_has_yet_to_read_again_still_brings_customers_in(
    tmp_path: Path, database_url: str
) -> None:
    async with running(tmp_path, database_url) as house:
        await house.enrolled("anna")
    change = another_book(tmp_path, NEWER)
    async with running(tmp_path, database_url, change=change) as house:
        anna = house.person("anna")
        said = heard(await anna.types("/case new @jane needs a copy of her bill"))
        assert "Case 1 is open and yours" in said
        assert "1 ·" in heard(await anna.types("/case mine"))
        card = await house.card("omar", "@acme refund now", channel=CHANNEL, seen="refund now")
        assert "is yours" in heard(await anna.types(f"/claim {case_number(card)}"))


async def test_clauses_that_chill_do_not_keep_the_house_closed(
    tmp_path: Path, database_url: str
) -> None:
    change = another_book(tmp_path, "# Ours\n\nNever disparage us.\n")
    async with running(tmp_path, database_url, change=change) as house:
        assert "Never disparage us." in (await opened(house.person("anna"))).words


async def test_a_text_that_changed_while_it_was_read_is_read_anew(house: Running) -> None:
    """As when another replica put a policy in force that says something else there."""
    anna = house.person("anna")
    shown = await opened(anna)
    db, text = house.usher.rooms.db, profile_text("shelter")
    now = await db.read(lambda unit: unit.policies.in_force())
    assert now is not None
    new = replace(now, hash=text.hash, profile="shelter", text=text.text, base=text.base)
    await written(db, lambda unit: unit.policies.put_in_force(new))
    await house.usher.care.policies.take_up()
    answer = await anna.submits(shown, {})
    assert isinstance(answer, View)
    assert "changed while you were reading" in answer.words
    again = await opened(anna)
    assert "second person" not in again.words
    await anna.submits(again, {})
    assert "in force" in heard(await anna.types("/usher enroll"))
