"""What somebody typed into a form is lost by no refusal, no late answer and no strange slip."""

from bot.sandbox.driver import Person, View
from tests.faults.databases import count, locked, rows
from tests.faults.flood import known
from tests.journeys.test_forms import ANSWER, CARD, CHANNEL, KNOW, a_case, claimed, opened
from tests.journeys.test_shortcuts import filled, options
from tests.running import Running, case_number, heard

LONG = "She wrote to us three times, and nobody could tell her why."
NEEDS = {"Who can help?": "sales", "What should they know?": LONG}


async def late(house: Running, database_url: str) -> tuple[Person, View]:
    """A hand-off that is not Anna's any more is sent off, and the answer takes its time."""
    number, anna = await claimed(house, "anna"), house.person("anna")
    form = await opened(house, "anna", f"/handoff {number}")
    await anna.types(f"/case release {number}")
    async with locked(database_url, table="visits"):
        meanwhile = await anna.submits(form, NEEDS)
        assert isinstance(meanwhile, View)
        assert "Still working" in meanwhile.words
        assert LONG in meanwhile.words
    return anna, meanwhile


async def test_a_late_refusal_gives_the_words_back(house: Running, database_url: str) -> None:
    anna, _ = await late(house, database_url)
    page = await anna.sees_view("nobody does yet")
    assert "Your words, ready to copy:" in page.words
    assert LONG in page.words
    assert await count(database_url, "handoffs") == 0


async def test_they_come_directly_where_the_page_is_closed(
    house: Running, database_url: str
) -> None:
    house.sandbox.workspace.faults.inject("views.update", kind="error:not_found")
    anna, _ = await late(house, database_url)
    told = await anna.sees("nobody does yet", channel="@usher", timeout=10)
    assert LONG in told.words


async def test_a_late_success_says_just_that(house: Running, database_url: str) -> None:
    number, ben = await a_case(house), house.person("ben")
    form = await opened(house, "ben", f"/case note {number}")
    async with locked(database_url, table="visits"):
        assert isinstance(await ben.submits(form, {KNOW: LONG}), View)
    page = await ben.sees_view(f"Noted on case {number}.")
    assert "ready to copy" not in page.words


async def test_an_expired_form_stays_open_with_its_words(house: Running, database_url: str) -> None:
    number, ben = await a_case(house), house.person("ben")
    form = await opened(house, "ben", f"/case note {number}")
    await rows(database_url, "DELETE FROM visits")
    errors = await ben.submits(form, {KNOW: LONG})
    assert isinstance(errors, dict)
    assert list(errors) == ["words"]
    assert "Copy your words and open it again" in errors["words"]
    assert LONG in typed(house, form)


async def test_somebody_elses_form_stays_open_with_its_words(
    house: Running, database_url: str
) -> None:
    number, sandbox = await a_case(house), house.sandbox.workspace
    form = await opened(house, "ben", f"/case note {number}")
    cora = house.person("cora")
    hers = sandbox.views.open(cora.person.id, dict(sandbox.views.find(form.id).wire))
    errors = await cora.submits(View.of(hers), {KNOW: LONG})
    assert isinstance(errors, dict)
    assert list(errors) == ["words"]
    assert LONG in typed(house, View.of(hers))
    assert await count(database_url, "notes") == 0


def typed(house: Running, form: View) -> str:
    """What stands in the inputs of a form that is still open."""
    return str(house.sandbox.workspace.views.find(form.id).with_state()["state"])


async def test_what_is_refused_in_a_form_speaks_of_no_command(house: Running) -> None:
    number, anna = await claimed(house, "anna"), house.person("anna")
    wrong = {
        f"/reply {number}": {ANSWER: "so sorry " * 60},
        f"/case note {number}": {KNOW: f"it is {CARD}"},
        f"/handoff {number}": NEEDS | {"What should they know?": f"it is {CARD}"},
    }
    for command, values in wrong.items():
        form = await opened(house, "anna", command)
        errors = await anna.submits(form, values)
        assert isinstance(errors, dict), command
        (sentence,) = errors.values()
        assert "try again" in sentence
        assert " type " not in sentence, sentence
        await anna.closes(form)


async def test_in_the_thread_of_a_resolved_case_open_ones_are_offered(
    house: Running, database_url: str
) -> None:
    said = "refund for jane now"
    card = await house.card("jane", f"@acme {said}", channel=CHANNEL, seen=said)
    await known(house, card)
    anna, ben, number = await house.enrolled("anna"), house.person("ben"), case_number(card)
    await anna.types(f"/claim {number}")
    await anna.types(f"/case resolve {number}")
    talk = await ben.says("They paid already.", channel=CHANNEL, thread=card)
    form = await ben.uses("Add to a case", on=talk)
    assert isinstance(form, View)
    resolved = f"Case {number} is resolved, so nothing can be added to it: please"
    assert f"{resolved} name an open one." in form.words
    await ben.closes(form)
    again = await house.card(
        "jane", "@acme it came back", channel="#care-general", seen="came back"
    )
    form = await ben.uses("Add to a case", on=talk)
    assert isinstance(form, View)
    assert f"{resolved} choose an open one." in form.words
    assert [each.split()[0] for each in options(form)] == [str(case_number(again))]
    assert filled(form, "case") == ""
    errors = await ben.submits(form, {})
    assert isinstance(errors, dict)
    assert isinstance(await ben.submits(form, {"To which case?": options(form)[0]}), View)
    assert await count(database_url, "notes") == 1
    assert "They paid already." in heard(await ben.types(f"/case {case_number(again)}"))
