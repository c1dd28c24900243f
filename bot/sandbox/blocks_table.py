"""Block Kit's limits as one table, from Slack's reference of late 2026; a star means required.

It is the sandbox's own: the bot's cards are judged by Slack's rules, not by what the bot believes.
"""

from bot.sandbox.block_report import Shape
from bot.sandbox.block_rules import (
    Choice,
    Flag,
    Free,
    Group,
    Items,
    Kind,
    Number,
    Pattern,
    Text,
    Whole,
    Words,
)

ID = Text(255)
URL = Pattern("https://example.com", r"(?:mailto:|tel:|[A-Za-z][A-Za-z0-9+.-]*://)\S+")
DATE = Pattern("YYYY-MM-DD", r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIME = Pattern("HH:mm", r"([01]\d|2[0-3]):[0-5]\d")
PLAIN_75 = Words(75, plain=True)
PLACEHOLDER = Words(150, plain=True)
OPTION = Group("option")
MARKED, IN_MENU = Group("marked_option"), Group("menu_option")
"""Check boxes and radio buttons take markdown, overflow menus addresses, selects neither."""
BUTTON_STYLE = Choice(("primary", "danger"))
CONFIRM = Group("confirm")
IDS = Items(Text(64), 100)
TYPED = Group("dispatch_action_config")

LISTS = ("static", "external", "users", "conversations", "channels")
SELECTS = tuple(f"{name}_select" for name in LISTS)
MULTI_SELECTS = tuple(f"multi_{name}" for name in SELECTS)
PICKERS = ("datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")
TYPED_IN = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
IN_ACTIONS = ("button", "workflow_button", "overflow", *SELECTS, *MULTI_SELECTS, *PICKERS)
IN_INPUT = (*TYPED_IN, "rich_text_input", "file_input", *SELECTS, *MULTI_SELECTS, *PICKERS)
INLINE = ("text", "link", "user", "usergroup", "channel", "emoji", "broadcast", "date", "color")
CELLS = ("raw_text", "raw_number", "rich_text")

SELECT: Shape = {"placeholder": PLACEHOLDER, "confirm": CONFIRM, "focus_on_load": Flag()}
MULTI: Shape = {**SELECT, "max_selected_items": Whole(1, 100)}
OFFERED: Shape = {"options": Items(OPTION, 100), "option_groups": Items(Group("option_group"), 100)}
FILTERED: Shape = {"default_to_current_conversation": Flag(), "filter": Group("filter")}
PICK: Shape = {"placeholder": PLACEHOLDER, "confirm": CONFIRM, "focus_on_load": Flag()}
TYPE: Shape = {
    "placeholder": PLACEHOLDER,
    "initial_value": Text(3000, least=0),
    "dispatch_action_config": TYPED,
    "focus_on_load": Flag(),
}

OBJECTS: dict[str, Shape] = {
    "plain_text": {"text*": Text(12_000), "emoji": Flag()},
    "mrkdwn": {"text*": Text(12_000), "verbatim": Flag()},
    "option": {"text*": PLAIN_75, "value*": Text(150), "description": PLAIN_75},
    "menu_option": {
        "text*": PLAIN_75,
        "value*": Text(150),
        "description": PLAIN_75,
        "url": URL,
    },
    "marked_option": {"text*": Words(75), "value*": Text(150), "description": Words(75)},
    "option_group": {"label*": PLAIN_75, "options*": Items(OPTION, 100)},
    "confirm": {
        "title*": Words(100, plain=True),
        "text*": Words(300),
        "confirm*": Words(30, plain=True),
        "deny*": Words(30, plain=True),
        "style": BUTTON_STYLE,
    },
    "dispatch_action_config": {
        "trigger_actions_on": Items(Choice(("on_enter_pressed", "on_character_entered")), 2)
    },
    "raw_text": {"text*": Text(3000)},
    "raw_number": {"value*": Number(), "text": Text(3000)},
    "url": {"url*": URL, "text*": Text(300)},
    "slack_file": {"id": Text(32), "url": URL},
    "column_setting": {"align": Choice(("left", "center", "right")), "is_wrapped": Flag()},
    "filter": {
        "include": Items(Choice(("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    "feedback_button": {
        "text*": PLAIN_75,
        "value*": Text(2000),
        "accessibility_label": Text(75),
    },
    "workflow": {"trigger*": Group("trigger")},
    "trigger": {"url*": URL, "customizable_input_parameters": Items(Free(), 100)},
}

ELEMENTS: dict[str, Shape] = {
    "button": {
        "text*": PLAIN_75,
        "value": Text(2000),
        "url": URL,
        "style": BUTTON_STYLE,
        "confirm": CONFIRM,
        "accessibility_label": Text(75),
        "agent_prompt": Text(4000),
        "agent_prompt_display": Text(4000),
        "visible_to_user_ids": IDS,
    },
    "workflow_button": {
        "text*": PLAIN_75,
        "workflow*": Group("workflow"),
        "style": BUTTON_STYLE,
        "accessibility_label": Text(75),
    },
    "icon_button": {
        "icon*": Text(75),
        "text*": PLAIN_75,
        "accessibility_label": Text(75),
        "value": Text(2000),
        "visible_to_user_ids": Items(Text(64), 10),
        "confirm": CONFIRM,
    },
    "feedback_buttons": {
        "positive_button*": Group("feedback_button"),
        "negative_button*": Group("feedback_button"),
    },
    "overflow": {"options*": Items(IN_MENU, 5), "confirm": CONFIRM},
    "image": {
        "alt_text*": Text(2000),
        "image_url": URL,
        "slack_file": Group("slack_file"),
        "title": Words(2000, plain=True),
    },
    "static_select": {**SELECT, **OFFERED, "initial_option": OPTION},
    "external_select": {**SELECT, "initial_option": OPTION, "min_query_length": Whole()},
    "users_select": {**SELECT, "initial_user": ID},
    "conversations_select": {
        **SELECT,
        **FILTERED,
        "initial_conversation": ID,
        "response_url_enabled": Flag(),
    },
    "channels_select": {**SELECT, "initial_channel": ID, "response_url_enabled": Flag()},
    "multi_static_select": {**MULTI, **OFFERED, "initial_options": Items(OPTION, 100)},
    "multi_external_select": {
        **MULTI,
        "initial_options": Items(OPTION, 100),
        "min_query_length": Whole(),
    },
    "multi_users_select": {**MULTI, "initial_users": IDS},
    "multi_conversations_select": {**MULTI, **FILTERED, "initial_conversations": IDS},
    "multi_channels_select": {**MULTI, "initial_channels": IDS},
    "datepicker": {**PICK, "initial_date": DATE},
    "timepicker": {**PICK, "initial_time": TIME, "timezone": Text(64)},
    "datetimepicker": {
        "initial_date_time": Whole(10**9, 10**10 - 1),
        "confirm": CONFIRM,
        "focus_on_load": Flag(),
    },
    "checkboxes": {
        "options*": Items(MARKED, 10),
        "initial_options": Items(MARKED, 10),
        "confirm": CONFIRM,
        "focus_on_load": Flag(),
    },
    "radio_buttons": {
        "options*": Items(MARKED, 10),
        "initial_option": MARKED,
        "confirm": CONFIRM,
        "focus_on_load": Flag(),
    },
    "plain_text_input": {
        **TYPE,
        "multiline": Flag(),
        "min_length": Whole(0, 3000),
        "max_length": Whole(1, 3000),
    },
    "email_text_input": TYPE,
    "url_text_input": TYPE,
    "number_input": {
        **TYPE,
        "is_decimal_allowed*": Flag(),
        "min_value": Text(20),
        "max_value": Text(20),
    },
    "rich_text_input": {
        **TYPE,
        "initial_value": Kind(("rich_text",)),
        "min_lines": Whole(),
        "max_lines": Whole(),
    },
    "file_input": {"filetypes": Items(Text(32), 100), "max_files": Whole(1, 10)},
}

STYLE: Shape = {
    name: Flag()
    for name in ("bold", "italic", "strike", "code", "underline", "highlight", "unlink")
}
PARTS = Items(Kind(INLINE), 1000, least=0)

RICH_TEXT: dict[str, Shape] = {
    "style": STYLE,
    "rich_text_section": {"elements*": PARTS},
    "rich_text_preformatted": {"elements*": PARTS, "border": Whole(), "language": Text(32)},
    "rich_text_quote": {"elements*": PARTS, "border": Whole()},
    "rich_text_list": {
        "elements*": Items(Kind(("rich_text_section",)), 1000),
        "style*": Choice(("bullet", "ordered")),
        "indent": Whole(0, 8),
        "offset": Whole(),
        "border": Whole(),
    },
    "text": {"text*": Text(12_000), "style": Group("style")},
    "link": {"url*": URL, "text": Text(12_000), "unsafe": Flag(), "style": Group("style")},
    "user": {"user_id*": ID, "style": Group("style")},
    "usergroup": {"usergroup_id*": ID, "style": Group("style")},
    "channel": {"channel_id*": ID, "style": Group("style")},
    "emoji": {
        "name*": Text(100),
        "unicode": Text(100),
        "skin_tone": Whole(1, 6),
        "style": Group("style"),
    },
    "broadcast": {"range*": Choice(("here", "channel", "everyone")), "style": Group("style")},
    "date": {
        "timestamp*": Whole(),
        "format*": Text(300),
        "url": URL,
        "fallback": Text(300),
        "style": Group("style"),
    },
    "color": {"value*": Text(9), "style": Group("style")},
}
