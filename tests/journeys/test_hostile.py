"""Hostile words through the door, into whatever is typed or named: nothing pings or breaks.

The sandbox refuses what Slack would refuse, so whatever went through was in order; and all of it
is searched for what would act on somebody's screen.
"""

from dataclasses import replace

import pytest

from bot.sandbox.driver import Person, View
from bot.sandbox.records import Json
from tests.running import Running
from tests.slack.hostile import BIDI, PINGS
from tests.slack.judge import assert_harmless

NASTY = {
    "pings": " ".join(PINGS),
    "entities": "&lt;!channel&gt; &amp;lt;!here&amp;gt; <!channel",
    "brackets": "<" * 1_200,
    "direction": f"{BIDI}abc",
    "markup": "*_~`bold`~_* :smile: @channel #general [x](https://evil.example)",
    "json": '"}],"type":"actions"',
    "arabic": "مرحبا بالعالم " * 40,
    "hindi": "नमस्ते दुनिया " * 40,
    "families": "👨‍👩‍👧‍👦" * 200,
    "accents": "e" + "\u0301" * 900,
    "long": "refund " * 5_700,
    "quotes": "”\n“ Next: claim it “" * 20,
}


@pytest.mark.parametrize("name", NASTY)
async def test_typed_into_every_field_it_goes_in_and_acts_nowhere(
    house: Running, name: str
) -> None:
    words = NASTY[name]
    anna, ben = await house.enrolled("anna"), await house.enrolled("ben")
    await anna.types(f"/case new @jane wants an offer {words[:300]}")
    await house.sandbox.x.posts("jane", f"@acme refund {words}"[:20_000])
    await anna.sees("Case 2", channel="#care-billing", timeout=10)
    await anna.types("/claim 2")
    for typed in (
        f"/case note 1 {words}",
        f"/reply 1 {words[:150]}",
        f"/case find {words}",
        f"/case find @{words}",
        f"/lookup @{words}",
        f"/case new @{words} {words}",
        f"/case pass 1 {words}",
        f"/claim {words}",
        f"/case {words}",
        f"/handoff 1 sales {words}",
        f"/handoff 1 {words}",
    ):
        await anna.types(typed)
        await closed(anna)
    await in_every_form(anna, words)
    await anna.types("/case pass 1 @ben")
    for shown in ("/case 1", "/case 2", "/case mine", "/case open", "/usher status"):
        await anna.types(shown)
        await closed(anna)
    for person in (anna, ben):
        assert await person.opens_home(timeout=8)
    await all_is_well(house)


@pytest.mark.parametrize("name", ["pings", "brackets", "direction", "families"])
async def test_as_the_name_of_a_colleague_a_customer_and_a_route(house: Running, name: str) -> None:
    words = NASTY[name]
    anna, ben = house.person("anna"), house.person("ben")
    for person in (anna, ben):
        account = house.sandbox.workspace.people[person.person.id]
        house.sandbox.workspace.people[account.id] = replace(account, real_name=words)
    await house.sandbox.x.posts("jane", "@acme refund for me")
    await house.enrolled("anna")
    await anna.sees("refund for me", channel="#care-billing", timeout=10)
    await anna.types("/claim 1")
    await anna.types("/case note 1 seen")
    await anna.types("/case pass 1 @ben")
    await ben.sees("passed case 1", channel="@usher", timeout=10)
    assert await ben.opens_home(timeout=8)
    await all_is_well(house)


async def in_every_form(person: Person, words: str) -> None:
    for typed, values in (
        ("/case note 1", {"words": words[:1900]}),
        ("/case new", {"handle": words[:190], "summary": words[:1900]}),
        ("/reply 1", {"words": words[:1900]}),
    ):
        form = await person.types(typed)
        if isinstance(form, View):
            await person.submits(form, values)
        await closed(person)


async def closed(person: Person) -> None:
    while person.view:
        await person.closes(person.view)


async def all_is_well(house: Running) -> None:
    """Everything we sent was taken, every visit was answered, and nothing in it acts."""
    journal = house.sandbox.workspace.journal
    for call in journal.calls():
        assert call.answer.get("ok", True), (call.method, call.answer)
        harmless(call.args)
    for visit in journal.deliveries():
        assert visit.outcome == "acked", visit
        harmless(visit.ack or {})


def harmless(payload: Json) -> None:
    """Slack parses the text beside the blocks, and nothing in blocks of ours."""
    assert "<" not in str(payload.get("text", "")), payload["text"]
    for part in ("blocks", "view"):
        assert_harmless(payload.get(part) or {})
