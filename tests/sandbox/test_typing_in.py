"""Typed text reaches an app as Slack sends it: nobody can type a token, names and addresses can."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import worded
from bot.sandbox import seed
from bot.sandbox.blocks import block_problems
from bot.sandbox.rich_text import rich_text
from bot.sandbox.typing_in import Typing, entities
from handlers.arguments import plain

TYPING = Typing(seed.people(), seed.channels(), seed.groups())
PIECES = [
    "<!channel>",
    "<@U0ANNA>",
    "<#C0RANDOM|x>",
    "@anna",
    "@here",
    "#random",
    "a@b.example",
    "&",
]
TYPED = st.lists(st.one_of(st.sampled_from(PIECES), st.text()), max_size=6).map("".join)
MEANT = re.compile(
    r"<(@U0\w+(\|\w+)?|#C0\w+\|[\w-]+|!(channel|here|everyone)|(https?://|mailto:)[^<>]+)>"
)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("<!channel> & <@U0ANNA>", "&lt;!channel&gt; &amp; &lt;@U0ANNA&gt;"),
        ("pass 42 @ben.", "pass 42 <@U0BEN|ben>."),
        ("@jane in #care-billing", "@jane in <#C0BILLING|care-billing>"),
        ("see https://a.example/?x=1&y=2.", "see <https://a.example/?x=1&amp;y=2>."),
        ("x.com/jane said", "<http://x.com/jane|x.com/jane> said"),
        ("ann@b.example", "<mailto:ann@b.example|ann@b.example>"),
    ],
)
def test_a_command_that_asks_for_it_gets_tokens(typed: str, sent: str) -> None:
    assert TYPING.command(typed, should_escape=True) == sent


def test_a_command_that_does_not_gets_words() -> None:
    assert TYPING.command("@ben & <@U0BEN>", should_escape=False) == "@ben &amp; &lt;@U0BEN&gt;"


def test_a_message_names_people_and_wakes_a_channel_only_as_slack_lets_people_do_it() -> None:
    assert TYPING.message("hi @usher <!here> @here") == "hi <@U0USHER> &lt;!here&gt; <!here>"


def test_a_message_has_its_words_in_a_block_too() -> None:
    sent = TYPING.message(
        "@usher ask @managers & @here:\nhttps://a.example/?b&c x.com <@U0ANNA> #random"
    )
    (block,) = rich_text(sent)
    (section,) = block["elements"]
    assert (block["type"], section["type"]) == ("rich_text", "rich_text_section")
    assert section["elements"] == [
        {"type": "user", "user_id": "U0USHER"},
        {"type": "text", "text": " ask "},
        {"type": "usergroup", "usergroup_id": "S0MANAGERS"},
        {"type": "text", "text": " & "},
        {"type": "broadcast", "range": "here"},
        {"type": "text", "text": ":\n"},
        {"type": "link", "url": "https://a.example/?b&c"},
        {"type": "text", "text": " "},
        {"type": "link", "url": "http://x.com", "text": "x.com"},
        {"type": "text", "text": " <@U0ANNA> "},
        {"type": "channel", "channel_id": "C0RANDOM"},
    ]


@given(TYPED)
def test_whatever_is_typed_makes_a_block_that_slack_takes(typed: str) -> None:
    blocks = rich_text(TYPING.message(typed))
    assert bool(blocks) == bool(typed)
    assert block_problems(blocks, surface="message") == []


@given(TYPED)
def test_whatever_is_typed_no_token_is_made_by_hand(typed: str) -> None:
    for sent in (TYPING.command(typed, should_escape=True), TYPING.message(typed)):
        assert "<" not in MEANT.sub("", sent)
        assert not re.search(r"&(?!amp;|lt;|gt;)", sent)
    assert TYPING.command(typed, should_escape=False) == entities(typed)
    by_hand = typed.replace("@", "").replace("#", "").replace("://", "").replace(".", "")
    assert "<" not in TYPING.message(by_hand)


@given(TYPED)
def test_the_reader_of_arguments_gets_back_what_was_typed(typed: str) -> None:
    sent = TYPING.command(typed, should_escape=False)
    assert plain(sent) == worded(typed)
