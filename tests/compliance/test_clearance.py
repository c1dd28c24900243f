"""Clearance masks people's words and nothing else, keeps types, and stays quick."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from time import thread_time
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.model.person import Membership, Person, Workspace
from bot.model.visit import Answer, Form, Link

CARD = "4111 1111 1111 1111"
POST = "https://x.com/acme/status/4111111111111111110"


class Colour(StrEnum):
    RED = "red"


class Pair(NamedTuple):
    user_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    blocks: tuple[dict[str, Any], ...]


def test_an_answer_is_cleared_all_through(guard: Guard) -> None:
    answer = Answer(
        f"See {CARD}",
        lines=("anna@example.com", "fine"),
        copy=f"Card {CARD}",
        links=(Link("Open on X", POST),),
        form=Form("guidebook"),
    )
    cleared = guard.clear(answer).value
    assert cleared.text == "See [card ••1111]"
    assert cleared.lines == ("[e-mail a•••@example.com]", "fine")
    assert cleared.copy == "Card [card ••1111]"
    assert cleared.links is answer.links
    assert cleared.form is answer.form


def test_machine_fields_stay_and_words_beside_them_do_not(guard: Guard) -> None:
    button = {
        "type": "button",
        "action_id": "case.claim",
        "value": "4111111111111111",
        "url": "https://desk.example/?t=4111111111111111",
        "text": {"type": "plain_text", "text": CARD},
    }
    message = guard.clear(Message(CARD, ({"type": "actions", "elements": [button]},))).value
    assert message.text == "[card ••1111]"
    shown = message.blocks[0]["elements"][0]
    assert shown["text"]["text"] == "[card ••1111]"
    assert {**shown, "text": button["text"]} == button


def test_words_under_a_machine_name_are_words_still(guard: Guard) -> None:
    view = {"value": {"text": CARD}, "initial_value": CARD, "user_ids": ["U1", "U2"]}
    cleared = guard.clear(view).value
    assert cleared["value"] == {"text": "[card ••1111]"}
    assert cleared["initial_value"] == "[card ••1111]"
    assert cleared["user_ids"] is view["user_ids"]


def test_types_are_kept(guard: Guard) -> None:
    person = Person(Workspace("T1"), "U1", CARD, Membership.MEMBER)
    value = [(CARD, 1), {CARD}, frozenset({CARD}), Pair(CARD, CARD), Colour.RED, None, 1.5, person]
    cleared = guard.clear(value).value
    masked = "[card ••1111]"
    assert cleared[:4] == [(masked, 1), {masked}, frozenset({masked}), Pair(CARD, masked)]
    assert [type(item) for item in cleared] == [type(item) for item in value]
    assert cleared[4] is Colour.RED
    assert cleared[7] == Person(Workspace("T1"), "U1", masked, Membership.MEMBER)


def test_what_needs_nothing_is_the_same_object(guard: Guard) -> None:
    value = {"text": "all fine", "at": datetime(2026, 1, 1, tzinfo=UTC), "rows": [("a", b"b")]}
    assert guard.clear(value).value is value


def test_what_it_cannot_read_is_not_clear(guard: Guard) -> None:
    with pytest.raises(TypeError, match="cannot clear a object"):
        guard.clear([object()])


VALUES = st.recursive(
    st.one_of(st.text(max_size=20), st.sampled_from((CARD, "anna@example.com", POST)), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(("text", "url", "value", "x_id")), inner, max_size=3),
        inner.map(lambda item: (item, item)),
    ),
    max_leaves=8,
)


@given(VALUES)
def test_clearing_twice_is_clearing_once(guard: Guard, value: Any) -> None:
    once = guard.clear(value)
    twice = guard.clear(once.value)
    assert once == twice
    assert type(once.value) is type(value)


def test_quick_on_a_payload(guard: Guard) -> None:
    """0.2 ms on a quiet core; the limit leaves room for a busy one."""
    words = {"type": "plain_text", "text": "The app charged me twice, could somebody look at it?"}
    payload = {"blocks": [{"type": "section", "block_id": "b", "text": words} for _ in range(30)]}
    start = thread_time()
    for _ in range(100):
        guard.clear(payload)
    assert (thread_time() - start) / 100 < 0.001
