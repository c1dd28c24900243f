"""Story 2 (but for deletion) and step 8 of story 1, under each profile that comes along.

Nothing here is said of one profile: what it asks for is read from it, and people act on what they
see. So one that is added has its stories from the day it is there.
"""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.care.acts import existing
from bot.care.asking import Asked
from bot.compliance import Action, ObligationKind, Policy, ReplyFacts
from bot.compliance.policy_file import PROFILES, profile_names
from bot.model.ids import CaseId
from bot.model.person import Membership, Workspace
from bot.model.person import Person as Colleague
from bot.model.reply import Way
from bot.sandbox.driver import Message, Person, View
from bot.sandbox.x_oauth import OUR_ACCOUNT
from storage.unit_of_work import Records
from tests.faults.waiting import until
from tests.fixtures.houses import paired, shipped_in
from tests.journeys.answering import PRIVACY
from tests.journeys.approving import recorded, says_yes
from tests.running import Mode, Page, Running, case_number, heard, running

CHANNEL, ARCHIVE = "#care-billing", "data/archive.jsonl"
POST = "@acme your app charged me twice, card 4111 1111 1111 1111"
WORDS = "We are sorry. You get it back today."
ANNA = Colleague(Workspace("T0USHER"), "U0ANNA", "Anna Berg", Membership.MEMBER)
SENT = Asked(reply=ReplyFacts(Way.PUBLIC, summoned=True, topic_held=False))


@dataclass(frozen=True, slots=True)
class House:
    """In which Cora and Mina have every role a profile may ask a yes of."""

    running: Running
    policy: Policy
    database_url: str

    def person(self, name: str) -> Person:
        return self.running.person(name)

    async def asks(self, action: Action, case_id: int, kind: ObligationKind) -> bool:
        """Whether it is part of Anna's first answer in a case of hers."""
        acts = self.running.usher.care.ambassadors.acts

        def weigh(unit: Records) -> bool:
            case = replace(existing(unit, CaseId(case_id)), holder=ANNA.key)
            return bool(acts.weigh(unit, ANNA, action, case, asked=SENT).asks(kind))

        return await self.running.usher.rooms.db.read(weigh)

    def posted(self) -> list[str]:
        x = self.running.sandbox.x
        return [post.text for post in x.timeline() if post.handle == x.handle]

    def archived(self) -> list[str]:
        file = self.running.home / ARCHIVE
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [json.loads(line)["text"] for line in lines]


@pytest.fixture
async def house(
    shipped: str, tmp_path: Path, database_url: str, mode: Mode
) -> AsyncIterator[House]:
    policy = Policy.load(shipped)

    def change(page: Page) -> None:
        page["policy"]["profile"] = shipped
        page["networks"]["x"]["privacy_url"] = PRIVACY
        page["archives"] = {"file": {"file": ARCHIVE}}
        for role in set(policy.roles) - {"coordinator", "manager", "service"}:
            page["roles"][role] = ["U0CORA", "U0MINA"]

    async with running(
        tmp_path, database_url, mode=mode, change=change, environ=dict(OUR_ACCOUNT)
    ) as started:
        await started.usher.care.roles.look()
        yield House(started, policy, database_url)


async def test_story_2_the_public_mention(house: House) -> None:
    anna, ben, sam = (house.person(name) for name in ("anna", "ben", "sam"))
    card = await the_card_of_the_mention(house)
    number = case_number(card)
    await the_first_claim_is_the_guidebook(house, card)
    await not_mine_after_all(house, card)
    await two_press_at_once(house, card, anna, sam)
    holder = "anna" if f"{number} ·" in heard(await anna.types("/case mine")) else "sam"
    if holder == "sam":
        await sam.types(f"/case pass {number} @anna")
    await by_her_own_hand(house, number)
    await anna.types(f"/case pass {number} @ben")
    assert f"{number} ·" in heard(await ben.types("/case mine"))
    assert f"Case {number} waits for everybody again" in heard(await ben.types("/usher away"))
    assert f"{number} ·" in heard(await anna.types("/case open"))
    assert (await house.running.usher.verify()).broken == ()


async def the_card_of_the_mention(house: House) -> Message:
    """Who, when, what, how urgent and why; never whether they are a customer."""
    card = await house.running.card("jane", POST, channel=CHANNEL, seen="your app charged me twice")
    assert "Jane Doe" in card.words
    assert "@jane" in card.words
    assert "4111" not in card.words
    assert "twice" in card.words.replace(POST, "")
    assert "customer since" not in card.words.casefold()
    assert {"Claim", "Open on X"} <= set(card.buttons)
    return card


async def the_first_claim_is_the_guidebook(house: House, card: Message) -> None:
    """With its questions where the profile has them; accepting it is the claim."""
    ben = house.person("ben")
    book = await ben.clicks("Claim", on=card)
    assert isinstance(book, View)
    right = house.running.right_answers()
    assert book.labels == list(right)
    assert bool(right) is house.policy.settings.quiz
    await ben.submits(book, right)
    held = await house.person("anna").sees("Ben Okafor", channel=CHANNEL, timeout=10)
    assert held.ts == card.ts
    assert "Claim" not in held.buttons


async def not_mine_after_all(house: House, card: Message) -> None:
    """Undone, let go, and passed to somebody who did not ask for it."""
    ben, number = house.person("ben"), case_number(card)
    assert "waits for someone again" in heard(await ben.types("/case undo"))
    assert "is yours" in heard(await ben.types(f"/claim {number}"))
    assert "Sam Rivera holds" in heard(await ben.types(f"/case pass {number} @sam"))
    sam = house.person("sam")
    await sam.sees("passed case", channel="@usher", timeout=10)
    assert "D-" not in heard(await sam.types(f"/case release {number}"))

    def offered() -> bool:
        (now,) = [each for each in sam.messages(CHANNEL) if each.ts == card.ts]
        return "Claim" in now.buttons

    await until(offered)


async def two_press_at_once(house: House, card: Message, *both: Person) -> None:
    for person in both:
        await house.running.enrolled(person.person.name)
    number = case_number(card)
    answers = await asyncio.gather(*(each.types(f"/claim {number}") for each in both))
    said = [heard(answer) for answer in answers]
    assert sum("is yours" in one for one in said) == 1
    winner, loser = sorted(range(2), key=lambda at: "is yours" not in said[at])
    assert both[winner].person.real_name in said[loser]


async def by_her_own_hand(house: House, number: int) -> None:
    """Ready to copy with the disclosure: at once, or when others agreed to these very words."""
    anna = house.person("anna")
    form = await anna.types(f"/reply {number}")
    assert isinstance(form, View)
    typed = {"Your answer": WORDS, "How": "I send it myself"}
    shown = await anna.submits(form, typed)
    assert isinstance(shown, View)
    signed = f"{WORDS} – Anna, works at Acme"
    if await house.asks(Action.DRAFT_REPLY, number, ObligationKind.APPROVAL):
        assert "waits for the yes" in shown.words
        assert signed not in shown.words.partition("waits for the yes")[2]
        await says_yes(house.running, "cora", words=signed)
        told = await anna.sees("may go, in exactly these words", timeout=10)
        assert signed in told.words
        assert "the link on the card of the case leads to them" in told.words
    else:
        assert "Ready to copy" in shown.words
        assert signed in shown.words
        assert "Open on X" in shown.words
    assert house.posted() == []
    archived = await house.asks(Action.DRAFT_REPLY, number, ObligationKind.ARCHIVE_FIRST)
    assert house.archived() == ([signed] if archived else [])


async def test_story_1_step_8_the_reply(house: House) -> None:
    """Seen word for word before it went, with the disclosure, and agreed to where that is asked."""
    card = await house.running.card("jane", POST, channel=CHANNEL, seen="your app charged me twice")
    anna, number = await house.running.enrolled("anna"), case_number(card)
    await anna.types(f"/claim {number}")
    form = await anna.types(f"/reply {number}")
    assert isinstance(form, View)
    seen = await anna.submits(form, {"Your answer": WORDS})
    assert isinstance(seen, View)
    signed = f"{WORDS} – Anna, works at Acme"
    assert signed in seen.words
    done = await anna.submits(seen, {})
    assert isinstance(done, View)
    approved = await house.asks(Action.SEND_REPLY, number, ObligationKind.APPROVAL)
    if approved:
        assert "waits for the yes" in done.words
        assert (house.posted(), house.archived()) == ([], [])
        assert "It goes out now" in await says_yes(house.running, "mina", words=signed)
    else:
        assert "on its way" in done.words
    await until(lambda: house.posted() == [f"@jane {signed}"])
    answered = await anna.sees("Answered by", channel=CHANNEL, timeout=10)
    assert "Anna" in answered.words
    await anna.sees("stands there now", timeout=10)
    archived = await house.asks(Action.SEND_REPLY, number, ObligationKind.ARCHIVE_FIRST)
    assert house.archived() == ([signed] if archived else [])
    await recorded(house.database_url, "approval.granted", int(approved))
    await recorded(house.database_url, "reply.sent", 1)


def test_a_profile_that_is_added_has_its_stories(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PROFILES, tmp_path / "profiles"))
    assert shipped_in(PROFILES) == profile_names()
    (folder / "bakery.yaml").write_bytes((folder / "shelter.yaml").read_bytes())
    told = [name for name, _ in paired(shipped_in(folder))]
    assert told == sorted([*profile_names(), "bakery"])
