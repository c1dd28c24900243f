"""A yes counts by the role that was asked for; a no gives the words back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.care.acts import existing
from bot.care.answering import Answering
from bot.care.yeses import Known, yeses
from bot.model.ids import ApprovalId, CaseId, PersonKey, VisitKey
from bot.model.person import Membership, Person, Workspace
from bot.model.visit import Visit
from storage.unit_of_work import Records
from tests.journeys.answering import answering
from tests.journeys.approving import ours, recorded, says_no, says_yes
from tests.running import Mode, Page
from tests.slack.test_approval_card import APPROVAL, NO, YES

WORDS = "We are on it."
BEN = Person(
    Workspace("T0USHER"), "U0BEN", "Ben Ito", Membership.MEMBER, roles=frozenset({"privacy"})
)
WIDER = (
    ("role: approver, request: reply, author: other", "role: [approver, privacy], request: reply"),
    ("service, privacy, auditor], request: reply,", "service, auditor], request: reply,"),
)


async def test_who_may_answer_in_general_does_not_say_the_yes_of_a_role_they_lack(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    wider = ours(tmp_path, *WIDER)

    def change(page: Page) -> None:
        wider(page)
        page["roles"]["privacy"] = ["U0BEN"]

    async with answering(tmp_path, database_url, mode, change=change) as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        approve = desk.house.usher.care.approvals.approve
        said = await approve(ApprovalId(1), visit=Visit(VisitKey("b"), BEN))
        assert said.refused
        assert "for the role approver, and you do not have it" in said.text
        assert desk.ours() == []
        await recorded(database_url, "approval.approved", 0)
        await says_yes(desk.house, "cora", words=WORDS)
        await desk.one_stands(WORDS)


def test_each_yes_is_told_by_the_role_it_was_said_by() -> None:
    mina, other = YES.by, replace(NO, yes=True)
    asker = replace(YES, by=APPROVAL.asked_by)
    known = Known(roles={mina: frozenset({"approver"}), other.by: frozenset({"manager"})})
    told = yeses(APPROVAL, (YES, other, asker), known)
    assert told == (("approver", mina), ("", other.by))
    since = PersonKey("T1:U0NEW")
    assert yeses(APPROVAL, (replace(YES, by=since),), known) == (("approver", since),)
    assert yeses(APPROVAL, (YES,), replace(known, lost=frozenset({mina}))) == ()


async def test_words_that_were_refused_come_back_whatever_the_disclosure_is_by_now(
    tmp_path: Path, database_url: str, mode: Mode
) -> None:
    async with answering(tmp_path, database_url, mode, profile="standard") as desk:
        await desk.house.usher.care.roles.look()
        await desk.sends(WORDS)
        await says_no(desk.house, "cora", "Please say when.", words=WORDS)
        await desk.told("Please say when.")
        care = desk.house.usher.care.replies
        renamed = replace(BEN, user_id="U0ANNA", name="Annika Berg")

        def back(answering_now: Answering) -> Callable[[Records], str]:
            case_id = CaseId(desk.number)
            return lambda unit: answering_now.came_back(unit, existing(unit, case_id), renamed)

        read = desk.house.usher.rooms.db.read
        assert await read(back(care.answering)) == WORDS
        another = replace(care.answering, disclosure="{name} of Acme")
        assert await read(back(another)) == f"{WORDS} – Anna, works at Acme"
