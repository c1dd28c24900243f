"""Slack sends ids for whom a message names; what is kept, filed or sent to a customer has names."""

from pathlib import Path

from tests.journeys.test_said_by_name import ask
from tests.journeys.test_threads import CHANNEL, a_card
from tests.running import Mode, Running, case_number, heard, running
from tests.trusting import trusted
from tests.unlisted import unlisted

NAMED = "thanks, @ben and @managers of #general know, @nobody too"
READS = "thanks, @Ben Okafor and @managers of #general know, @nobody too"


async def test_a_colleagues_id_is_in_no_words_of_a_case(house: Running) -> None:
    card, anna = await a_card(house), await house.enrolled("anna")
    number = case_number(card)
    await trusted(house, "anna")
    await ask(house, card, "@usher claim")
    for text in ("reply {}", "note {}", "add {}"):
        assert READS in await ask(house, card, "@usher " + text.format(NAMED)), text
    await ask(house, card, f"@usher handoff service {NAMED}")
    await anna.sees("ticket 1 in", channel="@usher", timeout=10)
    tickets = (house.home / "data" / "console-desk.jsonl").read_text(encoding="utf-8")
    assert READS in tickets
    for words in (tickets, heard(await anna.types(f"/case {number}"))):
        assert "U0BEN" not in words
        assert "S0MANAGERS" not in words
    assert "Ben Okafor holds case" in await ask(house, card, "@usher pass @ben")


async def test_whom_slack_does_not_name_has_no_id_either(house: Running) -> None:
    card = await a_card(house)
    workspace = house.sandbox.workspace
    typed = "<@U0USHER> note <@U0GONE>, <!subteam^S0NOBODY>: <#C0BILLING|>, not <#C0NOWHERE|>"
    workspace.messages.post(card.channel, user="U0BEN", text=typed, thread_ts=card.ts)
    named = "@a colleague, @a-group: #care-billing, not #another-channel"
    await house.person("ben").sees(named, channel=CHANNEL, timeout=10)


async def test_a_chosen_message_names_groups_and_channels(house: Running) -> None:
    await a_card(house)
    said = await house.person("ben").says(NAMED, channel=CHANNEL)
    form = await house.person("anna").uses("Add to a case", on=said)
    assert READS in str(getattr(form, "blocks", ""))


async def test_one_that_is_slow_takes_no_other_ones_name_away(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with running(tmp_path, database_url, mode=mode, before=unlisted) as house:
        card, anna = await a_card(house), house.person("anna")
        await ask(house, card, "@usher note for @ben")
        said = await house.person("ben").says("@cora asks @ben", channel=CHANNEL)
        house.sandbox.workspace.faults.inject("users.info", kind="delay:2")
        form = await anna.uses("Add to a case", on=said)
        assert "@a colleague asks @Ben Okafor" in str(getattr(form, "blocks", ""))
