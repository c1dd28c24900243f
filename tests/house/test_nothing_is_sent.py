"""Nothing goes to a customer by itself: no network has a way to send, so no verb can reach one."""

import ast
import inspect

from bot.networks.base import Network
from tests.house.source import sources

ASKING, METHODS = {"GET"}, {"GET", "POST", "PUT", "PATCH", "DELETE"}
SENDING = {"post", "put", "patch", "delete", "create_tweet", "create_direct_message", "retweet"}
"""The library's own ways too: the client inherits them, and nobody may call one."""
ASKED = {"fetch", "find", "clean_handle", "length", "profile_url", "answer_url", "check", "close"}


def test_a_network_promises_no_way_to_send() -> None:
    found = {name for name, _ in inspect.getmembers(Network, inspect.isfunction)}
    assert {name for name in found if not name.startswith("_")} == ASKED


def test_networks_only_ask() -> None:
    """`session.request(method, …)` serves a method that is GET wherever it is named."""
    calls = [
        (source.at(node), node.attr)
        for source in sources("bot/networks")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in SENDING
    ]
    assert calls == []
    written = {
        node.value
        for source in sources("bot/networks")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant)
        and node.value in {"GET", "POST", "PUT", "PATCH", "DELETE"}
    }
    assert written <= {"GET"}
