"""The blocks themselves and where each may stand: the second half of the table."""

from bot.sandbox.block_report import Shape
from bot.sandbox.block_rules import Choice, Flag, Free, Group, Items, Kind, Text, Whole, Words
from bot.sandbox.blocks_table import (
    CELLS,
    ELEMENTS,
    ID,
    IN_ACTIONS,
    IN_INPUT,
    OBJECTS,
    RICH_TEXT,
    URL,
)

EVERYWHERE = (
    *("actions", "card", "context", "divider", "header", "image", "input", "rich_text"),
    *("section", "video"),
)
WIDE = ("carousel", "container", "data_table", "data_visualization", "table")
SURFACES: dict[str, tuple[str, ...]] = {
    "message": (*EVERYWHERE, *WIDE, "context_actions", "file", "markdown", "plan", "task_card"),
    "modal": (*EVERYWHERE, "alert"),
    "home": (*EVERYWHERE, *WIDE),
}
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
IN_CONTAINER = tuple(name for name in SURFACES["message"] if name not in ("container", "carousel"))

RICH = Kind(("rich_text",))
PICTURE = Kind(("image",))
TITLE_24 = Words(24, plain=True)

BLOCKS: dict[str, Shape] = {
    "section": {
        "text": Words(3000),
        "fields": Items(Words(2000), 10),
        "accessory": Kind(("image", *IN_ACTIONS)),
        "expand": Flag(),
    },
    "divider": {},
    "header": {"text*": Words(150, plain=True), "level": Whole(1, 6)},
    "context": {"elements*": Items(Kind(("image", "plain_text", "mrkdwn")), 10)},
    "actions": {"elements*": Items(Kind(IN_ACTIONS), 25)},
    "context_actions": {"elements*": Items(Kind(("feedback_buttons", "icon_button")), 5)},
    "input": {
        "label*": Words(2000, plain=True),
        "element*": Kind(IN_INPUT),
        "hint": Words(2000, plain=True),
        "optional": Flag(),
        "dispatch_action": Flag(),
    },
    "markdown": {"text*": Text(12_000)},
    "file": {"external_id*": ID, "source*": Choice(("remote",))},
    "rich_text": {
        "elements*": Items(
            Kind(tuple(name for name in RICH_TEXT if name.startswith("rich_text_"))), 1000
        )
    },
    "table": {
        "rows*": Items(Items(Kind(CELLS), 20), 100),
        "column_settings": Items(Group("column_setting"), 20, gaps=True),
    },
    "data_table": {
        "caption*": Text(3000),
        "rows*": Items(Items(Kind(CELLS), 20), 201, least=2),
        "page_size": Whole(1, 100),
        "row_header_column_index": Whole(0, 19),
    },
    "data_visualization": {"title*": Text(50), "chart*": Free()},
    "video": {
        "alt_text*": Text(2000),
        "video_url*": URL,
        "thumbnail_url*": URL,
        "title*": Words(199, plain=True),
        "title_url": URL,
        "description": Words(200, plain=True),
        "provider_icon_url": URL,
        "provider_name": Text(50),
        "author_name": Text(49),
    },
    "alert": {
        "text*": Words(200),
        "level": Choice(("default", "info", "warning", "error", "success")),
    },
    "card": {
        "hero_image": PICTURE,
        "icon": PICTURE,
        "title": Words(150),
        "subtitle": Words(150),
        "body": Words(200),
        "subtext": Words(200),
        "actions": Items(Kind(("button",)), 3),
    },
    "carousel": {"elements*": Items(Kind(("card",)), 10)},
    "container": {
        "child_blocks*": Items(Kind(IN_CONTAINER), 10),
        "title": Words(150, plain=True),
        "rich_text_title": RICH,
        "subtitle": Words(150),
        "width": Choice(("narrow", "standard", "wide", "full")),
        "icon": PICTURE,
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
    "task_card": {
        "task_id*": ID,
        "title*": Text(300),
        "details": RICH,
        "output": RICH,
        "sources": Items(Kind(("url",)), 50),
        "status*": Choice(("pending", "in_progress", "complete", "error")),
    },
    "plan": {"title*": Text(300), "tasks": Items(Kind(("task_card",)), 50)},
}

VIEWS: dict[str, Shape] = {
    "modal": {
        "title*": TITLE_24,
        "submit": TITLE_24,
        "close": TITLE_24,
        "blocks*": Items(Kind(SURFACES["modal"]), MOST_BLOCKS["modal"]),
        "private_metadata": Text(3000, least=0),
        "callback_id": Text(255, least=0),
        "external_id": Text(255, least=0),
        "clear_on_close": Flag(),
        "notify_on_close": Flag(),
        "submit_disabled": Flag(),
    },
    "home": {
        "blocks*": Items(Kind(SURFACES["home"]), MOST_BLOCKS["home"]),
        "private_metadata": Text(3000, least=0),
        "callback_id": Text(255, least=0),
        "external_id": Text(255, least=0),
    },
}

SHAPES: dict[str, Shape] = {
    **OBJECTS,
    **{name: {**shape, "action_id": ID} for name, shape in ELEMENTS.items()},
    **RICH_TEXT,
    **{name: {**shape, "block_id": ID} for name, shape in BLOCKS.items()},
    **VIEWS,
}
# An image is a block, with title and block_id, and an element of a context, with neither.
SHAPES["image"] = {**ELEMENTS["image"], "block_id": ID}

ONE_AT_LEAST: dict[str, tuple[str, ...]] = {
    "section": ("text", "fields"),
    "card": ("hero_image", "title", "actions", "body"),
    "container": ("title", "rich_text_title"),
}
EXACTLY_ONE: dict[str, tuple[str, ...]] = {
    "image": ("image_url", "slack_file"),
    "static_select": ("options", "option_groups"),
    "multi_static_select": ("options", "option_groups"),
}
NEVER_BOTH: dict[str, tuple[str, ...]] = {"container": ("is_collapsible", "has_header_divider")}
