"""The table of Block Kit's limits bites, and agrees with slack_sdk's models where both know."""

from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.sandbox.blocks import block_problems, checked_message, checked_view
from bot.sandbox.records import SlackError

Json = dict[str, Any]


def words(text: str, *, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": text}


def section(text: str) -> Json:
    return {"type": "section", "text": words(text, kind="mrkdwn")}


def button(name: str = "a", **more: Any) -> Json:
    return {"type": "button", "action_id": name, "text": words("Go"), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def select(count: int = 2, **more: Any) -> Json:
    options = [{"text": words(f"o{n}"), "value": str(n)} for n in range(count)]
    return {"type": "static_select", "action_id": "s", "options": options, **more}


def question(**more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "block_id": "b", "label": words("Why"), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": words("T"), "blocks": list(blocks), **more}


AGREED: list[tuple[Json, bool]] = [
    (section("x" * 3000), True),
    (section("x" * 3001), False),
    ({"type": "section"}, False),
    ({"type": "section", "fields": [words("x")] * 10}, True),
    ({"type": "section", "fields": [words("x")] * 11}, False),
    ({"type": "header", "text": words("x" * 150)}, True),
    ({"type": "header", "text": words("x" * 151)}, False),
    (actions(*(button(str(n)) for n in range(25))), True),
    (actions(*(button(str(n)) for n in range(26))), False),
    (actions(button(value="v" * 2000)), True),
    (actions(button(value="v" * 2001)), False),
    (actions(button(style="loud")), False),
    (actions(button(text=words("x" * 76))), False),
    (actions(select(100)), True),
    (actions(select(101)), False),
    ({"type": "context", "elements": [words("x")] * 10}, True),
    ({"type": "context", "elements": [words("x")] * 11}, False),
    ({"type": "divider"}, True),
    ({"type": "markdown", "text": "x" * 12_001}, False),
    ({"type": "image", "image_url": "https://e/x.png", "alt_text": "x"}, True),
    ({"type": "card"}, False),
    ({"type": "card", "title": words("x" * 150)}, True),
    ({"type": "card", "title": words("x" * 151)}, False),
]


@pytest.mark.parametrize(("block", "fine"), AGREED)
def test_the_table_agrees_with_slacks_own_models(block: Json, *, fine: bool) -> None:
    assert (block_problems([block], surface="message") == []) is fine
    parsed = Block.parse(block)
    assert parsed is not None
    if fine:
        parsed.to_dict()
    else:
        with pytest.raises(SlackObjectFormationError):
            parsed.to_dict()


BEYOND: list[tuple[list[Any], str]] = [
    ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ([{"type": "image", "alt_text": "x"}], "exactly one of: image_url, slack_file"),
    ([{"type": "sektion"}], "unsupported type: sektion [json-pointer:/blocks/0/type]"),
    ([{"type": "alert", "text": words("x")}], "unsupported type: alert"),
    ([{**section("x"), "colour": "red"}], "invalid additional property: colour"),
    ([section("x")] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ([{**section("x"), "block_id": "b"}] * 2, "`block_id` b already exists"),
    ([actions(button(), button())], "`action_id` a already exists"),
    ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2, "only_one_table"),
    ([actions(button(text=words("*x*", kind="mrkdwn")))], "unsupported type: mrkdwn"),
    (
        [actions(select(initial_option={"text": words("no"), "value": "no"}))],
        "initial option must match",
    ),
    ([actions({"type": "static_select", "action_id": "s"})], "exactly one of: options"),
    (["divider"], "must provide an object [json-pointer:/blocks/0]"),
    (
        [{"type": "rich_text", "elements": [{"type": "rich_text_section"}]}],
        "missing required field: elements [json-pointer:/blocks/0/elements/0]",
    ),
]


@pytest.mark.parametrize(("blocks", "problem"), BEYOND)
def test_what_slack_refuses_and_its_models_let_pass(blocks: list[Any], problem: str) -> None:
    assert any(problem in said for said in block_problems(blocks, surface="message"))


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "no_text"),
        ({"blocks": "[not json"}, "invalid_blocks_format"),
        ({"blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"blocks": [section("x" * 2900)] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ({"text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ],
)
def test_messages_slack_does_not_post(body: Json, error: str) -> None:
    with pytest.raises(SlackError, match=error):
        checked_message(body)


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        (modal(question()), "missing required field: submit [json-pointer:/view]"),
        (modal(section("x"), title=words("x" * 25)), "25 characters [json-pointer:/view/title"),
        (modal(), "no fewer than 1 items allowed [json-pointer:/view/blocks]"),
        (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
        (modal(section("x"), private_metadata="x" * 3001), "/view/private_metadata"),
        ({"type": "home", "blocks": []}, "unsupported type: home"),
    ],
)
def test_views_slack_does_not_open(view: Json, problem: str) -> None:
    with pytest.raises(SlackError) as refused:
        checked_view(view)
    assert refused.value.code == "invalid_arguments"
    assert any(problem in said for said in refused.value.more["response_metadata"]["messages"])


def test_a_whole_modal_passes_also_as_a_json_string() -> None:
    view = modal(question(optional=True, hint=words("short")), submit=words("Send"))
    assert checked_view(view) == view
    assert checked_view('{"type":"home","blocks":[{"type":"divider"}]}', surface="home")
