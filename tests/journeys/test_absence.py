"""Who is away or has left holds nobody up: what they held waits for everybody again."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.driver import Heard, Person
from tests.faults.databases import count
from tests.faults.waiting import until_told
from tests.journeys.test_groups_untold import tells_no_groups
from tests.running import Mode, Running, Wandering, case_number, heard, running

CHANNEL = "#care-billing"


async def held(house: Running, name: str, words: str = "refund now") -> tuple[Person, int]:
    """Somebody, and the case they hold."""
    person = await house.enrolled(name)
    card = await house.card("jane", f"@acme {words}", channel=CHANNEL, seen=words)
    case_id = case_number(card)
    assert "is yours" in heard(await person.types(f"/claim {case_id}"))
    return person, case_id


async def waits(house: Running, case_id: int) -> None:
    """In the list of what waits for anybody."""

    async def so() -> bool:
        return f"{case_id} ·" in heard(await house.person("cora").types("/case open"))

    await until_told(so, seconds=8)


async def claimable(house: Running, case_id: int) -> None:
    """Its card has the button again, and it works."""
    ben = await house.enrolled("ben")
    cards = [m for m in ben.messages(CHANNEL) if f"ase {case_id}" in m.words]
    assert len(cards) == 1

    async def offered() -> bool:
        (now,) = [m for m in ben.messages(CHANNEL) if f"ase {case_id}" in m.words]
        return "Claim" in now.buttons

    await until_told(offered)
    assert "is yours" in heard(await ben.types(f"/claim {case_id}"))


async def test_away_by_word_of_mouth_and_back(house: Running, database_url: str) -> None:
    anna, case_id = await held(house, "anna")
    said = heard(await anna.types("/usher away until 14:00"))
    assert "14:00" in said
    assert f"Case {case_id} waits for everybody again" in said
    await waits(house, case_id)
    await claimable(house, case_id)
    assert "Welcome back" in heard(await anna.types("/usher back"))
    assert "not away" in heard(await anna.types("/usher back"))
    handed = "audit_events WHERE action = 'case.handed_back'"
    assert await count(database_url, handed) == 1


async def test_a_status_says_it_and_its_words_are_never_read(
    house: Running, database_url: str
) -> None:
    anna, case_id = await held(house, "anna")
    await anna.sets_status(":spiral_calendar_pad:", "in a meeting, away")
    await anna.sets_status(":palm_tree:", "a very private reason")
    told = await anna.sees(f"Case {case_id} waits for everybody again", channel="@anna", timeout=10)
    assert "Claim it again" in told.words
    assert "private" not in told.words
    assert await count(database_url, "audit_events WHERE action = 'case.handed_back'") == 1
    # Who claims all the same is there, whatever the status shows, and keeps the case.
    assert "is yours" in heard(await anna.types(f"/claim {case_id}"))
    await anna.sets_status(":palm_tree:", "still")
    await house.usher.care.absence.sweep()
    assert f"{case_id} ·" in heard(await anna.types("/case mine"))


async def test_a_colleague_who_leaves_gives_back_at_once_and_coordinators_are_told(
    house: Running,
) -> None:
    _, case_id = await held(house, "anna")
    await house.usher.care.roles.look()
    # Whoever looked after the house a moment ago, where Slack does not tell of groups just then.
    await tells_no_groups(house)
    await house.person("cora").deactivates("anna")
    told = await house.person("cora").sees("no longer a member", channel="@cora", timeout=10)
    assert "Anna Berg" in told.words
    assert str(case_id) in told.words
    await waits(house, case_id)
    await claimable(house, case_id)


async def test_a_lost_event_is_made_good_by_the_sweep(house: Running) -> None:
    anna, case_id = await held(house, "anna")
    house.sandbox.workspace.faults.inject("delivery", kind="drop")
    await anna.sets_status(":palm_tree:", "")
    await house.usher.care.absence.sweep()
    await waits(house, case_id)


async def test_who_holds_nothing_leaves_no_trace(house: Running, database_url: str) -> None:
    anna, ben = house.person("anna"), house.person("ben")
    await held(house, "sam")
    for _ in range(3):
        await anna.sets_status(":palm_tree:", "")
        await ben.sets_status("", "")
    await house.sandbox.told("events_api", count=1)
    assert await count(database_url, "absences") == 0
    assert await count(database_url, "inbox WHERE kind = 'user_change'") == 0


async def test_nothing_is_passed_to_somebody_who_is_away(house: Running) -> None:
    anna, case_id = await held(house, "anna")
    await house.person("ben").types("/usher away until tomorrow")
    said = heard(await anna.types(f"/case pass {case_id} @ben"))
    assert "Ben Okafor is away" in said
    assert f"let anybody take it: /case release {case_id}." in said
    await house.person("ben").types("/usher back")
    assert "Ben Okafor holds case" in heard(await anna.types(f"/case pass {case_id} @ben"))


async def test_what_was_handed_back_is_not_undone_behind_anybodys_back(house: Running) -> None:
    anna, case_id = await held(house, "anna")
    await anna.types("/usher away")
    assert "cannot be undone" in heard(await anna.types("/case undo"))
    await waits(house, case_id)


@pytest.mark.parametrize("typed", ["until yesterday", "until 25:00", "2020-01-01", "until 🌴"])
async def test_an_until_that_is_none_is_said_with_examples(house: Running, typed: str) -> None:
    answer = await house.person("anna").types(f"/usher away {typed}")
    assert isinstance(answer, Heard)
    assert "/usher away until 14:00" in answer.words


async def test_a_guest_may_not_even_be_away(house: Running) -> None:
    said = heard(await house.person("gus").types("/usher away", channel=CHANNEL))
    assert "guest" in said


async def test_whoever_becomes_a_guest_holds_nothing_any_more(house: Running) -> None:
    anna, case_id = await held(house, "anna")
    await house.person("cora").makes_guest("anna", "multi-channel")
    await waits(house, case_id)
    assert "guest" in heard(await anna.types(f"/claim {case_id}"))


async def still_hers(house: Running, anna: Person, case_id: int) -> None:
    """Whatever Slack shows of her, and however often it is looked at."""
    for _ in range(2):
        await house.usher.care.absence.sweep()
        assert f"{case_id} ·" in heard(await anna.types("/case mine"))


async def test_back_is_back_until_the_old_status_has_gone(
    house: Running, database_url: str
) -> None:
    anna, case_id = await held(house, "anna")
    await anna.sets_status(":palm_tree:", "")
    await waits(house, case_id)
    assert "Welcome back" in heard(await anna.types("/usher back"))
    assert "not away" in heard(await anna.types("/usher back"))
    assert "is yours" in heard(await anna.types(f"/claim {case_id}"))
    await still_hers(house, anna, case_id)
    sam, other = await held(house, "sam", "refund please")
    assert f"Anna Berg holds case {other}" in heard(await sam.types(f"/case pass {other} @anna"))
    await anna.sets_status("", "")

    async def forgotten() -> bool:
        return await count(database_url, "absences") == 0

    await until_told(forgotten)
    await anna.sets_status(":palm_tree:", "the next holiday")
    await waits(house, case_id)
    assert await count(database_url, "audit_events WHERE action = 'case.handed_back'") == 3


@pytest.mark.parametrize("emoji", ["", ":palm_tree:"])
async def test_who_is_here_again_at_the_hour_they_said_stays_whatever_shows(
    tmp_path: Path, database_url: str, mode: Mode, emoji: str
) -> None:
    clock = Wandering()
    async with running(tmp_path, database_url, mode=mode, clock=clock) as house:
        anna, case_id = await held(house, "anna")
        await anna.types("/usher away until tomorrow")
        await anna.sets_status(emoji, "")
        clock.off = timedelta(hours=25)
        assert "is yours" in heard(await anna.types(f"/claim {case_id}"))
        await still_hers(house, anna, case_id)
        assert await count(database_url, "audit_events WHERE action = 'absence.ended'") == 1
        assert await count(database_url, "absences") == (1 if emoji else 0)


async def test_a_status_that_is_prolonged_is_one_absence(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    clock = Wandering()
    async with running(tmp_path, database_url, mode=mode, clock=clock) as house:
        anna, case_id = await held(house, "anna")
        await anna.sets_status(":palm_tree:", "", until=clock() + timedelta(hours=1))
        await waits(house, case_id)
        assert "is yours" in heard(await anna.types(f"/claim {case_id}"))
        await anna.sets_status(":palm_tree:", "", until=clock() + timedelta(hours=4))
        prolonged = "audit_events WHERE action = 'absence.prolonged'"

        async def known() -> bool:
            return await count(database_url, prolonged) == 1

        await until_told(known)
        clock.off = timedelta(hours=2)
        await still_hers(house, anna, case_id)
        sam, other = await held(house, "sam", "refund please")
        assert "Anna Berg is away" in heard(await sam.types(f"/case pass {other} @anna"))
        clock.off = timedelta(hours=5)
        await still_hers(house, anna, case_id)
        assert await count(database_url, "absences") == 0


async def test_many_that_are_given_back_are_named_without_looking_like_a_card(
    house: Running,
) -> None:
    anna = await house.enrolled("anna")
    for number in range(1, 25):
        await anna.types(f"/case new @customer{number} wants a refund")
    told = heard(await anna.types("/usher away"))
    assert "24 cases wait for everybody again: case 1, case 2" in told
    assert "and 14 more" in told
    assert "card" not in told
