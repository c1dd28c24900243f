"""An organisation-wide installation: a command names a workspace of it, an event may name none."""

import json
from dataclasses import replace

from bot.model.person import Membership
from handlers.events import user_change
from tests.handlers.conftest import House
from tests.handlers.forged import ANNA, slash, told
from tests.handlers.signed import dispatch
from tests.handlers.test_strangers import deliver

ORGANISATION = [{"team_id": None, "enterprise_id": "E0LOOP", "is_enterprise_install": True}]


def typed(number: int) -> str:
    return slash("case", number, user=ANNA) + "&enterprise_id=E0LOOP"


async def test_who_changed_is_asked_for_anew_in_every_workspace(house: House) -> None:
    assert await deliver(house, typed(1)) == [("mine", Membership.MEMBER)]
    people = house.sandbox.workspace.people
    people["U0ANNA"] = replace(people["U0ANNA"], guest="multi-channel")
    assert await deliver(house, typed(2)) == [("mine", Membership.MEMBER)]
    changed = json.loads(told(user_change.NOTICE, ANNA)) | {"authorizations": ORGANISATION}
    secret = house.sandbox.workspace.signing_secret
    assert (await dispatch(house.app, json.dumps(changed), secret=secret)).status == 200
    assert await deliver(house, typed(3)) == [("refused", Membership.GUEST)]
    await house.care.inbox.acted()
