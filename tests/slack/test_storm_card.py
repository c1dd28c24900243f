"""The rolling card of a storm: what it counts and says, whatever strangers wrote."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.model.delivery import Card
from bot.model.ids import CaseId, ChannelId, MentionId, StormId
from bot.model.mention import Author, Mention
from bot.model.storm import Storm, StormView
from bot.sandbox.records import button_labels, visible_words
from bot.slack.storm_card import storm_card
from tests.slack import hostile
from tests.slack.judge import assert_fits

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
RAGING = Storm(StormId(7), ChannelId("#care-outage"), NOW, None, Card("C1", "1.1"))
VIEW = StormView(RAGING, waiting=1180, held=20, resolved=4, by_route=(("outage", 1204),))
COUNTS = st.integers(0, 10**7)
STORMS = st.builds(
    StormView,
    storm=st.builds(
        Storm,
        id=st.integers(1, 2**63 - 1).map(StormId),
        channel=hostile.texts.map(ChannelId),
        opened_at=hostile.moments,
        ended_at=st.none() | hostile.moments,
        card=st.none(),
    ),
    waiting=COUNTS,
    held=COUNTS,
    resolved=COUNTS,
    by_route=st.lists(st.tuples(hostile.texts, COUNTS), max_size=8).map(tuple),
    newest=st.lists(hostile.mentions, max_size=4).map(tuple),
)


def said(words: str, handle: str = "jane") -> Mention:
    author = Author("x", "2001", handle, handle.title())
    return Mention(MentionId(1), CaseId(1), "x", "1", author, words, NOW, "")


def words_of(view: StormView) -> str:
    return " ".join(visible_words(list(storm_card(view).blocks)))


def labels(view: StormView) -> list[str]:
    return button_labels(list(storm_card(view).blocks))


@given(STORMS)
@settings(max_examples=150, deadline=None)
def test_any_storm_fits_and_nothing_in_it_acts(view: StormView) -> None:
    message = storm_card(view)
    assert_fits(message)
    assert len(message.text) <= 4000, "an edit takes no more"
    assert_fits(Guard().clear(message).value)


def test_it_counts_and_says_what_to_do() -> None:
    view = replace(VIEW, newest=(said("no internet"), said("still nothing", "tom")))
    shown, text = words_of(view), storm_card(view).text
    for part in ("Storm · 1,204 cases · 1,180 wait", "in hand: 20", "resolved: 4"):
        assert part in shown
    for part in ("@jane", "no internet", "@tom", "still nothing"):
        assert part in shown
        assert part in text
    assert labels(VIEW) == ["Take the next one", "Show the list"]


def test_routes_are_named_where_there_are_several() -> None:
    assert "outage" not in words_of(VIEW)
    several = replace(VIEW, by_route=(("outage", 1200), ("billing", 4)))
    assert "outage 1,200 · billing 4" in words_of(several)


def test_when_it_is_over_it_says_so_and_keeps_the_list() -> None:
    over = replace(VIEW, storm=replace(RAGING, ended_at=NOW + timedelta(hours=1)))
    assert "The storm is over · 1,204 cases · 1,180 wait" in words_of(over)
    assert labels(over) == ["Take the next one", "Show the list"]
    nobody = replace(over, waiting=0)
    assert "nobody waits" in words_of(nobody)
    assert labels(nobody) == []


def test_one_who_waits_is_spoken_of_as_one() -> None:
    assert "1 waits" in words_of(replace(VIEW, waiting=1))


def test_each_change_has_buttons_of_its_own() -> None:
    """With the same block id Slack may leave the old ones standing."""
    ids = {
        str(storm_card(view).blocks[-1]["block_id"])
        for view in (VIEW, replace(VIEW, waiting=1179, held=21), replace(VIEW, waiting=1181))
    }
    assert len(ids) == 3
