"""What Slack's client itself checks before a modal is sent, and how typed words become state."""

from datetime import datetime
from typing import Any

from bot.sandbox.records import Json, elements, words_of
from bot.sandbox.views import STATE_KEYS, OpenView, state_values

REQUIRED = "Please complete this required field."


def unfilled(view: OpenView) -> dict[str, str]:
    """block_id -> the client's complaint; empty when the form may be sent."""
    state = state_values(view.blocks, view.typed)
    complaints: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = value_of(state[block["block_id"]][element["action_id"]])
        if not value and not block.get("optional"):
            complaints[block["block_id"]] = REQUIRED
        elif value and (complaint := wrong_length(element, value)):
            complaints[block["block_id"]] = complaint
    return complaints


def wrong_length(element: Json, value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if len(value) > most:
        return f"Please make this {most} characters or fewer."
    if len(value) < least:
        return f"Please make this {least} characters or more."
    return None


def value_of(state: Json) -> Any:
    return next((value for key, value in state.items() if key != "type"), None)


def state_from(element: Json, words: Any) -> Json:
    """The state element after a person typed or chose `words`; options by their text or value."""
    kind = str(element["type"])
    key, _ = STATE_KEYS.get(kind, ("value", ""))
    if key == "selected_option":
        return {"type": kind, key: option(element, words)}
    if key == "selected_options":
        return {"type": kind, key: [option(element, word) for word in words]}
    if isinstance(words, datetime):
        return {"type": kind, key: int(words.timestamp())}
    return {"type": kind, key: words}


def option(element: Json, words: Any) -> Json:
    if isinstance(words, dict):
        return words
    offered = [*element.get("options", [])]
    offered += [o for group in element.get("option_groups", []) for o in group["options"]]
    for candidate in offered:
        if words in (words_of(candidate["text"]), candidate["value"]):
            return dict(candidate)
    raise LookupError(f"no option {words!r}; there are {[words_of(o['text']) for o in offered]}")


def place_of(blocks: list[Json], name: str) -> Json:
    """The element behind a label's text or "block_id/action_id", or a lone action_id."""
    labels = {
        words_of(block["label"]): block["block_id"] for block in blocks if block["type"] == "input"
    }
    for element in elements(blocks):
        at = f"{element['block_id']}/{element['action_id']}"
        if name in (at, element["action_id"]) or labels.get(name) == element["block_id"]:
            return element
    raise LookupError(f"no input {name!r}; there are {sorted(labels)}")
