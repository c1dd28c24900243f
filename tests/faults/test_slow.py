"""A verb that takes longer than Slack waits: the person is told so, and the answer follows."""

from tests.faults.databases import blocked, count, locked
from tests.running import Running, case_number, heard

CHANNEL = "#care-billing"


async def test_a_slow_verb_says_still_working_and_then_answers(
    house: Running, database_url: str
) -> None:
    card = await house.card("jane", "@acme refund now", channel=CHANNEL, seen="refund now")
    anna = await house.enrolled("anna")
    async with locked(database_url):
        said = heard(await anna.types(f"/claim {case_number(card)}", channel=CHANNEL))
        assert "Still working" in said
    answer = await anna.sees("is yours", channel=CHANNEL, timeout=10)
    assert answer.ephemeral
    await house.person("cora").sees("Anna Berg", channel=CHANNEL, timeout=10)
    assert len(house.sandbox.workspace.journal.calls("response_url")) == 1
    assert await count(database_url, "audit_events WHERE action = 'case.claimed'") == 1


async def test_while_the_database_is_held_mentions_wait_and_nobody_crashes(
    house: Running, database_url: str
) -> None:
    cora = house.person("cora")
    async with locked(database_url, table="audit_events"):
        await house.sandbox.x.posts("jane", "@acme refund the first")
        await blocked(database_url)
        await cora.sees_not("refund the first", channel=CHANNEL, within=0.3)
    await cora.sees("refund the first", channel=CHANNEL, timeout=10)
    assert await count(database_url, "mentions") == 1
