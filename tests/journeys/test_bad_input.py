"""Every bad input gets a sentence that says what to do, and loses nothing."""

import pytest

from tests.journeys.kept import kept
from tests.running import Running, heard

STRANGE = [
    "/claim 999999",
    "/claim",
    "/claim forty-two",
    "/case new",
    "/case new @not!a!handle hello",
    "/case new @jane",
    "/case pass 1",
    "/case note 1",
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


async def test_each_strange_command_is_answered_with_a_sentence(house: Running) -> None:
    anna = await house.enrolled("anna")
    for command in STRANGE:
        said = heard(await anna.types(command))
        assert said.strip(), command
        assert "Traceback" not in said
        assert "went wrong" not in said, (command, said)


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
    status = heard(await cora.types("/usher status"))
    assert "Stuck until somebody looks: 1" in status
