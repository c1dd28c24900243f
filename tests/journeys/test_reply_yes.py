"""What a yes is good for: these words, under this post, by this person, once, and not for ever."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.ids import CaseId, VisitKey
from bot.model.person import Membership, Person, Workspace
from bot.model.reply import ReplyId
from bot.model.visit import Visit
from bot.sandbox.driver import Message
from tests.faults.waiting import until
from tests.journeys.answering import Desk, answering
from tests.journeys.approving import card, recorded, says_yes
from tests.running import Mode, Wandering
from tests.trusting import trust_of, trusted

WORDS = "We are on it."
SIGNED = f"{WORDS} – Anna, works at Acme"
ANNA = Person(Workspace("T0USHER"), "U0ANNA", "Anna Berg", Membership.MEMBER)
NAMESAKE = Person(Workspace("T0USHER"), "U0BEN", "Anna Other", Membership.MEMBER)


@pytest.mark.parametrize("why", ["it is a week old", "who said it left"])
async def test_a_yes_that_waited_too_long_is_asked_for_again(
    tmp_path: Path, database_url: str, mode: Mode, why: str
) -> None:
    clock = Wandering()
    async with answering(tmp_path, database_url, mode, profile="standard", clock=clock) as desk:
        await desk.house.usher.care.roles.look()
        mina = desk.house.person("mina")
        await desk.sends(WORDS)
        await mina.types("/usher hold billing We do not know yet.")
        await recorded(database_url, "hold.set", 1)
        assert "goes out after that" in await says_yes(desk.house, "cora", words=SIGNED)
        await desk.told("waits:")
        if why == "it is a week old":
            clock.off += timedelta(days=7)
        else:
            await mina.deactivates("cora")
        await mina.types("/usher lift billing")
        told = await desk.told("did not go out")
        assert "It is asked for again, in the same words" in told.words
        assert desk.ours() == []
        await recorded(database_url, "reply.sending", 0)
        assert "It goes out now" in await says_yes(desk.house, "mina", words=SIGNED)
        await desk.one_stands(WORDS)
        await desk.told("Mina Sato said yes: you answer @jane on X publicly. It goes out now.")
        await recorded(database_url, "approval.granted", 2)


async def test_a_yes_under_one_post_is_none_under_the_next(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        x = desk.house.sandbox.x
        await desk.sends(WORDS)
        former = await card(desk.house, "cora", words=SIGNED)
        await x.posts("jane", "@acme and my order?", in_reply_to=x.timeline()[0].id)
        await desk.card_says("and my order?")
        await desk.sends(WORDS)
        await recorded(database_url, "approval.asked", 2)
        await until(lambda: not former_now(desk, former).buttons)
        assert "changed since" in former_now(desk, former).words
        assert desk.ours() == []


def former_now(desk: Desk, former: Message) -> Message:
    seen = desk.house.person("cora").messages("@usher")
    return next(each for each in seen if each.ts == former.ts)


async def test_a_yes_for_one_person_is_none_for_a_namesake(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        await desk.house.enrolled("ben")
        await desk.sends(WORDS)
        await card(desk.house, "cora", words=SIGNED)
        await desk.anna.types(f"/case pass {desk.number} @ben")
        await recorded(database_url, "case.passed", 1)
        replies, case_id = desk.house.usher.care.replies, CaseId(desk.number)
        shown = await replies.write(case_id, WORDS, visit=Visit(VisitKey("w"), NAMESAKE))
        assert shown.form is not None
        assert shown.form.words == SIGNED
        reply_id = ReplyId(int(dict(shown.form.filled)["reply"]))
        await replies.send(reply_id, visit=Visit(VisitKey("s"), NAMESAKE))
        await recorded(database_url, "approval.voided", 1)
        await recorded(database_url, "approval.asked", 2)


async def test_a_yes_sends_once_and_counts_no_more_for_the_same_words(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        house, faults = desk.house, desk.house.sandbox.x.faults
        await house.usher.care.roles.look()
        await house.enrolled("ben")
        faults.inject("429:2", on="create")
        await desk.sends(WORDS)
        await says_yes(house, "cora", words=SIGNED)
        await until(lambda: not faults._orders)
        await desk.anna.types(f"/case pass {desk.number} @ben")
        await desk.told("did not go out")
        await house.person("ben").types(f"/case pass {desk.number} @anna")
        await recorded(database_url, "case.passed", 2)
        # By now nobody need look at her words; and when they are about to go, somebody has to.
        await trusted(house, "anna")
        faults.inject("429:3", on="create")
        assert "on its way" in (await desk.sends(WORDS)).words
        await until(lambda: not faults._orders)
        await house.usher.rooms.db.write(lambda unit: trust_of(house).lost(unit, ANNA.key))
        await desk.told("It is asked for again")
        assert desk.ours() == []
        await says_yes(house, "mina", words=SIGNED)
        await desk.one_stands(WORDS)
