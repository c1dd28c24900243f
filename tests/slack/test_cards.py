"""A card shows what it must, in every state, whatever a stranger wrote."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from bot.compliance import Guard
from bot.model.case import (
    Case,
    CaseNote,
    CaseState,
    CaseView,
    HandoffView,
    Source,
    Urgency,
)
from bot.model.ids import CaseId, ChannelId, MentionId, PersonKey
from bot.model.mention import Author, Mention
from bot.model.person import Workspace
from bot.sandbox.records import button_labels, visible_words
from bot.slack.cards import card
from bot.slack.faces import FACES, LABELS, face_of
from tests.slack import hostile
from tests.slack.judge import assert_fits

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
JANE = Author("x", "2001", "jane", "Jane Doe")
CASE = Case(
    id=CaseId(42),
    workspace=Workspace("T0USHER"),
    state=CaseState.OPEN,
    source=Source.MENTION,
    author=JANE,
    summary="charged me twice",
    route="billing",
    channel_id=ChannelId("C0BILLING"),
    urgency=Urgency.HIGH,
    urgency_reason="they say “twice”",
    conversation_id="7",
    permalink="https://x.com/jane/status/7",
    holder=None,
    holder_name="",
    revision=3,
    opened_at=NOW,
    claimed_at=None,
    resolved_at=None,
)


def post(words: str, number: int = 1) -> Mention:
    return Mention(MentionId(number), CASE.id, "x", str(number), JANE, words, NOW, CASE.permalink)


def words_of(view: CaseView) -> str:
    return " ".join(visible_words(list(card(view, title="X", now=NOW).blocks)))


def labels(view: CaseView) -> list[str]:
    return button_labels(list(card(view, title="X", now=NOW).blocks))


def test_a_name_from_right_to_left_does_not_turn_the_line_about_who_wrote() -> None:
    """The line's first letter does: so the handle goes first, and all others are as they were."""
    layla = replace(JANE, handle="layla", name="ليلى المنصوري")
    turned = words_of(CaseView(replace(CASE, author=layla), (), (), ()))
    assert "@layla ليلى المنصوري · " in turned
    assert "Jane Doe @jane · " in words_of(CaseView(CASE, (), (), ()))


@given(hostile.views, hostile.texts)
@settings(max_examples=60, deadline=None)
def test_any_case_fits_and_nothing_in_it_acts(view: CaseView, title: str) -> None:
    assert_fits(card(view, title=title, now=NOW))


def test_everything_a_colleague_needs_stands_on_it() -> None:
    view = CaseView(
        CASE,
        (post("the first words", 1), post("the newest words", 2)),
        (CaseNote(NOW, "Ben Okafor", "seen last week"),),
        (HandoffView("sales", "quotes", "console", "T-7", "https://desk.example/7", "filed"),),
    )
    shown = words_of(view)
    for part in (
        "Case 42",
        "Jane Doe",
        "@jane",
        "the newest words",
        "the first words",
        "High urgency",
        "they say “twice”",
        "Nobody holds it yet",
        "Ben Okafor",
        "seen last week",
        "sales",
        "T-7",
    ):
        assert part in shown
        assert part in card(view, title="X", now=NOW).text


def filed(state: str) -> HandoffView:
    return HandoffView("sales", "quotes", "console", "", "", state)


HELD = replace(CASE, holder=PersonKey("T0USHER:U0BEN"), holder_name="Ben", claimed_at=NOW)
FACED = {
    "waiting": CaseView(CASE, (), (), ()),
    "overdue": CaseView(replace(CASE, due_at=NOW), (), (), ()),
    "handed back": CaseView(replace(CASE, handed_back="away"), (), (), ()),
    "in hand": CaseView(HELD, (), (), ()),
    "answered": CaseView(HELD, (), (), (), is_answered=True),
    "with a desk": CaseView(HELD, (), (), (filed("filed"),), is_answered=True),
    "stuck at a desk": CaseView(HELD, (), (), (filed("filed"), filed("stuck"))),
    "resolved": CaseView(
        replace(HELD, state=CaseState.RESOLVED, resolved_at=NOW), (), (), (filed("stuck"),)
    ),
    "merged": CaseView(
        replace(HELD, state=CaseState.MERGED, merged_into=CaseId(41)), (), (), (), is_answered=True
    ),
    "blanked": CaseView(HELD, (post("these words"),), (), (), blanked_by="Cora Lind"),
}


def test_there_is_a_case_for_every_face_of_the_table() -> None:
    assert set(FACED) == set(FACES)


@pytest.mark.parametrize("name", FACES)
def test_each_face_says_what_it_is_and_what_comes_next(name: str) -> None:
    face, view = FACES[name], FACED[name]
    made = card(view, title="X", now=NOW)
    assert made.blocks[0]["text"]["text"] == f"Case 42 · X · {face.title}"
    assert face.next_step in words_of(view)
    assert face.next_step in made.text
    pressed = [label for label in labels(view) if not label.startswith("Open")]
    assert pressed == [LABELS[button] for button in face.buttons]
    assert_fits(made)


@given(hostile.views, hostile.moments)
@settings(max_examples=60, deadline=None)
def test_every_state_a_case_can_be_in_has_a_face(view: CaseView, now: datetime) -> None:
    assert face_of(view.case, view.handoffs, now) in FACES.values()


def test_of_a_blanked_card_no_word_is_left() -> None:
    view = FACED["blanked"]
    for shown in (words_of(view), card(view, title="X", now=NOW).text):
        assert "these words" not in shown
        assert "Jane" not in shown
        assert "Cora Lind" in shown
    assert labels(view) == []


def test_resolving_asks_first_while_a_desk_works_on_it() -> None:
    for name, asks in (("in hand", False), ("with a desk", True), ("stuck at a desk", True)):
        (row,) = [b for b in card(FACED[name], title="X", now=NOW).blocks if b["type"] == "actions"]
        (resolve,) = [each for each in row["elements"] if each["action_id"] == "resolve"]
        assert ("confirm" in resolve) is asks


def test_when_an_answer_is_due_stands_on_the_card_in_the_readers_own_time() -> None:
    due = NOW + timedelta(hours=2)
    made = card(CaseView(replace(CASE, due_at=due), (), (), ()), title="X", now=NOW)
    dates = [
        e for part in made.blocks[1]["elements"] for e in part["elements"] if e["type"] == "date"
    ]
    assert int(due.timestamp()) in [date["timestamp"] for date in dates]
    assert "Answer due 2026-11-22 11:30 UTC" in made.text


def test_a_stranger_who_types_brackets_does_not_freeze_the_card() -> None:
    """An edit takes 4,000 characters of text, and each bracket travels as four."""
    assert_fits(card(CaseView(CASE, (post("<" * 1200),), (), ()), title="X", now=NOW))


def test_buttons_follow_the_state() -> None:
    held = replace(CASE, holder=PersonKey("T0USHER:U0BEN"), holder_name="Ben", claimed_at=NOW)
    done = replace(held, state=CaseState.RESOLVED, resolved_at=NOW)
    brought_in = replace(CASE, permalink="", source=Source.BROUGHT_IN)
    assert labels(CaseView(CASE, (), (), ())) == ["Claim", "Open on X"]
    in_hand = ["Hand off", "Resolve", "Release", "Open on X"]
    assert labels(CaseView(held, (), (), ())) == in_hand
    assert labels(CaseView(done, (), (), ())) == ["Open on X"]
    assert labels(CaseView(brought_in, (), (), ())) == ["Claim"]


def test_each_revision_has_its_own_block_id_so_that_slack_does_not_mix_them_up() -> None:
    ids = {
        card(CaseView(replace(CASE, revision=n), (), (), ()), title="X", now=NOW).blocks[-1][
            "block_id"
        ]
        for n in range(3)
    }
    assert len(ids) == 3


def test_long_words_are_cut_with_an_ellipsis_and_only_then() -> None:
    short, long = words_of(CaseView(CASE, (post("short"),), (), ())), "word " * 2000
    assert "…" not in short
    assert "…" in words_of(CaseView(CASE, (post(long),), (), ()))


def test_dates_are_slacks_own_and_the_guard_leaves_a_clean_card_alone() -> None:
    made = card(CaseView(CASE, (post("hello"),), (), ()), title="X", now=NOW)
    assert Guard().clear(made).value == made
    dates = [
        e for part in made.blocks[1]["elements"] for e in part["elements"] if e["type"] == "date"
    ]
    assert [date["timestamp"] for date in dates] == [int(NOW.timestamp())] * 2
    assert "{ago}" in {date["format"] for date in dates}
