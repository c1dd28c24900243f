"""Typed text reaches an app as Slack sends it: nobody can type a token, names and addresses can."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compliance import worded
from bot.sandbox import seed
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
