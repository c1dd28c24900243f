"""Whether a case is mainly a grievance is asked, never guessed; the register knows the answer."""

import re
from pathlib import Path

from bot.model.complaint import Grievance, Marking, Nature
from bot.sandbox.driver import Errors, Person, View
from storage.unit_of_work import UnitOfWork
from tests.faults.databases import count, rows
from tests.journeys.approving import says_why
from tests.journeys.test_find import latest, turned
from tests.running import Page, Running, blanks, case_number, heard, running
from tests.storage.samples import ANNA, LINE, a_case, guarded

CHANNEL = "#care-billing"
SAID = "refund refused and nobody calls back"
YES = {"answer": "yes", "line": "auto", "nature": "claim"}
ENDED = YES | {"disposition": "explained"}
NOT_SURE, NO = {"answer": "unsure"}, {"answer": "no"}


def insurance(page: Page) -> None:
    page["policy"]["profile"] = "insurance"


async def held(house: Running, handle: str = "jane", words: str = SAID) -> tuple[Person, int]:
    card = await house.card(handle, f"@acme {words}", channel=CHANNEL, seen=words)
    anna, number = await house.enrolled("anna"), case_number(card)
    assert "is yours" in heard(await anna.types(f"/claim {number}"))
    return anna, number


async def asked(person: Person, typed: str) -> View:
    form = await person.types(typed)
    assert isinstance(form, View), form
    assert form.callback_id == "complaint"
    return form


async def marked(person: Person, number: int, answers: dict[str, str]) -> str:
    after = await person.submits(await asked(person, f"/case complaint {number}"), answers)
    assert isinstance(after, View), after
    return after.words


async def wrong(person: Person, form: View, answers: dict[str, str]) -> set[str]:
    """The fields of a form that stays open since something is missing there."""
    errors = await person.submits(form, answers)
    assert isinstance(errors, Errors), errors
    return set(errors)


async def state(url: str, number: int) -> str:
    ((found,),) = await rows(url, f"SELECT state FROM cases WHERE id = {number}")  # noqa: S608  a number
    return str(found)


async def known(house: Running) -> None:
    """Who holds which role: who supervises is told by it."""
    await house.usher.care.roles.look()


async def test_it_is_asked_before_the_case_is_resolved(tmp_path: Path, database_url: str) -> None:
    async with running(tmp_path, database_url, change=insurance) as house:
        anna, number = await held(house)
        form = await asked(anna, f"/case resolve {number}")
        assert await state(database_url, number) == "open"
        assert "ask whether it is mainly a grievance" in form.words
        why = await says_why(house, "anna", form.words)
        assert "Rule: ask-complaint" in why
        assert "Usher does not guess" in why
        for answers, field in (
            ({"answer": "yes"}, "line"),
            ({"answer": "yes", "line": "auto"}, "nature"),
            (YES, "disposition"),
        ):
            assert await wrong(anna, form, answers) == {field}
        assert await count(database_url, "complaints") == 0
        assert await state(database_url, number) == "open"
        done = await anna.submits(form, ENDED | {"product": "roadside cover"})
        assert isinstance(done, View)
        assert f"Case {number} is resolved" in done.words
        assert "in the register" in done.words
        assert await state(database_url, number) == "resolved"
        # Opened again, how it ended is asked again, and the rest stands there already.
        assert "open again" in heard(await anna.types("/case undo"))
        form = await asked(anna, f"/case resolve {number}")
        assert "how it ended is not said yet" in form.words
        assert "roadside cover" in str(form.blocks)
        assert isinstance(await anna.submits(form, {"disposition": "settled"}), View)
        assert await state(database_url, number) == "resolved"
        card = house.person("cora").messages(CHANNEL)[-1]
        assert "complaint" not in card.words.casefold()


async def test_who_is_not_sure_asks_who_supervises(tmp_path: Path, database_url: str) -> None:
    async with running(tmp_path, database_url, change=insurance) as house:
        await known(house)
        cora = house.person("cora")
        anna, number = await held(house)
        done = await anna.submits(await asked(anna, f"/case resolve {number}"), NOT_SURE)
        assert isinstance(done, View)
        assert "whoever supervises hears of it" in done.words
        told = await cora.sees("is not sure whether case", channel="@usher", timeout=10)
        assert f"/case complaint {number}" in told.words
        listed = heard(await cora.types("/case complaints"))
        assert "Complaints: 0" in listed
        assert "To be decided: 1" in listed
        # Of a resolved case the register wants to know how it ended.
        form = await asked(cora, f"/case complaint {number}")
        assert await wrong(cora, form, YES) == {"disposition"}
        assert isinstance(await cora.submits(form, ENDED), View)
        listed = heard(await cora.types("/case complaints"))
        assert "Complaints: 1, of them 0 open." in listed
        assert "auto, how a claim was handled" in listed
        assert "explained; nothing was changed" in listed
        # Said once more it is corrected, and both stand on record.
        assert "is no complaint" in await marked(cora, number, NO)
        assert "No complaints stand in the register" in heard(await cora.types("/case complaints"))
        marks = "audit_events WHERE action = 'complaint.marked'"
        assert await count(database_url, marks) == 3
        # She is the one who decides, and is not sent to anybody.
        alone = await marked(cora, number, NOT_SURE)
        assert "it is yours to decide: nobody else supervises complaints" in alone
        assert "Tell your coordinator" not in alone


async def test_a_yes_of_who_supervises_is_taken_back_by_them_alone(
    tmp_path: Path, database_url: str
) -> None:
    async with running(tmp_path, database_url, change=insurance) as house:
        await known(house)
        cora, (anna, number) = house.person("cora"), await held(house)
        assert "is in the register" in await marked(cora, number, YES)
        form = await asked(anna, f"/case resolve {number}")
        for other in (NOT_SURE, NO):
            errors = await anna.submits(form, other)
            assert isinstance(errors, Errors)
            assert "tell them: they may change it" in errors["answer"]
        assert await state(database_url, number) == "open"
        # Hers is no other word than theirs, and does not become one by being said.
        assert isinstance(await anna.submits(form, ENDED), View)
        assert await state(database_url, number) == "resolved"
        form = await asked(anna, f"/case complaint {number}")
        assert await wrong(anna, form, NO) == {"answer"}
        assert "Complaints: 1" in heard(await cora.types("/case complaints"))
        assert "is no complaint" in await marked(cora, number, NO)
        assert "is in the register" in await marked(anna, number, ENDED)
        assert "is no complaint" in await marked(anna, number, NO)


LISTED = {
    "": "Complaints: 1, of them 1 open.",
    "open": "Open complaints:",
    "OPEN since 2026-01": "since 2026-01:",
    "late": "No late complaints stand in the register",
    "since 2999": "No complaints since 2999",
    "since yesterday": "such as 2026, 2026-01",
    "resolved": "I know open, late and since",
}


async def test_where_the_profile_does_not_ask_it_can_be_said(
    house: Running, database_url: str
) -> None:
    cora = house.person("cora")
    assert "No complaints stand in" in heard(await cora.types("/case complaints"))
    anna, number = await held(house)
    form = await asked(anna, f"/case complaint {number}")
    assert await wrong(anna, form, YES | {"product": "card 4111 1111 1111 1111"}) == {"product"}
    assert await count(database_url, "complaints") == 0
    after = await anna.submits(form, YES | {"product": "cover for eva@example.com"})
    assert isinstance(after, View)
    assert "is in the register" in after.words
    for typed, seen in LISTED.items():
        said = heard(await cora.types(f"/case complaints {typed}"))
        assert seen in said, said
        assert "eva@example.com" not in said
    # Without how it ended it is not resolved, whatever the profile.
    ended = await asked(anna, f"/case resolve {number}")
    assert isinstance(await anna.submits(ended, {"disposition": "withdrawn"}), View)
    assert "Complaints: 1, of them 0 open." in heard(await cora.types("/case complaints"))
    # Another one, which nobody marked, is resolved at once.
    other, second = await held(house, "eva", "payment failed")
    assert "is resolved" in heard(await other.types(f"/case resolve {second}"))


async def test_who_may_not_is_told_why(house: Running) -> None:
    _, number = await held(house)
    marking = heard(await house.person("ben").types(f"/case complaint {number}"))
    assert "said by who holds it, or by a coordinator" in marking
    reading = heard(await house.person("ben").types("/case complaints"))
    assert "The register of complaints is for certain roles" in reading
    for refused, rule in ((marking, "complaints-by-holder"), (reading, "register-by-role")):
        assert f"Rule: {rule}" in await says_why(house, "ben", refused)


async def test_the_holder_hears_and_a_blanked_card_takes_the_product_along(
    house: Running, database_url: str
) -> None:
    card = await house.card("jane", f"@acme {SAID}", channel=CHANNEL, seen=SAID)
    anna, number, cora = await house.enrolled("anna"), case_number(card), house.person("cora")
    assert "is yours" in heard(await anna.types(f"/claim {number}"))
    await marked(cora, number, YES | {"product": "green roadside cover"})
    told = await anna.sees("into the register of", channel="@usher", timeout=10)
    assert "Cora Lind" in told.words
    assert "green roadside cover" in heard(await cora.types("/case complaints"))
    await blanks(cora, card)
    assert "green roadside cover" not in heard(await cora.types("/case complaints"))
    assert await rows(database_url, "SELECT product FROM complaints") == [("",)]


async def test_many_are_listed_a_page_at_a_time(house: Running) -> None:
    cora = house.person("cora")
    numbers = await house.usher.rooms.db.write(many)
    heard(await cora.types("/case complaints open"))
    first = latest(cora)
    assert listed(first.words) == numbers[:1:-1]
    second = await turned(cora, "More", first)
    assert listed(second.words) == numbers[1::-1]
    assert "More" not in second.buttons


def many(unit: UnitOfWork) -> list[int]:
    """Complaints for more than one page."""
    numbers = unit.cases.open_many([a_case(each) for each in range(12)])
    told = Marking(Grievance.YES, guarded(""), "auto", Nature.BILLING)
    for number in numbers:
        case = unit.cases.get(number)
        assert case is not None
        unit.complaints.mark(case, told, by=ANNA.key)
    unit.commit(LINE)
    return [int(number) for number in numbers]


def listed(words: str) -> list[int]:
    return [int(number) for number in re.findall(r"(\d+) · auto", words)]
