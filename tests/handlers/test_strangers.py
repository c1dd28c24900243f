"""Whatever Slack delivers from a guest or an outsider is refused, whichever listener it is for."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.model.person import Membership
from bot.sandbox.driver import View
from handlers import BUTTONS, COMMANDS, EVENTS, MODALS
from tests.handlers.conftest import House
from tests.handlers.signed import dispatch

Body = dict[str, Any]

TYPED = {
    "claim": "42",
    "case": "mine",
    "lookup": "@jane",
    "handoff": "42 sales An offer.",
    "reply": "42 Hello.",
    "digest": "today",
    "usher": "status",
}
GUS = {"id": "U0GUS", "team_id": "T0USHER"}
EVE = {"id": "U0EVE", "team_id": "T0OTHER"}
ANNA = {"id": "U0ANNA", "team_id": "T0USHER"}
HERE: Body = {"team": {"id": "T0USHER"}}


def slash(name: str, number: int) -> str:
    form = {"command": f"/{name}", "text": TYPED[name], "trigger_id": f"1.{number}"}
    return urlencode(form | {"team_id": "T0USHER", "user_id": GUS["id"]})


def press(action_id: str, *, user: Body, **more: Any) -> str:
    action = {"action_id": action_id, "block_id": "b", "type": "button", "value": "42"}
    return payload("block_actions", user=user, actions=[action], **more)


def submission(form: View, *, user: Body, installed: str | None = None, **more: Any) -> str:
    metadata = form.private_metadata
    values = {
        "kind": {"kind": {"type": "static_select", "selected_option": {"value": "sales"}}},
        "summary": {"summary": {"type": "plain_text_input", "value": "An offer."}},
    }
    view: Body = {"id": f"V-{form.callback_id}", "type": "modal", "callback_id": form.callback_id}
    view |= {"private_metadata": metadata, "state": {"values": values}}
    if installed is not None:
        view["app_installed_team_id"] = installed
    return payload("view_submission", user=user, view=view, **more)


def payload(kind: str, **parts: Any) -> str:
    return urlencode({"payload": json.dumps({"type": kind, "trigger_id": "1.1", **parts})})


def mention(user: Body, *, team: str, authorized: bool) -> str:
    said = {"type": "app_mention", "user": user["id"], "text": "<@U0USHER> claim 42"}
    event = said | {"channel": "C0BILLING", "ts": "1.000001", "team": user["team_id"]}
    body: Body = {"type": "event_callback", "team_id": team, "event_id": "Ev1", "event": event}
    if authorized:
        body["authorizations"] = [{"team_id": "T0USHER", "user_id": "U0USHER", "is_bot": True}]
    return json.dumps(body)


async def forms(house: House) -> dict[str, View]:
    """Each form as somebody who may open it got it."""
    anna = house.sandbox.person("anna")
    opened = [await anna.types(typed) for typed in ("/usher enroll", "/handoff 42")]
    house.care.visits.clear()
    house.care.answers.clear()
    return {form.callback_id: form for form in opened if isinstance(form, View)}


async def deliver(house: House, body: str) -> list[tuple[str, Membership]]:
    """The verbs that were run by it and what the visitor was taken for."""
    before = len(house.care.visits)
    await dispatch(house.app, body, secret=house.sandbox.workspace.signing_secret)
    return [(verb, visit.by.membership) for verb, visit in house.care.visits[before:]]


async def test_each_listener_refuses_a_guest_and_records_it(house: House) -> None:
    opened = await forms(house)
    bodies = [slash(command.name, number) for number, command in enumerate(COMMANDS)]
    bodies += [press(button.action_id, user=GUS, **HERE) for button in BUTTONS]
    bodies += [submission(opened[modal.name], user=GUS, **HERE) for modal in MODALS]
    bodies += [mention(GUS, team="T0USHER", authorized=True) for _ in EVENTS]
    assert len(bodies) == len(house.app._async_listeners) - 1, "all but the link's"
    for body in bodies:
        assert await deliver(house, body) == [("refused", Membership.GUEST)], body


@pytest.mark.parametrize("more", [{}, {"team": None}, {"team": {}}, {"team": {"id": "T0OTHER"}}])
async def test_a_team_that_is_missing_is_not_the_visitors_own(house: House, more: Body) -> None:
    hand_off = (await forms(house))["handoff"]
    outsider = [("refused", Membership.OUTSIDER)]
    if more.get("team") != {"id": "T0OTHER"}:
        assert await deliver(house, press("claim", user=EVE, **more)) == outsider
        assert await deliver(house, submission(hand_off, user=EVE, **more)) == outsider
    shared = submission(hand_off, user=EVE, installed="T0USHER", **more)
    assert await deliver(house, shared) == outsider
    assert {visit.by.workspace.team_id for _, visit in house.care.visits} <= {"", "T0USHER"}


async def test_an_organisation_that_is_the_visitors_does_not_make_it_ours(house: House) -> None:
    hand_off = (await forms(house))["handoff"]
    theirs = {"team": {"id": "T0OTHER"}, "enterprise": {"id": "E0OTHER"}}
    shared = submission(hand_off, user=EVE, installed="T0USHER", **theirs)
    assert await deliver(house, shared) == [("refused", Membership.OUTSIDER)]
    assert house.care.visits[-1][1].by.workspace.enterprise_id == ""


async def test_a_form_is_of_the_team_where_we_are_installed(house: House) -> None:
    hand_off = (await forms(house))["handoff"]
    sent = submission(hand_off, user=ANNA, installed="T0USHER")
    assert await deliver(house, sent) == [("ask", Membership.MEMBER)]


async def test_an_event_that_nobody_granted_us_is_an_outsiders(house: House) -> None:
    for authorized in (True, False):
        house.care.answers.clear()
        told = await deliver(house, mention(EVE, team="T0OTHER", authorized=authorized))
        assert told == [("refused", Membership.OUTSIDER)]
    assert {visit.by.workspace.team_id for _, visit in house.care.visits} <= {"", "T0USHER"}
