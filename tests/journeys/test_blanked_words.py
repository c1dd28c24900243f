"""Story 13: once a coordinator blanked a card, nothing of ours quotes its case any more.

A canary stands in the customer's words. After the blanking every surface is opened, and whatever
Usher says to Slack from then on is searched for it. Only the case's own page still has the words.
"""

from datetime import time
from pathlib import Path

from bot.sandbox.driver import Message, View
from bot.sandbox.journal import Call, Delivery
from tests.faults.flood import known
from tests.journeys.storming import OUTAGE, outage, told
from tests.journeys.storming import house as stormy
from tests.journeys.test_wishes import shows, wishes, with_a_clock
from tests.running import Mode, Running, blanks, case_number, heard

__all__ = ["stormy"]

CHANNEL = "#care-billing"
CANARY = "quokka"
BLANK = "[blanked by a coordinator]"


async def blanked(house: Running, card: Message, *, channel: str) -> int:
    """How many entries the journal had when the card was blank."""
    cora = house.person("cora")
    await blanks(cora, card)
    blank = await cora.sees("Blanked by Cora Lind", channel=channel, timeout=10)
    assert CANARY not in blank.words
    return len(house.sandbox.workspace.journal)


def said_since(house: Running, mark: int) -> str:
    """All that we told Slack: calls, and what acknowledgements carried."""
    entries = house.sandbox.workspace.journal[mark:]
    calls = [each.args for each in entries if isinstance(each, Call)]
    return repr((calls, [each.ack for each in entries if isinstance(each, Delivery)]))


async def lists(house: Running, number: int) -> None:
    """What is asked for by whoever holds it, and by whoever looks for it."""
    ben, mina = house.person("ben"), house.person("mina")
    for typed in ("/case mine", "/case find refund", "/case find refund mine"):
        assert f"{number} · Jane" in heard(await ben.types(typed)), typed
        assert BLANK in heard(await ben.types(typed)), typed
    home = await ben.opens_home(timeout=8)
    assert home is not None
    assert BLANK in home.words
    assert "wrote 1 time" in heard(await mina.types("/digest today"))
    await ben.types("/usher status")


async def forms(house: Running, number: int, talk: Message, whisper: Message) -> None:
    anna, ben = house.person("anna"), house.person("ben")
    opened = [
        await anna.uses("Add to a case", on=talk),
        await ben.clicks("Open the form", on=whisper),
        await ben.types(f"/handoff {number}"),
        await ben.types(f"/reply {number}"),
        await ben.types(f"/case note {number}"),
    ]
    for form in opened:
        assert isinstance(form, View)
    assert BLANK in repr(opened[0])
    assert BLANK in repr(opened[1])


async def goes_on(house: Running, number: int) -> None:
    """Passed, noted, given back, taken again: the case goes on, and people are told."""
    anna, ben = house.person("anna"), house.person("ben")
    await ben.types(f"/case note {number} it goes on")
    await ben.types(f"/case pass {number} @anna")
    await anna.sees(f"passed case {number} to you: “{BLANK}”", channel="@usher", timeout=10)
    await anna.types(f"/case release {number}")
    assert BLANK in heard(await anna.types("/case open"))
    home = await anna.opens_home(timeout=8)
    assert home is not None
    assert BLANK in home.words
    await anna.types("/case undo")
    await house.sandbox.x.posts("jane", "@acme my refund for another thing")
    second = await anna.sees("another thing", channel=CHANNEL, timeout=10)
    await anna.types(f"/claim {case_number(second)}")
    assert f"Earlier case {number}" in heard(await anna.types("/lookup @jane"))


async def test_nothing_quotes_a_blanked_case(tmp_path: Path, database_url: str, mode: Mode) -> None:
    async with with_a_clock(tmp_path, database_url, mode) as (house, clock):
        anna, ben, mina = (
            await house.enrolled("anna"),
            await house.enrolled("ben"),
            house.person("mina"),
        )
        await wishes(ben, how="Once a day, in the morning")
        said = f"refund my {CANARY} now"
        card = await house.card("jane", f"@acme {said}", channel=CHANNEL, seen=said)
        await known(house, card)
        number = case_number(card)
        await anna.types(f"/claim {number}")
        await anna.types(f"/case pass {number} @ben")
        talk = await anna.says("They called as well.", channel=CHANNEL, thread=card)
        await ben.says("@usher add this", channel=CHANNEL, thread=card)
        whisper = await ben.sees("Press the button", channel=CHANNEL, timeout=10)
        mark = await blanked(house, card, channel=CHANNEL)
        await lists(house, number)
        await forms(house, number, talk, whisper)
        await goes_on(house, number)
        await house.usher.care.digests.send_once()
        digest = await mina.sees("In their own words", channel="#managers", timeout=10)
        assert "another thing" in digest.words
        shows(clock, time(9, 1))
        morning = await ben.sees(f"passed case {number} to you", channel="@usher", timeout=10)
        assert BLANK in morning.words
        assert CANARY not in said_since(house, mark)
        page = heard(await anna.types(f"/case {number}"))
        assert CANARY in page
        assert "Blanked by Cora Lind: please keep its words out of the channels." in page


async def test_the_same_words_of_another_case_stay(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with with_a_clock(tmp_path, database_url, mode) as (house, clock):
        anna, ben = await house.enrolled("anna"), house.person("ben")
        await wishes(ben, how="Once a day, in the morning")
        await anna.types("/case new @jane Thanks!")
        card = await house.person("cora").sees("Thanks!", channel="#care-general", timeout=10)
        await known(house, card)
        first = case_number(card)
        other = case_number(await anna.types("/case new @tom Thanks!"))
        for number in (first, other):
            assert "Ben Okafor holds" in heard(await anna.types(f"/case pass {number} @ben"))
        await blanks(house.person("cora"), card)
        await ben.sees("Blanked by Cora Lind", channel="#care-general", timeout=10)
        shows(clock, time(9, 1))
        told = await ben.sees(
            f"passed case {other} to you: “Thanks!”", channel="@usher", timeout=10
        )
        assert f"passed case {first} to you: “{BLANK}”" in told.words


async def test_a_digest_that_could_not_be_posted_forgets_it(house: Running) -> None:
    said, mina = f"refund my {CANARY} now", house.person("mina")
    card = await house.card("jane", f"@acme {said}", channel=CHANNEL, seen=said)
    await known(house, card)
    faults = house.sandbox.workspace.faults
    faults.inject("chat.postMessage", kind="error:internal_error", times=1000)
    await house.usher.care.digests.send_once()
    mark = await blanked(house, card, channel=CHANNEL)
    faults.clear()
    digest = await mina.sees("In their own words", channel="#managers", timeout=30)
    assert BLANK in digest.words
    assert CANARY not in said_since(house, mark)


async def test_nothing_of_a_storm_quotes_a_blanked_case(stormy: Running) -> None:
    await stormy.sandbox.x.posts("jane", f"@acme outage, says my {CANARY}")
    rolling = await outage(stormy, 4, seen=5)
    anna, ben, cora = (
        await stormy.enrolled("anna"),
        await stormy.enrolled("ben"),
        stormy.person("cora"),
    )
    taken = case_number(await told(anna, "Take the next one", on=rolling))
    own = await cora.sees(CANARY, channel=OUTAGE, timeout=10)
    mark = await blanked(stormy, own, channel=OUTAGE)
    await anna.types(f"/case release {taken}")
    await cora.sees("5 wait", channel=OUTAGE, timeout=10)
    assert BLANK in (await told(ben, "Show the list", on=rolling)).words
    assert BLANK in (await told(ben, "Take the next one", on=rolling)).words
    assert CANARY not in said_since(stormy, mark)
