"""A colleague who became a guest, and all that is still open before them: every listener says no.

On the whole Usher, with forms and buttons they came by while they were a member.
"""

import aiohttp

from bot.sandbox.driver import View
from handlers import BUTTONS, COMMANDS
from tests.faults.databases import count, rows
from tests.faults.waiting import until_told
from tests.fixtures.houses import EACH, only_on
from tests.handlers.forged import ANNA, HERE, one_of_each, press
from tests.handlers.signed import signed
from tests.journeys.test_threads import CHANNEL
from tests.running import Running, case_number, heard

WORDS = "refund for my lost parcel"
MINE = "audit_events WHERE actor LIKE '%U0ANNA' AND id > "


async def opened(house: Running) -> dict[str, View]:
    """One form of each that words open, with the customer's words on the cards of her case."""
    card = await house.card("jane", f"@acme {WORDS}", channel=CHANNEL, seen=WORDS)
    anna, number = await house.enrolled("anna"), case_number(card)
    heard(await anna.types(f"/claim {number}"))
    for outsider in ("gus", "eve"):
        no = heard(await anna.types(f"/case pass {number} @{outsider}"))
        assert "to a full member of this organisation only" in no
    await anna.says("@usher add this", channel=CHANNEL, thread=card)
    await anna.sees("Press the button", channel=CHANNEL, timeout=10)
    typed = (f"/handoff {number}", f"/case note {number}", "/case new", f"/reply {number}")
    forms = [await anna.types(each) for each in typed]
    return {form.callback_id: form for form in forms if isinstance(form, View)}


async def deliver(house: Running, body: str) -> str:
    headers = signed(body, secret=house.sandbox.workspace.signing_secret)
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{house.usher.web_url}/slack/events", data=body, headers=headers) as answer,
    ):
        return await answer.text()


@only_on(EACH[0])
async def test_nothing_is_done_or_shown_for_whoever_became_a_guest(
    house: Running, database_url: str
) -> None:
    forms = await opened(house)
    slips = [key for (key,) in await rows(database_url, "SELECT key FROM visits")]
    await house.person("cora").makes_guest("anna", "multi-channel")

    async def known() -> bool:
        return "guest" in heard(await house.person("anna").types("/case open"))

    await until_told(known)
    ((before,),) = await rows(database_url, "SELECT max(id) FROM audit_events")
    bodies = one_of_each(forms, ANNA)
    for button in BUTTONS:
        for value in ("1", *slips):
            bodies.append(press(button.action_id, user=ANNA, value=value, **HERE))
    for body in bodies:
        assert WORDS not in await deliver(house, body)
    assert await count(database_url, f"{MINE}{before}") >= len(COMMANDS) + len(BUTTONS)
    said = f"SELECT action FROM {MINE}{before} AND effect <> 'denied'"  # noqa: S608  our own words
    assert await rows(database_url, said) == []
