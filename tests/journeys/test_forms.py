"""Story 12: what is typed without its words opens a form, and mistakes are said under the field."""

import pytest

from bot.sandbox.driver import View
from tests.faults.databases import count, locked, rows
from tests.journeys.kept import kept
from tests.running import Running, case_number, heard
from tests.trusting import trusted

CHANNEL = "#care-billing"
CARD = "4111 1111 1111 1111"
HANDLE, ABOUT = "Who is it?", "What is it about?"
KNOW, ANSWER = "What should colleagues know?", "Your answer"


async def opened(house: Running, name: str, typed: str) -> View:
    form = await house.person(name).types(typed)
    assert isinstance(form, View), form
    return form


async def a_case(house: Running) -> int:
    said = "refund now please"
    return case_number(await house.card("jane", f"@acme {said}", channel=CHANNEL, seen=said))


async def claimed(house: Running, name: str) -> int:
    number, person = await a_case(house), await house.enrolled(name)
    assert "is yours" in heard(await person.types(f"/claim {number}"))
    return number


@pytest.mark.main_journey
async def test_a_note_without_words_opens_its_form(house: Running) -> None:
    number, ben = await a_case(house), house.person("ben")
    after = await ben.submits(
        await opened(house, "ben", f"/case note {number}"), {KNOW: "They called us twice."}
    )
    assert isinstance(after, View)
    assert f"Noted on case {number}." in after.words
    await ben.sees("They called us twice.", channel=CHANNEL, timeout=10)


async def test_a_new_case_by_the_form_is_the_one_who_brings_it_in(house: Running) -> None:
    anna = await house.enrolled("anna")
    form = await opened(house, "anna", "/case new @jane")
    after = await anna.submits(form, {ABOUT: "Her invoice is wrong."})
    assert isinstance(after, View)
    assert "is open and yours" in after.words
    assert "@jane" in heard(await anna.types("/case mine"))


@pytest.mark.main_journey
async def test_a_reply_ends_as_a_text_to_copy_and_nothing_is_sent(house: Running) -> None:
    number, anna = await claimed(house, "anna"), house.person("anna")
    await trusted(house, "anna")
    form = await opened(house, "anna", f"/reply {number}")
    page = await anna.submits(form, {ANSWER: "I am sorry, we look into it."})
    assert isinstance(page, View)
    assert "It goes out only when you send it yourself." in page.words
    assert "I am sorry, we look into it." in page.words
    assert "Open on X" in page.words
    # X itself heard nothing but questions.
    assert {call.method for call in house.sandbox.x.calls} == {"GET"}
    assert not [call for call in house.sandbox.x.calls if "sorry" in str(call)]


async def test_a_reply_that_is_too_long_stays_in_its_field(house: Running) -> None:
    number, anna = await claimed(house, "anna"), house.person("anna")
    form = await opened(house, "anna", f"/reply {number}")
    errors = await anna.submits(form, {ANSWER: "so sorry " * 60})
    assert isinstance(errors, dict)
    assert "too many" in errors["words"]
    assert isinstance(await anna.submits(form, {ANSWER: "So sorry."}), View)


FIELDS = {
    "/case note {}": ((KNOW, "words"),),
    "/reply {}": ((ANSWER, "words"),),
    "/handoff {}": (("What should they know?", "summary"),),
    "/case new": ((HANDLE, "handle"), (ABOUT, "summary")),
}


async def test_a_card_number_is_refused_under_the_very_field_and_kept_nowhere(
    house: Running, database_url: str
) -> None:
    number, anna = await claimed(house, "anna"), house.person("anna")
    for typed, fields in FIELDS.items():
        for label, block_id in fields:
            form = await opened(house, "anna", typed.format(number))
            fine = {"Who can help?": "sales"} if "handoff" in typed else {}
            fine |= {HANDLE: "@jane", ABOUT: "It is wrong."} if "new" in typed else {}
            errors = await anna.submits(form, fine | {label: f"it is {CARD} as she says"})
            assert isinstance(errors, dict), typed
            assert list(errors) == [block_id], typed
            # It fits the hand-off form too, where they are doing just that.
            assert "once the case is handed off to them. Please try again" in errors[block_id]
            await anna.closes(form)
    stored = await kept(database_url, house.home)
    assert b"visit.enter" in stored, "or nothing was searched"
    assert CARD.encode() not in stored
    assert CARD.replace(" ", "").encode() not in stored


async def test_a_field_that_is_wrong_is_said_under_it_and_the_words_stay(house: Running) -> None:
    anna = await house.enrolled("anna")
    form = await opened(house, "anna", "/case new")
    for handle in ("jane doe", "jane@doe", "   "):
        errors = await anna.submits(form, {HANDLE: handle, ABOUT: "Her invoice."})
        assert isinstance(errors, dict), handle
        assert list(errors) == ["handle"]
    errors = await anna.submits(form, {HANDLE: "@jane", ABOUT: "   "})
    assert isinstance(errors, dict)
    assert list(errors) == ["summary"]
    assert isinstance(await anna.submits(form, {HANDLE: "@jane", ABOUT: "Her invoice."}), View)


@pytest.mark.main_journey
async def test_whether_it_may_be_is_asked_again_when_the_form_is_sent_off(
    house: Running, database_url: str
) -> None:
    number, anna = await claimed(house, "anna"), house.person("anna")
    form = await opened(house, "anna", f"/handoff {number}")
    await anna.types(f"/case release {number}")
    values = {"Who can help?": "sales", "What should they know?": "An offer."}
    errors = await anna.submits(form, values)
    assert isinstance(errors, dict)
    assert "nobody does yet" in errors["summary"]
    assert "D-" in errors["summary"]
    assert await count(database_url, "handoffs") == 0
    await anna.types(f"/claim {number}")
    assert isinstance(await anna.submits(form, values), View)
    assert await count(database_url, "handoffs") == 1


async def test_a_forged_and_a_foreign_form_are_refused_and_change_nothing(
    house: Running, database_url: str
) -> None:
    number, sandbox = await a_case(house), house.sandbox.workspace
    form = await opened(house, "ben", f"/case note {number}")
    view = sandbox.views.find(form.id)
    payload = sandbox.payloads.submission(view, sandbox.person("ben"))
    state = {"words": {"words": {"type": "plain_text_input", "value": "Not by Ben."}}}
    payload["view"] |= {"state": {"values": state}}
    cora = {"id": sandbox.person("cora").id, "team_id": "T0USHER"}
    forged = payload["view"] | {"private_metadata": f"note/{number}"}
    for slip in (payload | {"user": cora}, payload | {"view": forged}):
        answer = await sandbox.deliveries.send("interactive", slip)
        assert answer.acked
        assert "I do not know this form any more" in str(answer.payload)
    assert await count(database_url, "notes") == 0


async def test_a_refused_form_leads_through_the_guidebook_and_its_words_wait(
    house: Running, database_url: str
) -> None:
    anna, ben = await house.enrolled("anna"), house.person("ben")
    number = await a_case(house)
    await anna.types(f"/claim {number}")
    await anna.types(f"/case pass {number} @ben")
    guidebook = await ben.types(f"/reply {number} hello")
    assert isinstance(guidebook, View)
    assert guidebook.callback_id == "guidebook"
    assert await count(database_url, "audit_events WHERE action = 'reply.drafted'") == 0


async def test_a_late_answer_that_asks_for_the_guidebook_says_what_to_do(
    house: Running, database_url: str
) -> None:
    number, anna = await claimed(house, "anna"), house.person("anna")
    reply = await opened(house, "anna", f"/reply {number}")
    await rows(database_url, "DELETE FROM ambassadors")
    async with locked(database_url, table="visits"):
        meanwhile = await anna.submits(reply, {ANSWER: "Hello Jane."})
        assert isinstance(meanwhile, View)
        assert "Still working" in meanwhile.words
    late = await anna.sees_view("Open it with /usher enroll")
    assert "guidebook" in late.words
    assert isinstance(await anna.types(f"/reply {number} Hello Jane."), View)


async def test_the_same_form_delivered_twice_is_opened_once_and_sent_off_once(
    house: Running, database_url: str
) -> None:
    number, ben = await a_case(house), house.person("ben")
    faults = house.sandbox.workspace.faults
    faults.duplicate_next()
    form = await opened(house, "ben", f"/case note {number}")
    faults.duplicate_next()
    after = await ben.submits(form, {KNOW: "Once is enough."})
    assert isinstance(after, View)
    assert await count(database_url, "notes") == 1
    for said in ("three seconds", "do it again"):
        await ben.sees_not(said, channel=CHANNEL, within=0.2)
