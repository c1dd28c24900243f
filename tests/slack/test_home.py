"""The Home tab fits Slack whatever is in it, and shows mine before what waits for anyone."""

from dataclasses import replace
from datetime import time, timedelta

from hypothesis import given, settings

from bot.model.absence import Away, Source
from bot.model.case import HandoffView
from bot.model.home import HomeCase, HomeView
from bot.model.ids import CaseId, PersonKey
from bot.model.person import Enrolment
from bot.model.wishes import How, Wishes
from bot.sandbox.records import button_labels, visible_words
from bot.slack.home import closed, home
from tests.slack import hostile
from tests.slack.judge import assert_view_fits, nodes
from tests.slack.test_cards import CASE, NOW

MINE = replace(CASE, id=CaseId(7), holder=PersonKey("T0USHER:U0ANNA"), holder_name="Anna Berg")
FILED = HandoffView("sales", "quotes", "console", "T-7", "", "filed")
VIEW = HomeView(NOW, (HomeCase(MINE, (FILED,)),), (HomeCase(CASE),), 3, Enrolment.YES, Wishes())


def words_of(view: HomeView) -> str:
    return " ".join(visible_words(home(view)["blocks"]))


@given(hostile.homes)
@settings(max_examples=40, deadline=None)
def test_any_home_fits_and_nothing_in_it_acts(view: HomeView) -> None:
    assert_view_fits(home(view))


@given(hostile.texts)
@settings(max_examples=30, deadline=None)
def test_any_refusal_fits(reason: str) -> None:
    assert_view_fits(closed(reason))


def test_mine_come_first_with_their_next_step_and_what_can_be_pressed() -> None:
    shown = words_of(VIEW)
    assert shown.index("Case 7") < shown.index("Case 42")
    assert "Resolve it once the customer has their answer" in shown
    assert "And 2 more" in shown
    labels = button_labels(home(VIEW)["blocks"])
    assert labels == [
        "Hand off",
        "Resolve",
        "Release",
        "Open",
        "Bring in a customer",
        "Claim",
        "Open",
        "Change",
    ]


def test_who_is_no_ambassador_yet_finds_the_guidebook_first() -> None:
    view = replace(VIEW, enrolment=Enrolment.NO)
    assert button_labels(home(view)["blocks"])[0] == "Read the guidebook"
    assert "Read the guidebook" not in button_labels(home(VIEW)["blocks"])


def test_who_has_to_read_again_sees_what_is_new() -> None:
    view = replace(VIEW, enrolment=Enrolment.LAPSED, news=("New: Greet first.",))
    assert button_labels(home(view)["blocks"])[0] == "Read the guidebook"
    assert "New: Greet first." in words_of(view)
    assert "Your cases stay yours" in words_of(view)


def test_who_accepted_the_guidebook_sees_that_and_may_read_it_again() -> None:
    accepted = replace(VIEW, accepted_at=NOW)
    assert "You accepted it on" in words_of(accepted)
    assert button_labels(home(accepted)["blocks"])[-1] == "Read it again"
    for once_more in (Enrolment.LAPSED, Enrolment.NO):
        view = replace(accepted, enrolment=once_more)
        assert "Read it again" not in button_labels(home(view)["blocks"])


def test_who_is_away_reads_that_first_and_until_when() -> None:
    ends = NOW + timedelta(hours=3)
    away = replace(VIEW, away=Away(Source.OWN, NOW, ends))
    blocks = home(away)["blocks"]
    assert button_labels(blocks)[0] == "I am back"
    assert [node["timestamp"] for node in nodes(blocks[1]) if node.get("type") == "date"] == [
        int(ends.timestamp())
    ]
    assert "Slack status" not in words_of(away)
    for_long = words_of(replace(VIEW, away=Away(Source.STATUS, NOW, None)))
    assert "Your Slack status says so" in for_long
    assert "until you say otherwise" in for_long
    assert "away" not in words_of(VIEW)


def test_how_i_am_told_is_said_in_words() -> None:
    quiet = Wishes(How.DIGEST, time(22), time(7))
    assert "Once a day" in words_of(replace(VIEW, wishes=quiet))
    assert "22:00 to 07:00" in words_of(replace(VIEW, wishes=quiet))
    assert "At once" in words_of(VIEW)


def test_only_coordinators_have_a_place_of_their_own() -> None:
    assert "For coordinators" not in words_of(VIEW)
    assert "Stuck: 2" in words_of(replace(VIEW, house=("Stuck: 2",)))


def test_the_fullest_home_there_can_be_fits() -> None:
    """Ten of each, all with words that travel as six characters a letter, and every line told."""
    case = replace(CASE, summary="你" * 40_000, handed_back="left", due_at=NOW)
    many = tuple(HomeCase(replace(case, id=CaseId(n)), (FILED,) * 3) for n in range(1, 11))
    more = tuple(HomeCase(replace(case, id=CaseId(n))) for n in range(11, 21))
    lines = ("你" * 9_000,) * 40
    view = HomeView(NOW, many, more, 10**9, Enrolment.LAPSED, Wishes(), lines, lines)
    view = replace(view, away=Away(Source.STATUS, NOW, NOW))
    assert_view_fits(home(view))


def test_what_a_coordinator_blanked_stands_on_nobodys_home() -> None:
    blanked = replace(VIEW, waiting=(HomeCase(replace(CASE, is_blanked=True)),))
    assert CASE.summary not in words_of(replace(blanked, mine=()))
    assert "[blanked by a coordinator]" in words_of(blanked)
