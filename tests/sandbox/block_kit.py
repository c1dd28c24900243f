"""Small blocks for the tests beside it."""

from typing import Any

Json = dict[str, Any]


def words(text: str, *, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": words(text, kind="mrkdwn"), **more}


def button(name: str = "a", **more: Any) -> Json:
    return {"type": "button", "action_id": name, "text": words("Go"), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def options(count: int = 2, *, kind: str = "plain_text") -> list[Json]:
    return [{"text": words(f"o{n}", kind=kind), "value": str(n)} for n in range(count)]


def select(count: int = 2, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": options(count), **more}


def question(element: Json | None = None, **more: Any) -> Json:
    typed = element or {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "label": words("Why"), "element": typed, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": words("T"), "blocks": list(blocks), **more}


def table(*rows: list[Json], kind: str = "table", **more: Any) -> Json:
    return {"type": kind, "rows": list(rows), **more}


def cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}
