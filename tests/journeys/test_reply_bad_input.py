"""What an answer may not be, and who may not say yes to it: a sentence, a rule, nothing sent."""

from pathlib import Path

import pytest

from bot.model.ids import ApprovalId, VisitKey
from bot.model.person import Membership, Person, Workspace
from bot.model.visit import Visit
from bot.sandbox.driver import View
from tests.faults.databases import count
from tests.journeys.answering import Desk, answering
from tests.journeys.approving import approves, card, recorded, says_why
from tests.running import Mode, Page, blanks, heard

WORDS = "We are on it."
SIGNED = f"{WORDS} – Anna, works at Acme"
CARD = "4111111111111111"
HIDDEN = {
    "zero-width": "\u200b".join(CARD),
    "full-width": "".join(chr(ord(digit) + 0xFEE0) for digit in CARD),
    "Arabic-Indic": "".join(chr(ord(digit) - 0x30 + 0x660) for digit in CARD),
    "dots": "4111.1111.1111.1111",
    "a line break": "4111 1111\n1111 1111",
    "soft hyphens": "4111\u00ad1111\u00ad1111\u00ad1111",
}


async def test_a_number_in_disguise_does_not_go_out(
    tmp_path: Path, database_url: str, mode: Mode, capfd: pytest.CaptureFixture[str]
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        for name, digits in HIDDEN.items():
            said = heard(await desk.anna.types(f"/reply {desk.number} Is {digits} your card?"))
            assert "card" in said, name
            why = await says_why(desk.house, "anna", said)
            assert "Rule: " in why, name
            assert CARD[:8] not in why + said, name
        assert desk.ours() == []
        assert await count(database_url, "replies") == 0
        told = capfd.readouterr()
        assert not any(digits in told.out + told.err for digits in HIDDEN.values())


async def test_words_that_grow_too_long_by_their_disclosure(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        said = heard(await desk.anna.types(f"/reply {desk.number} {'x' * 270}"))
        assert "With your disclosure that is" in said
        assert "Rule: reply-too-long" in await says_why(desk.house, "anna", said)
        assert await count(database_url, "replies") == 0
        assert desk.ours() == []


async def test_words_behind_the_command_come_back_whatever_the_no(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode) as desk:
        anna, ben, number = desk.anna, desk.house.person("ben"), desk.number
        for typed, no in {
            f"/reply {number} {WORDS} Is {CARD} yours?": "card number",
            f"/reply {number} {WORDS} Call +49 30 901820": "a telephone number in it",
            f"/reply {number} {WORDS} {'x' * 270}": "too many",
            f"/reply 999 {WORDS}": "no case 999",
            f"/reply soon {WORDS}": "I do not know the word",
            f"/reply find {WORDS}": "is no number of a case",
        }.items():
            said = heard(await anna.types(typed))
            assert no in said
            assert WORDS in said, typed
            assert CARD not in said
            assert "901820" not in said
        bill = await anna.types(f"/reply {number} find your bill under My account")
        assert isinstance(bill, View), "an answer, and no search"
        assert "find your bill under My account – Anna" in bill.words
        await anna.closes(bill)
        await anna.types(f"/case pass {number} @ben")
        guidebook = await ben.types(f"/reply {number} {WORDS}")
        assert isinstance(guidebook, View)
        kept = await ben.sees(WORDS, channel="#care-general", timeout=10)
        assert kept.ephemeral
        assert desk.ours() == []


def two_approvers(page: Page) -> None:
    page["roles"]["approver"] = ["U0ANNA", "U0CORA"]
    page["approvals"]["channel"] = "#managers"


async def test_who_may_not_say_yes(tmp_path: Path, database_url: str, mode: Mode) -> None:
    async with answering(
        tmp_path, database_url, mode, profile="standard", change=two_approvers
    ) as desk:
        house = desk.house
        await house.usher.care.roles.look()
        await desk.sends(WORDS)
        shown = await card(house, "anna", channel="#managers", words=SIGNED)
        own = await approves(house, "anna", shown, channel="#managers")
        assert "You asked for this yourself" in own
        assert "Rule: never-your-own" in await says_why(house, "anna", own)
        gone = Person(Workspace("T0USHER"), "U0CORA", "Cora Lind", Membership.GONE, APPROVER)
        refused = await yes(desk, gone, "gone")
        assert "no longer active here" in refused
        await desk.sends("Other words.")
        cora = Person(Workspace("T0USHER"), "U0CORA", "Cora Lind", Membership.MEMBER, APPROVER)
        late = await yes(desk, cora, "late")
        assert "has changed since" in late
        assert "Rule: approval-void" in await says_why(house, "anna", late)
        await recorded(database_url, "approval.approved", 0)
        assert desk.ours() == []


async def test_who_is_asked_reads_no_words_that_were_blanked(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(
        tmp_path, database_url, mode, profile="standard", change=two_approvers
    ) as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        cora = desk.house.person("cora")
        shown = await card(desk.house, "cora", channel="#managers", words=SIGNED)
        assert "refund now" in shown.words
        await blanks(cora, desk.card)
        now = await cora.sees("[blanked by a coordinator]", channel="#managers", timeout=10)
        assert now.ts == shown.ts
        assert "refund now" not in now.words
        await approves(desk.house, "cora", now, channel="#managers")
        await desk.one_stands(WORDS)


APPROVER = frozenset({"approver"})


async def yes(desk: Desk, by: Person, key: str) -> str:
    """Said to the very first question, whatever its card looks like by now."""
    visit = Visit(VisitKey(key), by)
    answer = await desk.house.usher.care.approvals.approve(ApprovalId(1), visit=visit)
    assert answer.refused
    return " ".join((answer.text, *answer.lines))
