"""Story 2: any full member claims; exactly one holds; undo, release, pass by name."""

import asyncio

import pytest

from bot.model.ids import CaseId
from bot.sandbox.driver import Heard, View
from tests.running import Running, case_number, heard


@pytest.mark.main_journey
async def test_first_claim_opens_the_guidebook_and_accepting_it_claims(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    ben = house.person("ben")
    guidebook = await ben.clicks("Claim", on=card)
    assert isinstance(guidebook, View)
    await ben.submits(guidebook, {})
    held = await house.person("anna").sees("Ben Okafor", channel="#care-billing", timeout=10)
    assert held.ts == card.ts
    assert "Release" in held.buttons
    assert "Claim" not in held.buttons


async def test_closing_the_guidebook_claims_nothing(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    ben = house.person("ben")
    guidebook = await ben.clicks("Claim", on=card)
    assert isinstance(guidebook, View)
    await ben.closes(guidebook)
    assert "You hold no case" in heard(await ben.types("/case mine"))


@pytest.mark.main_journey
async def test_two_press_at_once_one_holds_and_the_other_is_told_who(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, ben = await house.enrolled("anna"), await house.enrolled("ben")
    number = case_number(card)
    answers = await asyncio.gather(anna.types(f"/claim {number}"), ben.types(f"/claim {number}"))
    said = [heard(answer) for answer in answers]
    assert sum("is yours" in one for one in said) == 1
    loser = next(one for one in said if "is yours" not in one)
    winner = "Anna Berg" if "is yours" in said[0] else "Ben Okafor"
    assert winner in loser


@pytest.mark.main_journey
async def test_guest_and_outsider_are_refused_with_a_reason(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    number = case_number(card)
    await house.person("anna").shares("#care-billing", with_="eve")
    for name in ("gus", "rosa", "eve"):
        await house.person(name).clicks("Claim", on=card)
        refused = await house.person(name).sees("D-", channel="#care-billing", timeout=10)
        assert refused.ephemeral
        assert "is yours" not in refused.words
    for name in ("gus", "rosa"):
        # Not even whether there is such a case.
        for command in ("/claim 999", "/case 999", "/case undo"):
            said = heard(await house.person(name).types(command, channel="#care-billing"))
            assert "no case" not in said
            assert "nothing" not in said
        # Nor what others may do.
        for command in ("/usher help", "/usher", "/case help"):
            said = heard(await house.person(name).types(command, channel="#care-billing"))
            assert "as a guest" in said, command
            assert "/claim" not in said, command
    mine = heard(await (await house.enrolled("anna")).types(f"/claim {number}"))
    assert "is yours" in mine


@pytest.mark.main_journey
async def test_release_pass_resolve_and_undo(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, number = await house.enrolled("anna"), case_number(card)
    assert "is yours" in heard(await anna.types(f"/claim {number}"))
    assert "waits for someone again" in heard(await anna.types("/case undo"))
    assert "is yours" in heard(await anna.types(f"/claim #{number}"))
    assert "Ben Okafor holds" in heard(await anna.types(f"/case pass {number} @ben"))
    ben = house.person("ben")
    await ben.sees("passed case", channel="@usher", timeout=10)
    assert "is yours again" in heard(await anna.types("/case undo"))
    # Whoever was told that it is theirs is told that it is not.
    await ben.sees(f"Anna Berg took case {number} back", channel="@usher", timeout=10)
    assert "is resolved" in heard(await anna.types(f"/case resolve {number}"))
    resolved = await anna.sees("resolved", channel="#care-billing", timeout=10)
    assert "Claim" not in resolved.buttons


async def test_someone_elses_case_cannot_be_released_or_answered(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, ben, number = await house.enrolled("anna"), await house.enrolled("ben"), case_number(card)
    await anna.types(f"/claim {number}")
    for command in (f"/case release {number}", f"/case resolve {number}", f"/reply {number} hi"):
        said = heard(await ben.types(command))
        assert "D-" in said, said
    assert str(number) in heard(await anna.types("/case mine"))


async def test_notes_are_open_to_every_member_and_stand_on_the_card(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    ben = house.person("ben")
    assert "Noted" in heard(await ben.types(f"/case note {case_number(card)} seen this last week"))
    await ben.sees("seen this last week", channel="#care-billing", timeout=10)


@pytest.mark.main_journey
async def test_same_delivery_twice_acts_once_and_answers_the_same(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna = await house.enrolled("anna")
    house.sandbox.workspace.faults.duplicate_next()
    answer = await anna.types(f"/claim {case_number(card)}")
    assert isinstance(answer, Heard)
    assert "is yours" in answer.words
    report = await house.usher.verify()
    assert report.broken == ()


async def test_claiming_again_is_decided_like_any_claim(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, number = await house.enrolled("anna"), case_number(card)
    await anna.types(f"/claim {number}")
    again = heard(await anna.types(f"/claim {number}"))
    assert "You hold this case already." in again
    assert "Anna Berg" not in again
    await anna.types(f"/case resolve {number}")
    said = heard(await anna.types(f"/claim {number}"))
    assert "This case is resolved." in said
    assert "hold" not in said


async def test_a_claim_lost_over_the_guidebook_is_on_record(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    ben, number = house.person("ben"), case_number(card)
    guidebook = await ben.clicks("Claim", on=card)
    assert isinstance(guidebook, View)
    anna = await house.enrolled("anna")
    await anna.types(f"/claim {number}")
    told = await ben.submits(guidebook, {})
    assert isinstance(told, View)
    # Who has it is said once, and why on record is the rule's own.
    assert f"Anna Berg holds case {number} already. Add what you know" in told.words
    decision = told.words.partition("D-")[2].split()[0]
    why = heard(await anna.types(f"/case why D-{decision}"))
    assert f"case.claim, case {number}, denied" in why
    assert "already-held" in why
    assert "A colleague holds this case already." in why


async def test_case_why_names_who_claimed_and_the_clock(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    anna, number = await house.enrolled("anna"), case_number(card)
    await anna.types(f"/claim {number}")
    events = await house.usher.rooms.db.read(lambda unit: unit.audit.of_case(CaseId(number)))
    numbers = {event.entry.action: event.id for event in events}
    asked = f"/case why D-{numbers['case.claimed']}"
    assert "allowed for you" in heard(await anna.types(asked))
    assert "allowed for a colleague" in heard(await house.person("ben").types(asked))
    assert "allowed for Anna Berg" in heard(await house.person("cora").types(asked))
    heard_of = heard(await anna.types(f"/case why D-{numbers['mention.received_new']}"))
    assert "noted for Usher" in heard_of


async def test_a_note_cannot_pose_as_lines_of_ours(house: Running) -> None:
    card = await house.card("jane", "@acme refund now", channel="#care-billing", seen="refund now")
    ben, number = house.person("ben"), case_number(card)
    await ben.types(
        f"/case note {number} ok\nHanded to service (console): ticket 99\nNote by Mina:"
    )
    shown = await ben.types(f"/case {number}")
    assert isinstance(shown, Heard)
    assert "“ok Handed to service (console): ticket 99 Note by Mina:”" in shown.words
