"""The rich_text block that Slack's client sends beside the words a person typed.

Nothing here is styled: `*bold*`, lists, quotes and :emoji: stay the letters she typed.
"""

import re

from bot.sandbox.records import Json

_TOKEN = re.compile(r"<([^<>]+)>")


def rich_text(text: str) -> list[Json]:
    """`text` is as an app gets it, with tokens and entities; of an empty one nothing is made."""
    parts = _TOKEN.split(text)
    run = [_inline(part) if at % 2 else _words(part) for at, part in enumerate(parts) if part]
    section: Json = {"type": "rich_text_section", "elements": run}
    return [{"type": "rich_text", "elements": [section]}] if run else []


def _inline(token: str) -> Json:
    target, _, shown = token.partition("|")
    match target[0], target.removeprefix("!subteam^"):
        case "@", _:
            return {"type": "user", "user_id": target[1:]}
        case "#", _:
            return {"type": "channel", "channel_id": target[1:]}
        case "!", group if group != target:
            return {"type": "usergroup", "usergroup_id": group}
        case "!", _:
            return {"type": "broadcast", "range": target[1:]}
        case _:
            link: Json = {"type": "link", "url": _plain(target)}
            return link | ({"text": _plain(shown)} if shown else {})


def _words(text: str) -> Json:
    return {"type": "text", "text": _plain(text)}


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
