"""Every listener of the Bolt app ends at the door; the one that does not does nothing at all."""

import json
from collections.abc import AsyncIterator, Sequence
from urllib.parse import urlencode

from slack_bolt import BoltResponse
from slack_bolt.listener.async_listener import AsyncListener
from slack_bolt.request.async_request import AsyncBoltRequest

import handlers
from bot.slack.blocks import LINK_ACTION
from handlers import COMMANDS
from tests.handlers.conftest import House
from tests.handlers.forged import ANNA, HERE, one_of_each, press
from tests.handlers.signed import content_type, dispatch


async def test_every_listener_is_reached_and_passes_the_door_or_the_inbox(house: House) -> None:
    """Walks what Bolt has registered: a listener that passes the door by is noticed here."""
    reached = set()
    for body in one_of_each({}, ANNA):
        visits, taken = len(house.care.visits), len(house.care.inbox.taken)
        (first, *_) = [each async for each in matching(house, body)]
        reached.add(first)
        assert (await deliver(house, body)).status == 200
        await house.care.inbox.acted()
        assert (len(house.care.visits), len(house.care.inbox.taken)) > (visits, taken), body
    link = press(f"{LINK_ACTION}.network", user=ANNA, **HERE)
    reached |= {each async for each in matching(house, link)}
    assert reached == set(house.app._async_listeners)


async def matching(house: House, body: str) -> AsyncIterator[AsyncListener]:
    headers: dict[str, str | Sequence[str]] = {"content-type": [content_type(body)]}
    request = AsyncBoltRequest(body=body, headers=headers)
    for listener in house.app._async_listeners:
        if await listener.async_matches(req=request, resp=BoltResponse(status=200)):
            yield listener


async def test_an_unknown_command_and_an_unknown_button_are_answered(house: House) -> None:
    body = {"command": "/unknown", "text": "", "user_id": "U0ANNA", "team_id": "T0USHER"}
    answer = await dispatch(
        house.app, urlencode(body), secret=house.sandbox.workspace.signing_secret
    )
    assert "I do not know this command" in json.loads(answer.body)["text"]
    press = {
        "type": "block_actions",
        "user": {"id": "U0ANNA"},
        "team": {"id": "T0USHER"},
        "actions": [{"action_id": "old", "block_id": "b", "type": "button"}],
    }
    answer = await dispatch(
        house.app,
        urlencode({"payload": json.dumps(press)}),
        secret=house.sandbox.workspace.signing_secret,
    )
    assert (answer.status, answer.body) == (200, "")


async def test_a_delivery_without_its_parts_is_a_sentence_with_a_reference(house: House) -> None:
    answer = await dispatch(
        house.app,
        urlencode({"command": "/claim", "team_id": "T0USHER"}),
        secret=house.sandbox.workspace.signing_secret,
    )
    assert answer.status == 200
    assert "reference" in json.loads(answer.body)["text"]
    sent = {
        "type": "view_submission",
        "user": {"id": "U0ANNA"},
        "team": {"id": "T0USHER"},
        "view": {"id": "V1", "callback_id": "handoff", "state": {"values": {}}, "type": "modal"},
    }
    answer = await dispatch(
        house.app,
        urlencode({"payload": json.dumps(sent)}),
        secret=house.sandbox.workspace.signing_secret,
    )
    acknowledged = json.loads(answer.body)
    assert acknowledged["response_action"] == "update"
    assert "text" not in acknowledged


async def test_a_wrong_signature_gets_nothing(house: House) -> None:
    body = urlencode({"command": "/claim", "text": "42", "team_id": "T0USHER", "user_id": "U0ANNA"})
    answer = await dispatch(house.app, body, secret="another")
    assert answer.status == 401
    assert house.care.visits == []


async def test_a_signed_request_replayed_is_the_same_visit(house: House) -> None:
    house.care.enrolled.add("Anna Berg")
    body = urlencode(
        {
            "command": "/claim",
            "text": "42",
            "team_id": "T0USHER",
            "user_id": "U0ANNA",
            "trigger_id": "1.2.abc",
            "response_url": "",
        }
    )
    answers = [await deliver(house, body) for _ in range(3)]
    assert len({answer.body for answer in answers}) == 1
    assert "is yours" in answers[0].body
    assert len(house.care.visits) == 1


def test_commands_have_one_name_each_and_words_that_help() -> None:
    names = [command.name for command in COMMANDS]
    assert names == ["claim", "case", "lookup", "handoff", "reply", "digest", "usher"]
    for command in COMMANDS:
        assert command.description
        words = [word.name for word in command.words]
        assert len(words) == len(set(words))
        for word in command.words:
            assert word.usage.startswith(word.name)
    assert set(handlers.__all__) >= {"COMMANDS", "EVENTS"}


async def deliver(house: House, body: str) -> BoltResponse:
    return await dispatch(house.app, body, secret=house.sandbox.workspace.signing_secret)
