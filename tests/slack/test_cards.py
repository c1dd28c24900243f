"""A card shows what it must, in every state, whatever a stranger wrote."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings

from bot.compliance import Guard
from bot.model.case import Case, CaseNote, CaseState, CaseView, HandoffView, Source, Urgency
from bot.model.ids import CaseId, ChannelId, MentionId, PersonKey
from bot.model.mention import Author, Mention
from bot.model.person import Workspace
from bot.sandbox.records import button_labels, visible_words
from bot.slack.cards import card
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
    return " ".join(visible_words(list(card(view, title="X").blocks)))


def labels(view: CaseView) -> list[str]:
    return button_labels(list(card(view, title="X").blocks))


@given(hostile.views, hostile.texts)
@settings(max_examples=150, deadline=None)
def test_any_case_fits_and_nothing_in_it_acts(view: CaseView, title: str) -> None:
    assert_fits(card(view, title=title))


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
        assert part in card(view, title="X").text


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
        card(CaseView(replace(CASE, revision=n), (), (), ()), title="X").blocks[-1]["block_id"]
        for n in range(3)
    }
    assert len(ids) == 3


def test_long_words_are_cut_with_an_ellipsis_and_only_then() -> None:
    short, long = words_of(CaseView(CASE, (post("short"),), (), ())), "word " * 2000
    assert "…" not in short
    assert "…" in words_of(CaseView(CASE, (post(long),), (), ()))


def test_dates_are_slacks_own_and_the_guard_leaves_a_clean_card_alone() -> None:
    made = card(CaseView(CASE, (post("hello"),), (), ()), title="X")
    assert Guard().clear(made).value == made
    dates = [
        e for part in made.blocks[1]["elements"] for e in part["elements"] if e["type"] == "date"
    ]
    assert [date["timestamp"] for date in dates] == [int(NOW.timestamp())] * 2
    assert "{ago}" in {date["format"] for date in dates}
