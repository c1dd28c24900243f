"""The table of fields is whole: whoever adds a way in for text adds its line there."""

from typing import get_type_hints

from bot.compliance import Guard
from bot.model.handoff import HandoffKind
from bot.model.ids import CaseId, VisitKey
from bot.model.visit import Form
from bot.networks.x_payload import Post, User
from bot.slack.forms import FORMS
from bot.slack.forms.page import Page
from handlers.commands import COMMANDS
from handlers.events import EVENTS
from handlers.shortcuts import SHORTCUTS
from tests.journeys.hostile_fields import FIELDS

WORDLESS = {"event app_home_opened"}
"""It carries nothing that anybody typed."""
ELSEWHERE = {"form reject: reason", "form keep_answer: words", "form keep_answer: title"}
"""They take a house in which others must agree, or Usher may send: test_hostile_reasons.py,
test_kept_answers.py."""
NUMBERS = {"X: conversation_id"}
"""X's own, which no customer writes."""


def fields(kind: str) -> set[str]:
    """Without what else is said of one, such as "/case new, its words"."""
    return {name.partition(",")[0] for name in FIELDS if name.startswith(kind)}


def test_every_slash_command_and_word_is_in_the_table() -> None:
    words = {f"/{each.name} {word.name}" for each in COMMANDS for word in each.words}
    assert fields("/") == words | {f"/{each.name}" for each in COMMANDS}


def test_every_input_of_every_form_is_in_the_table() -> None:
    inputs = {f"form {name}: {block_id}" for name in FORMS for block_id in inputs_of(name)}
    assert fields("form ") == inputs - ELSEWHERE


def test_every_shortcut_is_in_the_table() -> None:
    assert fields("shortcut ") == {f"shortcut {each.callback_id}" for each in SHORTCUTS}


def test_every_event_of_a_person_is_in_the_table() -> None:
    assert fields("event ") == {f"event {each.name}" for each in EVENTS} - WORDLESS


def test_every_text_of_a_post_and_its_author_is_in_the_table() -> None:
    texts = {
        f"X: {name}"
        for kind in (Post, User)
        for name, hint in get_type_hints(kind, include_extras=True).items()
        if hint is str
    }
    assert fields("X: ") == texts - NUMBERS


def inputs_of(name: str) -> set[str]:
    """With a case to choose, since a form without one leaves that input out."""
    form = Form(name, CaseId(1), cases=(("1", "1 · @jane"),))
    page = Page(form, VisitKey("slip"), "# Guidebook", tuple(HandoffKind))
    view = FORMS[name](Guard().clear(page))
    return {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
