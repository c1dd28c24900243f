"""Slow verbs, lost answers, errors and repeated deliveries: always one sentence, never two acts."""

import asyncio
import re
from urllib.parse import urlencode

import pytest
import structlog

from bot.errors import Misconfigured, Unavailable
from bot.sandbox.driver import Heard, View
from tests.handlers.conftest import House
from tests.handlers.signed import dispatch
from tests.handlers.test_presses import card


async def test_a_slow_verb_says_still_working_and_answers_later(house: House) -> None:
    house.care.slow = 1.6
    anna = house.sandbox.person("anna")
    heard = await anna.types("/case mine")
    assert isinstance(heard, Heard)
    assert "Still working" in heard.words
    assert (await anna.sees("You hold no case.")).ephemeral
    assert [name for name, _ in house.care.visits] == ["mine"]


async def test_a_slow_form_is_answered_in_its_own_modal(house: House) -> None:
    anna = house.sandbox.person("anna")
    form = await anna.types("/handoff 42")
    assert isinstance(form, View)
    house.care.slow = 1.6
    values = {"Who can help?": "sales", "What should they know?": "An offer."}
    meanwhile = await anna.submits(form, values)
    assert isinstance(meanwhile, View)
    assert "Still working" in meanwhile.words
    await anna.sees_view("goes to sales")


async def test_a_slow_form_that_was_closed_is_answered_by_a_direct_message(house: House) -> None:
    anna = house.sandbox.person("anna")
    form = await anna.types("/handoff 42")
    assert isinstance(form, View)
    house.care.slow = 1.6
    values = {"Who can help?": "sales", "What should they know?": "An offer."}
    meanwhile = await anna.submits(form, values)
    assert isinstance(meanwhile, View)
    await anna.closes(meanwhile)
    await anna.sees("goes to sales", channel="@usher")


async def test_what_is_under_way_is_finished_when_we_stop(house: House) -> None:
    house.care.slow = 1.6
    await house.sandbox.person("anna").types("/case undo")
    assert house.care.visits == []
    assert await house.door.drain(seconds=5) == 0
    assert [name for name, _ in house.care.visits] == ["undo"]


async def test_a_verb_goes_on_when_slacks_side_hangs_up(house: House) -> None:
    house.care.slow = 0.2
    form = {
        "command": "/case",
        "text": "mine",
        "team_id": "T0USHER",
        "user_id": "U0ANNA",
        "trigger_id": "1.1",
    }
    secret = house.sandbox.workspace.signing_secret
    asking = asyncio.create_task(dispatch(house.app, urlencode(form), secret=secret))
    await asyncio.sleep(0.1)
    asking.cancel()
    assert await house.door.drain(seconds=5) == 0
    assert [name for name, _ in house.care.visits] == ["mine"]
    await house.sandbox.person("anna").sees("You hold no case.", channel="@usher")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Unavailable("database", "secret words"), "try again in a minute"),
        (Misconfigured(("secret words",)), "tell your coordinator"),
        (ValueError("secret words"), "this reference: "),
    ],
)
async def test_an_error_is_one_sentence_and_the_log_has_its_reference_but_no_words(
    house: House, error: Exception, words: str
) -> None:
    house.care.failing = error
    with structlog.testing.capture_logs() as logs:
        heard = await house.sandbox.person("anna").types("/case find needle")
    assert isinstance(heard, Heard)
    assert words in heard.words
    assert "secret" not in heard.words
    assert "secret" not in str(logs)
    assert "needle" not in str(logs)
    if reference := re.search(r"reference: (\w+)", heard.words):
        assert reference[1] in [line.get("reference") for line in logs]


async def test_the_same_delivery_twice_is_the_same_visit(house: House) -> None:
    house.sandbox.workspace.faults.duplicate_next()
    heard = await house.sandbox.person("anna").types("/case note 42 once")
    assert isinstance(heard, Heard)
    assert "Noted on 42" in heard.words
    await house.door.drain(seconds=2)
    assert [name for name, _ in house.care.visits] == ["note"]


async def test_an_answer_whose_address_is_gone_comes_as_a_direct_message(house: House) -> None:
    house.care.slow = 1.6
    anna = house.sandbox.person("anna")
    house.sandbox.workspace.faults.inject("response_url", kind="error:expired_url", times=2)
    await anna.types("/case mine")
    await anna.sees("You hold no case.", channel="@usher")


async def test_a_slow_press_is_answered_later_and_its_form_is_too_late(house: House) -> None:
    house.care.slow = 1.6
    anna, on = house.sandbox.person("anna"), await card(house)
    await anna.clicks("Resolve", on=on)
    await anna.sees("Case 42 is resolved.", channel="#care-billing")
    await anna.clicks("Hand off", on=on)
    await anna.sees("Please do it again", channel="#care-billing")
    assert anna.view is None


async def test_a_press_whose_form_slack_does_not_open_says_so(house: House) -> None:
    house.sandbox.workspace.faults.inject("views.open", kind="503")
    anna, on = house.sandbox.person("anna"), await card(house)
    await anna.clicks("Hand off", on=on)
    await anna.sees("Please do it again", channel="#care-billing")


async def test_an_answer_that_cannot_be_sent_at_all_is_noted_and_the_act_stands(
    house: House,
) -> None:
    faults, on = house.sandbox.workspace.faults, await card(house)
    faults.inject("response_url", kind="503", times=2)
    faults.inject("chat.postMessage", kind="error:invalid_auth")
    with structlog.testing.capture_logs() as logs:
        await house.sandbox.person("anna").clicks("Resolve", on=on)
        await house.door.drain(seconds=5)
    assert [name for name, _ in house.care.visits] == ["resolve"]
    assert {"what": "button resolve", "error": "Misconfigured"}.items() <= next(
        line for line in logs if line["event"] == "answer_lost"
    ).items()


async def test_slack_not_telling_who_it_is_makes_nobody_a_member(house: House) -> None:
    house.sandbox.workspace.faults.inject("users.info", kind="503")
    heard = await house.sandbox.person("anna").types("/claim 42")
    assert isinstance(heard, Heard)
    assert "A unknown cannot claim" in heard.words
    again = await house.sandbox.person("anna").types("/claim 42")
    assert isinstance(again, View)
