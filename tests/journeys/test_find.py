"""Finding a case among many: by words of whoever said them, page by page, there and back."""

import asyncio
import re
from datetime import timedelta

from bot.model.ids import PersonKey
from bot.sandbox.driver import Heard, Message, Person
from storage.unit_of_work import Records
from tests.running import Running, heard

MANY = 40


async def many(house: Running, count: int = MANY) -> Person:
    """Anna brought in so many customers, the even ones about a refund."""
    anna = await house.enrolled("anna")
    for number in range(1, count + 1):
        matter = "wants a refund" if number % 2 == 0 else "asks for the opening hours"
        await anna.types(f"/case new @customer{number} {matter}")
    return anna


def numbers(shown: Message) -> list[int]:
    """The cases of a page, in the order they stand there."""
    return [int(found) for found in re.findall(r"(?<!\S)(\d+) · ", Heard.of(shown).words)]


async def pages(person: Person, typed: str) -> list[list[int]]:
    """All pages from the first to the last; each stands where the one before it stood."""
    heard(await person.types(typed))
    shown = latest(person)
    found = [numbers(shown)]
    while "Older" in shown.buttons:
        before, shown = shown, await turned(person, "Older", shown)
        assert shown.ts == before.ts, "the next page has to replace the one before it"
        found.append(numbers(shown))
    while "Newer" in shown.buttons:
        shown = await turned(person, "Newer", shown)
        found.append(numbers(shown))
    return found


async def turned(person: Person, label: str, shown: Message) -> Message:
    """The page that stands there once the button did its work."""
    await person.clicks(label, on=shown)
    for _ in range(200):
        now = [each for each in person.messages("#care-general") if each.ts == shown.ts]
        if now[0].blocks != shown.blocks:
            return now[0]
        await asyncio.sleep(0.02)
    raise AssertionError(f"{label} changed nothing")


def latest(person: Person) -> Message:
    return [each for each in person.messages("#care-general") if each.ephemeral][-1]


async def test_forty_cases_are_read_page_by_page_there_and_back(house: Running) -> None:
    anna = await many(house)
    for number in range(1, 11):
        await anna.types(f"/case release {number}")
    refunds = list(range(MANY, 0, -2))
    there_and_back = [refunds[:10], refunds[10:], refunds[:10]]
    assert await pages(anna, "/case find refund") == there_and_back
    mine = list(range(MANY, 10, -1))
    forth = [mine[:10], mine[10:20], mine[20:]]
    assert await pages(anna, "/case mine") == [*forth, mine[10:20], mine[:10]]
    assert await pages(anna, "/case find refund mine") == [
        list(range(40, 20, -2)),
        list(range(20, 10, -2)),
        list(range(40, 20, -2)),
    ]
    assert await pages(anna, "/case find waiting refund") == [[2, 4, 6, 8, 10]]
    assert await pages(anna, "/case find @customer7") == [[7]]
    assert await pages(anna, "/case find @customer7 refund") == [[]]


async def test_what_is_opened_or_taken_meanwhile_moves_no_page(house: Running) -> None:
    anna = await many(house, 40)
    await anna.types("/case find refund")
    first = latest(anna)
    for number in (40, 38):
        await anna.types(f"/case resolve {number}")
    await anna.types("/case new @late wants a refund too")
    assert numbers(await turned(anna, "Older", first)) == list(range(20, 0, -2))


async def test_later_words_and_notes_are_found_in_any_case(house: Running) -> None:
    post = await house.sandbox.x.posts("jane", "@acme my bill is wrong")
    anna = house.person("anna")
    await anna.sees("my bill is wrong", channel="#care-billing", timeout=10)
    await house.sandbox.x.posts("jane", "@acme it is the STRASSE in Bonn", in_reply_to=post.id)
    await anna.sees("STRASSE in Bonn", channel="#care-billing", timeout=10)
    await anna.types("/case note 1 Ask Müller of accounting.")
    for words in ("straße", "MÜLLER", "bill müller bonn", "@jane strasse"):
        assert "1 · " in heard(await anna.types(f"/case find {words}")), words
    assert "No case has these words" in heard(await anna.types("/case find müller hamburg"))


async def test_a_number_may_be_that_of_a_case(house: Running) -> None:
    anna = await many(house, 8)
    await anna.types("/case new @late asks for gate 7")
    shown = heard(await anna.types("/case find 7"))
    assert shown.index("/case 7 – the case of that number") < shown.index("9 · ")
    assert "Case 7: " in heard(await anna.types("/case 7"))
    assert "No case has these words" in heard(await anna.types("/case find 12345678901234567890"))
    for typed in ("/case find C-5", "/case find #5"):
        said = heard(await anna.types(typed))
        assert said == "Found: /case 5 – the case of that number"
    assert "of that number" not in heard(await anna.types("/case find 77"))


async def test_a_list_of_somebody_else_is_not_turned(house: Running) -> None:
    anna = await many(house, 11)
    await anna.types("/case mine")
    hers = latest(anna)
    copied = house.sandbox.workspace.messages.post(
        hers.channel, user="U0USHER", text="x", blocks=list(hers.blocks)
    )
    ben = house.person("ben")
    await ben.clicks("Older", on=copied)
    await ben.sees("Please ask for it again")


async def test_each_page_is_on_record(house: Running) -> None:
    anna = await many(house, 24)
    await anna.types("/case find refund")
    await turned(anna, "Older", latest(anna))

    def looks(unit: Records) -> int:
        anna, since = PersonKey("T0USHER:U0ANNA"), unit.now - timedelta(minutes=5)
        newest = unit.audit.last_by(anna, ("case.searched",), since)
        return 0 if newest is None else int(dict(newest.entry.facts)["found"])

    assert await house.usher.rooms.db.read(looks) == 2


async def test_a_name_from_right_to_left_does_not_jumble_its_line(house: Running) -> None:
    """The first letter of a line turns all of it, so the handle goes before such a name."""
    name = "ليلى المنصوري"
    await house.sandbox.x.posts("layla", "@acme where is my refund?", name=name)
    anna = await house.enrolled("anna")
    await anna.sees(f"@layla {name}", channel="#care-billing", timeout=10)
    assert f"1 · @layla {name}: “" in heard(await anna.types("/case open"))
    assert f"Case 1: @layla {name}, " in heard(await anna.types("/case 1"))
