"""What Slack refuses and its models let pass, each with the pointer to the very place."""

from typing import Any

import pytest

from bot.sandbox.blocks import block_problems, checked_message, checked_view
from bot.sandbox.records import SlackError
from tests.sandbox.block_kit import (
    Json,
    actions,
    button,
    cell,
    modal,
    options,
    question,
    section,
    select,
    table,
    words,
)

CHART: Json = {"type": "data_visualization", "title": "x", "chart": {"type": "pie"}}
SECOND_FOCUS = "/blocks/1/element/focus_on_load"
FOCUSED: Json = {"type": "plain_text_input", "action_id": "a", "focus_on_load": True}


def data(*rows: list[Json]) -> Json:
    return table(*rows, kind="data_table", caption="x")


BEYOND: list[tuple[list[Any], str, str]] = [
    ([section("")], "must be more than 0 characters", "/blocks/0/text/text"),
    (
        [{"type": "image", "alt_text": "x"}],
        "must provide exactly one of: image_url, slack_file",
        "/blocks/0",
    ),
    ([{"type": "sektion"}], "unsupported type: sektion", "/blocks/0/type"),
    ([{"type": "alert", "text": words("x")}], "unsupported type: alert", "/blocks/0/type"),
    ([{**section("x"), "colour": "red"}], "invalid additional property: colour", "/blocks/0"),
    ([section("x")] * 51, "no more than 50 items allowed", "/blocks"),
    ([section("x", block_id="b")] * 2, "`block_id` b already exists", "/blocks/1/block_id"),
    (
        [actions(button(), button())],
        "`action_id` a already exists",
        "/blocks/0/elements/1/action_id",
    ),
    ([table([cell("x")])] * 2, "only_one_table_allowed", "/blocks"),
    ([table([cell("x")]), data([cell("x")], [cell("y")])], "only_one_table_allowed", "/blocks"),
    (
        [table(*[[cell("x" * 2001)]] * 5)],
        "must be less than 10001 characters in all cells",
        "/blocks/0/rows",
    ),
    (
        [data(*[[cell("x" * 2001)]] * 10)],
        "must be less than 20001 characters in all cells",
        "/blocks/0/rows",
    ),
    (
        [data([cell("x")] * 21, [cell("x")] * 21)],
        "no more than 20 items allowed",
        "/blocks/0/rows/0",
    ),
    ([data([cell("x")])], "no fewer than 2 items allowed", "/blocks/0/rows"),
    (
        [data([cell("x")], [cell("x")] * 2)],
        "every row must have as many cells as the first",
        "/blocks/0/rows",
    ),
    ([CHART] * 3, "no more than 2 data_visualization blocks allowed", "/blocks"),
    ([{**CHART, "title": "x" * 51}], "must be less than 51 characters", "/blocks/0/title"),
    (
        [{"type": "markdown", "text": "x" * 6001}] * 2,
        "must be less than 12001 characters of markdown in all",
        "/blocks",
    ),
    (
        [actions(button(text=words("*x*", kind="mrkdwn")))],
        "unsupported type: mrkdwn",
        "/blocks/0/elements/0/text/type",
    ),
    (
        [actions(select(options=options(1, kind="mrkdwn")))],
        "unsupported type: mrkdwn",
        "/blocks/0/elements/0/options/0/text/type",
    ),
    (
        [actions(select(options=[{"text": words("x" * 76), "value": "v"}]))],
        "must be less than 76 characters",
        "/blocks/0/elements/0/options/0/text/text",
    ),
    (
        [actions(select(options=[{"text": words("x"), "value": "v", "url": "https://e"}]))],
        "invalid additional property: url",
        "/blocks/0/elements/0/options/0",
    ),
    (
        [actions(select(initial_option={"text": words("no"), "value": "no"}))],
        "initial option must match one of the options",
        "/blocks/0/elements/0/initial_option",
    ),
    (
        [actions({"type": "static_select", "action_id": "s"})],
        "must provide exactly one of: options, option_groups",
        "/blocks/0/elements/0",
    ),
    (
        [actions(button(url="go to the page"))],
        "must be in the format https://example.com",
        "/blocks/0/elements/0/url",
    ),
    (
        [actions({"type": "datepicker", "action_id": "a", "initial_date": "2026-11-201"})],
        "must be in the format YYYY-MM-DD",
        "/blocks/0/elements/0/initial_date",
    ),
    (
        [actions({"type": "timepicker", "action_id": "a", "initial_time": "09:30:00"})],
        "must be in the format HH:mm",
        "/blocks/0/elements/0/initial_time",
    ),
    (
        [question({**FOCUSED, "min_length": 9, "max_length": 8})],
        "must not be more than max_length",
        "/blocks/0/element/min_length",
    ),
    (
        [question(FOCUSED), question(FOCUSED)],
        "only one element may have the focus",
        SECOND_FOCUS,
    ),
    (["divider"], "must provide an object", "/blocks/0"),
    (
        [{"type": "rich_text", "elements": [{"type": "rich_text_section"}]}],
        "missing required field: elements",
        "/blocks/0/elements/0",
    ),
]


@pytest.mark.parametrize(("blocks", "message", "pointer"), BEYOND)
def test_what_slack_refuses_and_its_models_let_pass(
    blocks: list[Any], message: str, pointer: str
) -> None:
    (problem, *_) = block_problems(blocks, surface="message")
    assert problem.sentence == f"[ERROR] {message} [json-pointer:{pointer}]"


FINE: list[list[Json]] = [
    [table([cell("x" * 2000)], *[[cell("x" * 2000)]] * 4)],
    [data(*[[cell("x" * 2000)]] * 10)],
    [data([cell("x")] * 20, [cell("x")] * 20)],
    [table([cell("x")], column_settings=[None, {"align": "right", "is_wrapped": True}])],
    [CHART] * 2,
    [{**CHART, "chart": {"type": "table", "block_id": "b", "initial_options": 7}}],
    [question(FOCUSED), question()],
    [question({"type": "checkboxes", "action_id": "c", "options": options(kind="mrkdwn")})],
    [actions(button("a"), button("b")), actions(button("a"))],
    [actions(button(url="slack://open"), button("b", url="mailto:care@example.com"))],
    [question({**FOCUSED, "min_length": 8, "max_length": 8})],
]


@pytest.mark.parametrize("blocks", FINE)
def test_what_is_just_inside_passes(blocks: list[Json]) -> None:
    assert block_problems(blocks, surface="message") == []


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
        (
            modal(section("x"), title=words("x" * 25)),
            "must be less than 25 characters [json-pointer:/view/title/text]",
        ),
        (modal(), "no fewer than 1 items allowed [json-pointer:/view/blocks]"),
        (
            modal({"type": "markdown", "text": "x"}),
            "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
        ),
        (
            modal(section("x"), private_metadata="x" * 3001),
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (
            modal(question(FOCUSED), question(FOCUSED), submit=words("Send")),
            f"only one element may have the focus [json-pointer:/view{SECOND_FOCUS}]",
        ),
        ({"type": "home", "blocks": []}, "unsupported type: home [json-pointer:/view/type]"),
    ],
)
def test_views_slack_does_not_open(view: Json, problem: str) -> None:
    with pytest.raises(SlackError) as refused:
        checked_view(view)
    assert refused.value.code == "invalid_arguments"
    assert refused.value.more["response_metadata"]["messages"] == [f"[ERROR] {problem}"]


def test_a_whole_modal_passes_also_as_a_json_string() -> None:
    view = modal(question(optional=True, hint=words("short")), submit=words("Send"))
    assert checked_view(view) == view
    assert checked_view('{"type":"home","blocks":[{"type":"divider"}]}', surface="home")
