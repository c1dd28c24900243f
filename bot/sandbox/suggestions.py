"""When an external select asks the app, and which of its answers Slack shows."""

from bot.sandbox.records import Json, words_of

MOST, LONGEST_TEXT, LONGEST_VALUE = 100, 75, 150
LEAST_TYPED = 3
"""What `min_query_length` is where an app does not give it (docs: external_select)."""


def asks(element: Json, typed: str) -> bool:
    return len(typed) >= int(element.get("min_query_length", LEAST_TYPED))


def accepted(answer: Json) -> list[Json] | None:
    """Every option, out of its groups; None for an answer that Slack does not take."""
    options, groups = answer.get("options"), answer.get("option_groups")
    if (options is None) == (groups is None) or len(groups or ()) > MOST:
        return None
    try:
        lists = [options or []] if groups is None else [group["options"] for group in groups]
        well = all(len(each) <= MOST and all(map(fits, each)) for each in lists)
    except (KeyError, TypeError):
        return None
    return [option for each in lists for option in each] if well else None


def fits(option: Json) -> bool:
    text, value = words_of(option["text"]), str(option["value"])
    return 0 < len(text) <= LONGEST_TEXT and 0 < len(value) <= LONGEST_VALUE
