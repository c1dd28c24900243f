"""Whatever fails outside the door is acknowledged in the form its kind of delivery can show."""

from typing import Any

import pytest

from bot.errors import Misconfigured, Refusal, Unavailable
from bot.sandbox.blocks import checked_view
from bot.slack.bolt import AWAY, MISSET, answer_to

COMMAND = {"command": "/claim"}
ERRORS = [
    (Refusal("Not <so>."), "Not &lt;so&gt;."),
    (Unavailable("database", "private"), AWAY),
    (Misconfigured(("private",)), MISSET),
    (KeyError("private"), "reference: "),
]


@pytest.mark.parametrize(("error", "words"), ERRORS)
def test_a_command_gets_a_sentence(error: Exception, words: str) -> None:
    answer = answer_to(error, COMMAND)
    assert isinstance(answer, dict)
    assert answer["response_type"] == "ephemeral"
    assert words in answer["text"]
    assert "private" not in answer["text"]


@pytest.mark.parametrize("error", [error for error, _ in ERRORS])
def test_a_form_gets_a_page_and_never_a_text(error: Exception) -> None:
    answer = answer_to(error, {"type": "view_submission"})
    assert isinstance(answer, dict)
    assert answer["response_action"] == "update"
    assert "text" not in answer
    checked_view(answer["view"])


@pytest.mark.parametrize("body", [{"type": "block_actions"}, {"type": "event_callback"}, {}])
def test_everything_else_is_acknowledged_without_words(body: dict[str, Any]) -> None:
    assert answer_to(KeyError("x"), body) == ""
