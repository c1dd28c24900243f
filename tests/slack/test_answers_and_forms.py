"""Answers and forms fit Slack whatever is in them, and say what they must."""

from hypothesis import given, settings

from bot.compliance import Guard
from bot.model.cleared import Cleared
from bot.model.ids import VisitKey
from bot.model.visit import Answer, Form, Offer
from bot.slack import render
from bot.slack.forms import FORMS, Page
from bot.slack.markdown import to_blocks
from bot.slack.message import SlackMessage
from tests.slack import hostile
from tests.slack.judge import assert_fits, assert_view_fits


def cleared(answer: Answer) -> Cleared[Answer]:
    return Cleared(answer)


@given(hostile.answers)
@settings(max_examples=120, deadline=None)
def test_any_answer_fits_as_a_message_and_as_a_page(answer: Answer) -> None:
    if not (answer.text or answer.lines or answer.copy or answer.offers):
        return
    shown = render.reply(cleared(answer))
    assert_fits(SlackMessage(shown["text"], tuple(shown["blocks"])))
    assert shown["response_type"] == "ephemeral"
    assert_view_fits(render.page(cleared(answer)))


@given(hostile.texts)
@settings(max_examples=60, deadline=None)
def test_any_plain_message_fits(text: str) -> None:
    assert_fits(render.plain(text))


@given(hostile.pages)
@settings(max_examples=80, deadline=None)
def test_any_form_fits_and_brings_back_who_asked_for_it(page: Page) -> None:
    view = FORMS[page.form.name](Cleared(page))
    assert_view_fits(view)
    assert view["private_metadata"] == page.slip_id


def test_what_a_form_brings_back_passes_the_guard_unchanged() -> None:
    slip = VisitKey("4111111111111111" * 4)
    assert Guard().clear(Page(Form("note"), slip)).value.slip_id == slip


def test_offers_are_buttons_and_the_same_one_twice_is_told_apart() -> None:
    offers = (Offer("Undo", "undo", "1"), Offer("Undo", "undo", "2", asks="Really?"))
    (row,) = render.reply(cleared(Answer("Noted.", offers=offers)))["blocks"][1:]
    assert [each["action_id"] for each in row["elements"]] == ["undo", "undo.1"]
    assert [each["value"] for each in row["elements"]] == ["1", "2"]
    assert "confirm" in row["elements"][1]


def test_what_was_offered_is_offered_on_a_page_as_well() -> None:
    page = render.page(cleared(Answer("Noted.", offers=(Offer("Undo", "undo", "1"),))))
    assert page["blocks"][-1]["accessory"]["action_id"] == "undo"


def test_what_is_to_be_copied_stands_verbatim() -> None:
    copy = "Hello  Jane,\nwe look into it. – Anna, works at Acme"
    blocks = render.reply(cleared(Answer("Ready", copy=copy)))["blocks"]
    (shown,) = blocks[1]["elements"]
    assert shown["type"] == "rich_text_preformatted"
    assert shown["elements"][0]["text"] == copy


def test_markdown_of_a_guidebook_becomes_headings_lists_and_bold() -> None:
    blocks = to_blocks(
        "# How we help\n\nTaking part\nis your choice.\n\n1. **Greet** first.\n2. Say `who`.\n"
    )
    assert [block["type"] for block in blocks] == ["header", "rich_text", "rich_text"]
    assert blocks[1]["elements"][0]["elements"][0]["text"] == "Taking part is your choice."
    (listed,) = blocks[2]["elements"]
    assert listed["style"] == "ordered"
    assert len(listed["elements"]) == 2
    assert listed["elements"][0]["elements"][0] == {
        "type": "text",
        "text": "Greet",
        "style": {"bold": True},
    }


def test_a_guidebook_too_long_for_slack_says_so() -> None:
    blocks = to_blocks("\n\n".join(f"# {n}\n\ntext" for n in range(200)))
    assert len(blocks) <= 95
    assert "coordinator has the whole text" in str(blocks[-1])
