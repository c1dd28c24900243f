"""Whatever Slack delivers from a guest or an outsider is refused, whichever listener it is for."""

from typing import Any

import pytest

from bot.model.person import Membership
from bot.sandbox.driver import View
from handlers import EVENTS, NOTICES
from handlers.events import app_mention
from tests.handlers.conftest import House
from tests.handlers.forged import (
    ANNA,
    EVE,
    GUS,
    HERE,
    Body,
    one_of_each,
    press,
    submission,
    told,
)
from tests.handlers.signed import dispatch

OUTSIDER = [("refused", Membership.OUTSIDER)]


async def forms(house: House) -> dict[str, View]:
    """Each form as somebody who may open it got it."""
    anna = house.sandbox.person("anna")
    typed = ("/usher enroll", "/handoff 42", "/case note 42", "/case new", "/reply 42")
    opened = [await anna.types(each) for each in typed]
    house.care.visits.clear()
    house.care.answers.clear()
    return {form.callback_id: form for form in opened if isinstance(form, View)}


async def deliver(house: House, body: str) -> list[tuple[str, Membership]]:
    """The verbs that were run by it and what the visitor was taken for."""
    before = len(house.care.visits)
    await dispatch(house.app, body, secret=house.sandbox.workspace.signing_secret)
    await house.care.inbox.acted()
    return [(verb, visit.by.membership) for verb, visit in house.care.visits[before:]]


async def test_each_listener_refuses_a_guest_and_records_it(house: House) -> None:
    opened = await forms(house)
    silent = {told(event, GUS) for event in (*EVENTS, *NOTICES) if event is not app_mention.EVENT}
    for body in one_of_each(opened, GUS):
        met = await deliver(house, body)
        assert met == [("refused", Membership.GUEST)] or (body in silent and met == []), body


@pytest.mark.parametrize("more", [{}, {"team": None}, {"team": {}}, {"team": {"id": "T0OTHER"}}])
async def test_a_team_that_is_missing_is_not_the_visitors_own(house: House, more: Body) -> None:
    await house.sandbox.person("anna").shares("#care-billing", with_="eve")
    slip = (await forms(house))["handoff"].private_metadata
    if more.get("team") != {"id": "T0OTHER"}:
        assert await deliver(house, press("claim", user=EVE, **more)) == OUTSIDER
        assert await deliver(house, handed_off(slip, EVE, **more)) == OUTSIDER
    assert await deliver(house, handed_off(slip, EVE, installed="T0USHER", **more)) == OUTSIDER
    assert {visit.by.workspace.team_id for _, visit in house.care.visits} <= {"", "T0USHER"}


async def test_an_organisation_that_is_the_visitors_does_not_make_it_ours(house: House) -> None:
    await house.sandbox.person("anna").shares("#care-billing", with_="eve")
    slip = (await forms(house))["handoff"].private_metadata
    theirs = {"team": {"id": "T0OTHER"}, "enterprise": {"id": "E0OTHER"}}
    assert await deliver(house, handed_off(slip, EVE, installed="T0USHER", **theirs)) == OUTSIDER
    assert house.care.visits[-1][1].by.workspace.enterprise_id == ""


async def test_a_form_is_of_the_team_where_we_are_installed(house: House) -> None:
    slip = (await forms(house))["handoff"].private_metadata
    sent = handed_off(slip, ANNA, installed="T0USHER")
    assert await deliver(house, sent) == [("ask", Membership.MEMBER)]


async def test_an_event_that_nobody_granted_us_is_an_outsiders(house: House) -> None:
    await house.sandbox.person("anna").shares("#care-billing", with_="eve")
    for authorized in (True, False):
        house.care.answers.clear()
        said = told(app_mention.EVENT, EVE, team="T0OTHER", authorized=authorized)
        assert await deliver(house, said) == OUTSIDER
    assert {visit.by.workspace.team_id for _, visit in house.care.visits} <= {"", "T0USHER"}


async def test_a_form_is_sent_off_by_nobody_but_whom_it_was_opened_for(house: House) -> None:
    slip = (await forms(house))["handoff"].private_metadata
    ben = {"id": "U0BEN", "team_id": "T0USHER"}
    for foreign in (handed_off(slip, ben, **HERE), handed_off("42", ANNA, **HERE)):
        assert await deliver(house, foreign) == [("refused", Membership.MEMBER)]
    another = submission("note", slip=slip, user=ANNA, values={"words": "Hello."}, **HERE)
    assert await deliver(house, another) == [("refused", Membership.MEMBER)]
    assert house.care.asked == []


def handed_off(slip: str, user: Body, **more: Any) -> str:
    return submission("handoff", slip=slip, user=user, **more)
