"""Answers and forms fit Slack whatever is in them, and say what they must."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.model.cleared import Cleared
from bot.model.handoff import HandoffKind
from bot.model.ids import CaseId
from bot.model.visit import Answer, Link
from bot.slack import render
from bot.slack.forms import FORMS, Page
from bot.slack.forms.page import from_metadata
from bot.slack.markdown import to_blocks
from bot.slack.message import SlackMessage
from tests.slack import hostile
from tests.slack.judge import assert_fits, assert_view_fits

KINDS = tuple(HandoffKind)
answers = st.builds(
    Answer,
    text=hostile.texts,
    lines=st.lists(hostile.texts, max_size=80).map(tuple),
    copy=hostile.texts,
    links=st.lists(st.builds(Link, hostile.texts, hostile.links), max_size=8).map(tuple),
)


def cleared(answer: Answer) -> Cleared[Answer]:
    return Cleared(answer)


@given(answers)
@settings(max_examples=120, deadline=None)
def test_any_answer_fits_as_a_message_and_as_a_page(answer: Answer) -> None:
    if answer == Answer("") or not any((answer.text, answer.lines, answer.copy)):
        return
    shown = render.reply(cleared(answer))
    assert_fits(SlackMessage(shown["text"], tuple(shown["blocks"])))
    assert shown["response_type"] == "ephemeral"
    assert_view_fits(render.page(cleared(answer)))


@given(hostile.texts)
@settings(max_examples=60, deadline=None)
def test_any_plain_message_fits(text: str) -> None:
    assert_fits(render.plain(text))


@given(
    hostile.texts, st.none() | st.integers(1, 2**63 - 1), st.text("0123456789abcdef", max_size=64)
)
@settings(max_examples=80, deadline=None)
def test_any_form_fits_and_brings_back_what_it_was_opened_with(
    markdown: str, number: int | None, version: str
) -> None:
    case_id = CaseId(number) if number else None
    page = Page(case_id, markdown, version, KINDS)
    for build in FORMS.values():
        view = build(Cleared(page))
        assert_view_fits(view)
        back = from_metadata(view["private_metadata"])
        assert (back.case_id, back.version_id) == (case_id, version)


def test_the_version_passes_the_guard_unchanged() -> None:
    version = "4111111111111111" * 4
    assert Guard().clear(Page(version_id=version)).value.version_id == version


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
