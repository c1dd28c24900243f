"""The text beside a card is the whole of it: some people, and all notifications, have only that."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.case import AnswerView, CaseNote, CaseView, HandoffView, JoinedCase, Source, Urgency
from bot.model.ids import CaseId
from bot.model.mention import Author
from bot.model.reply import Way
from bot.slack.cards import card
from tests.slack.judge import assert_fits, unsaid
from tests.slack.test_cards import CASE, FACED, HELD, NOW, post

SENT = AnswerView(NOW, "Ben Okafor", Way.PUBLIC, "https://x.com/acme/status/9")
HANDED = AnswerView(NOW, "Cora Lind", Way.DIRECT, "")
BOB = replace(post("a second", 2), author=Author("x", "2002", "bob", "Bob Ray"))
LATE = NOW - timedelta(hours=1)
HEARD = {
    **FACED,
    "handed back by who left": CaseView(replace(CASE, handed_back="left"), (), (), ()),
    "given back": CaseView(replace(CASE, handed_back="release", due_at=LATE), (), (), ()),
    "brought in": CaseView(
        replace(CASE, source=Source.BROUGHT_IN, summary="She shouted at me"), (), (), ()
    ),
    "answered once": CaseView(HELD, (post("one"),), (), (), answers=(SENT,), is_answered=True),
    "answered twice": CaseView(replace(HELD, due_at=LATE), (), (), (), answers=(SENT, HANDED)),
    "several who wrote": CaseView(
        HELD, (*(post(f"the {n}th", n) for n in range(3, 9)), BOB, post("their newest", 9)), (), ()
    ),
    "another wrote last": CaseView(HELD, (post("the first"), BOB), (), ()),
    "all of it": CaseView(
        replace(HELD, urgency=Urgency.LOW, urgency_reason=""),
        (post("hello"),),
        tuple(CaseNote(NOW, "Ben Okafor", f"seen {n} times") for n in range(5)),
        (
            HandoffView("sales", "quotes", "roundup", "T-7", "https://desk.example/7", "filed"),
            HandoffView("service", "repairs", "console", "", "", "waiting"),
        ),
        joined=(JoinedCase(CaseId(43), "called twice"), JoinedCase(CaseId(44), "")),
    ),
}
"""What a card can say beside its face."""


@pytest.mark.parametrize("name", HEARD)
def test_whatever_stands_on_a_card_is_in_its_text(name: str) -> None:
    """Screen readers, notifications and some phones have nothing else: the text is the whole."""
    made = card(HEARD[name], title="X", now=NOW)
    assert unsaid(made.text, made.blocks) == []
    assert_fits(made)


def test_what_a_colleague_said_of_a_customer_is_not_put_in_their_mouth() -> None:
    said = card(HEARD["brought in"], title="X", now=NOW).text
    assert "Brought in by a colleague, in their words:\n“She shouted at me”" in said
    assert "@bob wrote:\n“a second”" in card(HEARD["another wrote last"], title="X", now=NOW).text


def test_where_an_answer_stands_is_in_the_text_too() -> None:
    said = card(HEARD["answered once"], title="X", now=NOW).text
    assert "Answered (https://x.com/acme/status/9) by Ben Okafor" in said


@pytest.mark.parametrize("letter", ["w", "<", "你", "😀", "ع"])
def test_of_a_text_that_is_too_long_each_part_keeps_its_beginning(letter: str) -> None:
    """As on the card: all words give some of their length, and none is left out for another."""
    long = letter * 2000
    said = card(
        CaseView(
            HELD,
            tuple(post(f"post {n} {long}", n) for n in range(1, 5)),
            tuple(CaseNote(NOW, "Ben Okafor", f"note {n} {long}") for n in range(3)),
            (),
            answers=(SENT,),
        ),
        title="X",
        now=NOW,
    ).text
    for part in ("Held by Ben", "post 4", "post 3", "note 0", "note 2", "Answered"):
        assert part in said
