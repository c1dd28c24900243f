"""Every bad input gets a sentence that says what to do, and loses nothing."""

import pytest

from bot.sandbox.driver import Heard, Person, View
from tests.journeys.kept import kept
from tests.running import Running, case_number, heard

STRANGE = [
    "/claim 999999",
    "/claim",
    "/claim forty-two",
    "/case new @not!a!handle hello",
    "/case pass 1",
    "/case note 1",
    "/case new !!! hello",
    "/case find \x00",
    "/case frobnicate 12",
    "/case " + "x" * 4000,
    "/case find " + "😀" * 200,
    "/case find \u202eمرحبا بالعالم\u202c",
    "/lookup",
    "/lookup @ｊａｎｅ",
    "/handoff 1",
    "/reply 1",
    "/reply 99999999999999999999 hello",
    "/case why D-99999999999999999999",
    "/case why nonsense",
    "/digest yesterday",
    "/usher dance",
]


@pytest.mark.main_journey
async def test_each_strange_command_is_answered_with_a_sentence(house: Running) -> None:
    anna = await house.enrolled("anna")
    for command in STRANGE:
        said = heard(await anna.types(command))
        assert said.strip(), command
        assert "Traceback" not in said
        assert "went wrong" not in said, (command, said)


async def test_what_was_typed_behind_a_command_comes_back_with_a_no(house: Running) -> None:
    anna = await house.enrolled("anna")
    heard(await anna.types("/case new @jane her parcel is late"))
    heard(await anna.types("/case resolve 1"))
    for command in ("/case note 2 ", "/handoff 1 service ", "/case new @bad.handle "):
        said = heard(await anna.types(f"{command}{LONG}"))
        assert LONG in said, command
    said = heard(await anna.types("/handoff 1 service jane.doe@example.org: 4111 1111 1111 1111"))
    assert "4111" not in said
    # What is typed again in a moment makes no answer longer.
    assert "ready to copy" not in heard(await anna.types("/case pass 1 @ben"))
    assert "bring them in again" in heard(await anna.types("/reply 1 hello there"))
    heard(await anna.types("/case new @jane her parcel is lost"))
    said = heard(await anna.types("/reply 1 hello there"))
    assert "Case 1 is resolved, and @jane has a newer one: /case 2 shows it." in said


async def test_a_card_number_in_a_command_is_refused_and_kept_nowhere(
    house: Running, database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    anna = await house.enrolled("anna")
    said = heard(await anna.types("/case new @jane her card is 4111 1111 1111 1111"))
    assert "card" in said
    assert "4111" not in said
    out = capfd.readouterr()
    assert "4111" not in out.out + out.err
    stored = await kept(database_url, house.home)
    assert b"visit.enter" in stored, "or nothing was searched"
    assert b"4111 1111" not in stored
    assert b"41111111" not in stored


async def test_a_missing_channel_waits_with_a_reason_and_loses_nothing(house: Running) -> None:
    house.sandbox.workspace.faults.inject("chat.postMessage", kind="error:is_archived", times=1)
    await house.sandbox.x.posts("jane", "@acme refund my ticket")
    cora = house.person("cora")
    await cora.sees_not("refund my ticket", channel="#care-billing", within=2)
    await house.enrolled("anna")
    status = heard(await cora.types("/usher status"))
    assert "; 1 ambassador." in status
    assert "Stuck until somebody looks: 1" in status


LONG = " ".join(["She wrote to us three times, and nobody could tell her why."] * 57)


async def _a_case(anna: Person) -> int:
    opened = await anna.types("/case new @jane her parcel is late")
    assert isinstance(opened, Heard)
    return case_number(opened)


UNSEEN = ("\u200b", "\u200b" * 4000, "\u202e \u202d", "\x00", "\u3164\u2800")


@pytest.mark.parametrize("unseen", UNSEEN)
async def test_what_nobody_sees_is_no_word(house: Running, unseen: str) -> None:
    """As without words: the form is opened, or the answer says what is missing."""
    anna = await house.enrolled("anna")
    number = await _a_case(anna)
    for command in ("/case new @zz", f"/case note {number}", f"/reply {number}"):
        asked = await anna.types(f"{command} {unseen}")
        assert isinstance(asked, View), (command, asked)
        await anna.closes(asked)
    assert "are missing" in heard(await anna.types(f"/case find {unseen}"))


async def test_a_form_filled_with_what_nobody_sees_stays_open(house: Running) -> None:
    anna = await house.enrolled("anna")
    number = await _a_case(anna)
    form = await anna.types(f"/case note {number}")
    assert isinstance(form, View)
    errors = await anna.submits(form, {"What should colleagues know?": "\u200b\u3164"})
    assert isinstance(errors, dict)
    assert list(errors) == ["words"]
