"""An organisation's prefix stands before every command and in every sentence that names one."""

import json
from typing import cast
from urllib.parse import urlencode

import handlers
from bot.care import Care
from bot.slack.bolt import make_app
from bot.slack.channel import SlackChannel
from bot.slack.slashes import slashes
from tests.handlers.conftest import House
from tests.handlers.parts import Unhurried
from tests.handlers.signed import dispatch
from tests.handlers.standin import StandIn

SAID = {
    "/acme-claim": "/acme-claim 42",
    "/acme-usher help": "/acme-handoff 42",
    "/acme-case relaese 4": "/acme-case release 4",
    "/claim 42": "I do not know this command",
}


async def test_commands_are_known_by_their_prefix_and_speak_of_themselves_so(house: House) -> None:
    client = house.app.client
    secret = house.sandbox.workspace.signing_secret
    app = make_app(client, signing_secret=secret)
    handlers.register(
        app,
        cast("Care", StandIn()),
        people=house.people,
        channel=SlackChannel(client, Unhurried()),
        prefix="acme-",
    )
    for number, (typed, words) in enumerate(SAID.items()):
        command, _, text = typed.partition(" ")
        body = {
            "command": command,
            "text": text,
            "team_id": "T0USHER",
            "user_id": "U0ANNA",
            "trigger_id": f"1.{number}",
        }
        answer = await dispatch(app, urlencode(body), secret=secret)
        assert words in json.loads(answer.body)["text"]


def test_bare_names_in_sentences_get_the_prefix_and_addresses_do_not() -> None:
    spelled = slashes("acme-", ["case", "claim"])
    assert (
        spelled.spell("/case why D-1, see (/claim 2)") == "/acme-case why D-1, see (/acme-claim 2)"
    )
    assert spelled.spell("https://x.com/case/1 and/case /casework /acme-case") == (
        "https://x.com/case/1 and/case /casework /acme-case"
    )
    assert spelled.spell("@jane: “/claim my refund” (/case 1)") == (
        "@jane: “/claim my refund” (/acme-case 1)"
    )
    assert slashes("", ["case"]).spell("/case") == "/case"


def test_a_prefix_that_is_a_command_itself_is_put_once() -> None:
    spelling = slashes("usher-", ("usher", "claim"))
    once = spelling.spell("Type /claim 42 or /usher help.")
    assert once == "Type /usher-claim 42 or /usher-usher help."
    assert spelling.spell(once) == once
