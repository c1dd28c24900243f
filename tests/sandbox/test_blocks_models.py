"""Whatever slack_sdk's own models refuse, the table of Block Kit's limits refuses too."""

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox import block_rules as rules
from bot.sandbox.block_report import Rule
from bot.sandbox.blocks import block_problems, view_problems
from bot.sandbox.blocks_shapes import SHAPES, SURFACES
from bot.sandbox.blocks_table import IN_ACTIONS, IN_INPUT
from tests.sandbox.block_kit import (
    Json,
    actions,
    button,
    modal,
    options,
    question,
    section,
    select,
    words,
)


def typed(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "a", **more}


def checks(count: int, kind: str = "checkboxes") -> Json:
    return typed(kind, options=options(count))


AGREED: list[tuple[Json, bool]] = [
    (section("x" * 3000), True),
    (section("x" * 3001), False),
    (section("x", block_id="b" * 256), False),
    ({"type": "section"}, False),
    ({"type": "section", "fields": [words("x")] * 10}, True),
    ({"type": "section", "fields": [words("x")] * 11}, False),
    ({"type": "header", "text": words("x" * 150)}, True),
    ({"type": "header", "text": words("x" * 151)}, False),
    (actions(*(button(str(n)) for n in range(25))), True),
    (actions(*(button(str(n)) for n in range(26))), False),
    (actions(button("a" * 255)), True),
    (actions(button("a" * 256)), False),
    (actions(button(value="v" * 2000)), True),
    (actions(button(value="v" * 2001)), False),
    (actions(button(url="https://e/" + "x" * 2990)), True),
    (actions(button(url="https://e/" + "x" * 2991)), False),
    (actions(button(style="loud")), False),
    (actions(button(text=words("x" * 76))), False),
    (actions(button(accessibility_label="x" * 76)), False),
    (actions(select(100)), True),
    (actions(select(101)), False),
    (actions(select(placeholder=words("x" * 150))), True),
    (actions(select(placeholder=words("x" * 151))), False),
    (actions(select(option_groups=[])), False),
    (actions(typed("overflow", options=options(5))), True),
    (actions(typed("overflow", options=options(6))), False),
    (actions(typed("datepicker", initial_date="2026-11-20")), True),
    (actions(typed("datepicker", initial_date="20.11.2026")), False),
    (actions(typed("datepicker", initial_date="2026-13-20")), False),
    (actions(typed("timepicker", initial_time="09:30")), True),
    (actions(typed("timepicker", initial_time="24:00")), False),
    (actions(typed("timepicker", initial_time="9:30")), False),
    (actions(typed("datetimepicker", initial_date_time=10**10)), False),
    (question(), True),
    (question(label=words("x" * 2001)), False),
    (question(hint=words("x" * 2001)), False),
    (question(button()), False),
    (question(checks(10)), True),
    ({"type": "context", "elements": [words("x")] * 10}, True),
    ({"type": "context", "elements": [words("x")] * 11}, False),
    ({"type": "context_actions", "elements": []}, False),
    ({"type": "divider"}, True),
    ({"type": "markdown", "text": "x" * 12_000}, True),
    ({"type": "markdown", "text": "x" * 12_001}, False),
    ({"type": "image", "image_url": "https://e/x.png", "alt_text": "x"}, True),
    ({"type": "image", "image_url": "https://e/x.png", "alt_text": "x" * 2001}, False),
    ({"type": "card"}, False),
    ({"type": "card", "title": words("x" * 150)}, True),
    ({"type": "card", "title": words("x" * 151)}, False),
    ({"type": "carousel", "elements": []}, False),
    ({"type": "container", "title": words("t"), "child_blocks": [section("x")]}, True),
    ({"type": "container", "title": words("t"), "child_blocks": [section("x")] * 11}, False),
    ({"type": "container", "child_blocks": [section("x")]}, False),
    (
        {
            "type": "container",
            "title": words("t"),
            "child_blocks": [section("x")],
            "is_collapsible": True,
            "has_header_divider": True,
        },
        False,
    ),
    ({"type": "task_card", "task_id": "t", "title": "x", "status": "paused"}, False),
    ({"type": "table", "rows": []}, False),
]


@pytest.mark.parametrize(("block", "fine"), AGREED)
def test_the_table_agrees_with_slacks_own_models(block: Json, *, fine: bool) -> None:
    assert (block_problems([block], surface="message") == []) is fine
    assert refused_by_models(Block.parse, block) is not fine


VIEWS: list[tuple[Json, bool]] = [
    (modal(section("x")), True),
    (modal(section("x"), title=words("x" * 25)), False),
    (modal(section("x"), close=words("x" * 25)), False),
    (modal(section("x"), submit=words("x" * 25)), False),
    (modal(section("x"), callback_id="x" * 256), False),
    (modal(section("x"), private_metadata="x" * 3001), False),
    (modal(*[section("x")] * 100), True),
    (modal(*[section("x")] * 101), False),
    (modal(), False),
    ({"type": "home", "blocks": [section("x")]}, True),
    ({"type": "home", "blocks": [section("x")], "submit": words("x")}, False),
    ({"type": "sheet", "blocks": [section("x")]}, False),
]


@pytest.mark.parametrize(("view", "fine"), VIEWS)
def test_the_table_agrees_about_views(view: Json, *, fine: bool) -> None:
    assert (view_problems(view) == []) is fine
    assert refused_by_models(lambda given: View(**given), view) is not fine


def refused_by_models(parse: Any, payload: Json) -> bool:
    try:
        parsed = parse(payload)
        assert parsed is not None
        parsed.to_dict()
    except (SlackObjectFormationError, TypeError):
        return True
    return False


def text_of(most: int, least: int) -> st.SearchStrategy[str]:
    lengths = st.sampled_from([least, max(least, 1), most // 2, most, most, most + 1])
    return lengths.map(lambda length: "x" * length)


@cache
def values(rule: Rule) -> st.SearchStrategy[Any]:  # noqa: C901 - one line for each rule
    """What stands at the edge of a rule, mostly just inside."""
    match rule:
        case rules.Text(most, least):
            return text_of(most, least)
        case rules.Pattern(form):
            return st.sampled_from([*EXAMPLES[form], "nonsense", ""])
        case rules.Flag():
            return st.booleans()
        case rules.Whole(least, most):
            return st.sampled_from([least, most])
        case rules.Number():
            return st.sampled_from([0, 1.5])
        case rules.Choice(names):
            return st.sampled_from(names)
        case rules.Items(of, most, least):
            several = st.lists(values(of), min_size=max(least, 1), max_size=max(least, 1))
            full = several.map(lambda found: found[:1] * most)
            return st.one_of(several, full) if most <= SMALL else several
        case rules.Kind(names):
            return st.sampled_from(names).flatmap(shaped)
        case rules.Group(name):
            return shaped(name, bare=True)
        case rules.Words(most):
            texts = st.tuples(text_of(most, 1), st.sampled_from(rule.kinds))
            return texts.map(lambda pair: words(pair[0], kind=pair[1]))
    return st.just({"x": "y"})


EXAMPLES = {
    "https://example.com": ["https://example.com", "mailto:a@b.c"],
    "YYYY-MM-DD": ["2026-11-20", "2026-12-31", "2026-00-10"],
    "HH:mm": ["00:00", "23:59", "23:60"],
}


@cache
def shaped(name: str, *, bare: bool = False) -> st.SearchStrategy[Json]:
    """An object with what it needs and some of what it may have."""
    shape = SHAPES[name]
    needed = {key[:-1]: values(rule) for key, rule in shape.items() if key.endswith("*")}
    maybe = {key: values(rule) for key, rule in shape.items() if not key.endswith("*")}
    found = st.fixed_dictionaries(needed, optional=maybe)
    return found if bare else found.map(lambda fields: {"type": name, **fields})


SMALL = 26
"""What is filled to its edge; larger lists within each other would take for ever."""
UNKNOWN_TO_MODELS = {"data_table", "data_visualization"}
FEW = settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)


@pytest.mark.parametrize("name", sorted({*SURFACES["message"], "alert"} - UNKNOWN_TO_MODELS))
@given(data=st.data())
@FEW
def test_no_block_the_models_refuse_is_accepted(data: st.DataObject, name: str) -> None:
    block = data.draw(shaped(name))
    assume(not block_problems([block], surface="modal" if name == "alert" else "message"))
    assert not refused_by_models(Block.parse, block), block


@pytest.mark.parametrize("name", sorted({*IN_ACTIONS, *IN_INPUT}))
@given(data=st.data())
@FEW
def test_no_element_the_models_refuse_is_accepted(data: st.DataObject, name: str) -> None:
    element = {**data.draw(shaped(name)), "action_id": "a"}
    block = actions(element) if name in IN_ACTIONS else question(element)
    assume(not block_problems([block], surface="message"))
    assert not refused_by_models(Block.parse, block), block


@pytest.mark.parametrize("kind", ["modal", "home"])
@given(data=st.data())
@FEW
def test_no_view_the_models_refuse_is_accepted(data: st.DataObject, kind: str) -> None:
    view = data.draw(shaped(kind))
    assume(not view_problems(view))
    assert not refused_by_models(lambda given: View(**given), view), view
