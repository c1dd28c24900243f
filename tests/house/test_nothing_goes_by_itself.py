"""What goes to a customer somebody has pressed for: one courier sends what a press wished for."""

import ast

from tests.house.source import Source, sources

WRITING = {"create_tweet", "create_direct_message"}
OTHER_WAYS = {"post", "put", "patch", "delete", "retweet", "like", "follow_user", "delete_tweet"}
"""What the library could do besides; nobody may."""
PRESSES = {"bot/care/replies.py", "bot/care/reply_requests.py", "bot/care/holds.py"}
"""The last one lifts a hold: what was on its way already looks again whether it may go."""
COURIER = "bot/care/reply_courier.py"


def attributes(source: Source, names: set[str]) -> list[str]:
    found = (node for node in ast.walk(source.tree) if isinstance(node, ast.Attribute))
    return [node.attr for node in found if node.attr in names]


def test_the_client_writes_in_two_ways_and_in_no_other() -> None:
    written = {source.path: attributes(source, WRITING) for source in sources("bot/networks")}
    assert {path: names for path, names in written.items() if names} == {
        "bot/networks/x_client.py": ["create_tweet", "create_direct_message"]
    }
    others = [name for source in sources("bot/networks") for name in attributes(source, OTHER_WAYS)]
    assert others == []


def test_one_courier_gives_words_to_a_network() -> None:
    giving = {
        source.path for source in sources("bot", "handlers") if "network.answer(" in source.text
    }
    assert giving == {COURIER}


def test_only_a_press_puts_words_on_their_way() -> None:
    wishing = {
        source.path
        for source in sources("bot", "handlers", "storage")
        if "want(DeliveryKind.REPLY" in source.text
    }
    assert wishing == PRESSES
