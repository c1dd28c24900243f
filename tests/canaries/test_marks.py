"""A mark that Slack would show as it stands is found, wherever it is."""

import json
from typing import Any

import pytest

from tests.canaries.kinds import Sink
from tests.canaries.marks import marks
from tests.canaries.searching import Given


def given(body: Any) -> list[str]:
    return marks([Given(Sink.MESSAGE, "chat.postMessage", json.dumps(body).encode())])


def text(words: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


@pytest.mark.parametrize(
    "body",
    [
        {
            "blocks": [
                {"type": "section", "text": {"type": "plain_text", "text": "Use `/case new`."}}
            ]
        },
        {"view": json.dumps({"blocks": [{"elements": [text("press *Open on X* there")]}]})},
        {"response_action": "errors", "errors": {"words": "Say `python -m bot check` first."}},
    ],
)
def test_it_is_found(body: Any) -> None:
    assert len(given(body)) == 1


def test_code_and_the_words_beside_the_blocks_are_none() -> None:
    shown = [text("/case new", code=True), text("2 * 3 `or so`")]
    assert given({"text": "Use `/case new`.", "blocks": [{"elements": shown}]}) == []
