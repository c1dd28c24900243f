"""The pieces of our forms. A block id and the action id of its input are the same word."""

from collections.abc import Iterable
from typing import Any

from bot.model.visit import Form
from bot.slack.blocks import context, plain
from bot.slack.forms.page import Page
from bot.slack.message import Block
from bot.slack.prose import bare
from bot.slack.text import fit

MOST_OPTIONS = 100
WORDS_LIMIT = 2000
NO_NUMBERS = "In your own words. No card, policy or identity numbers."


def modal(page: Page, *, title: str, blocks: Iterable[Block], submit: str = "") -> dict[str, Any]:
    """Without a word on its button nothing of it is sent off."""
    made = {
        "type": "modal",
        "callback_id": page.form.name,
        "title": plain(title, 24),
        "close": plain("Not now" if submit else "Close", 24),
        "private_metadata": page.slip_id,
        "blocks": list(blocks),
    }
    return made | ({"submit": plain(submit, 24)} if submit else {})


def said(form: Form) -> tuple[Block, ...]:
    return (context(bare(form.says)),) if form.says else ()


def words_input(
    block_id: str, label: str, *, filled: str = "", hint: str = NO_NUMBERS, limit: int = WORDS_LIMIT
) -> Block:
    if len(filled) > limit:
        hint = f"Only the first {limit} characters fit; the rest stays where it is. {hint}"
    return _input(block_id, label, hint, _text(block_id, filled, limit) | {"multiline": True})


def line_input(
    block_id: str, label: str, *, filled: str = "", hint: str = "", optional: bool = False
) -> Block:
    made = _input(block_id, label, hint, _text(block_id, filled, 200))
    return made | {"optional": True} if optional else made


def choice(
    block_id: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    filled: str = "",
    optional: bool = False,
) -> Block:
    """`options` are values, each with what is read; there must be one at least."""
    offered = [{"text": plain(said, 75), "value": value} for value, said in options][:MOST_OPTIONS]
    element = {
        "type": "static_select",
        "action_id": block_id,
        "placeholder": plain("Choose", 75),
        "options": offered,
    }
    chosen = next((each for each in offered if each["value"] == filled), None)
    made = _input(block_id, label, "", element | ({"initial_option": chosen} if chosen else {}))
    return made | {"optional": True} if optional else made


def radios(block_id: str, label: str, options: Iterable[str]) -> Block:
    """All choices in sight; the value of each is its place."""
    offered = [{"text": plain(said, 75), "value": str(at)} for at, said in enumerate(options)]
    element: Block = {"type": "radio_buttons", "action_id": block_id, "options": offered[:10]}
    return _input(block_id, label, "", element) | {"label": plain(label, 150)}


def hour_input(block_id: str, label: str, *, filled: str = "") -> Block:
    """An hour of the day, such as "22:00", or none."""
    element: Block = {"type": "timepicker", "action_id": block_id}
    chosen = {"initial_time": filled} if filled else {}
    return _input(block_id, label, "", element | chosen) | {"optional": True}


def _text(block_id: str, filled: str, limit: int) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": block_id, "max_length": limit}
    return element | ({"initial_value": fit(filled, limit)} if filled.strip() else {})


def _input(block_id: str, label: str, hint: str, element: Block) -> Block:
    made = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 75),
        "element": element,
    }
    return made | ({"hint": plain(hint, 150)} if hint else {})
