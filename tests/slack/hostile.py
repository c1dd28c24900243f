"""What strangers may write: strategies for texts and cases that are out to break a message."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.model.case import Case, CaseNote, CaseState, CaseView, HandoffView, Source, Urgency
from bot.model.ids import CaseId, ChannelId, MentionId, PersonKey
from bot.model.mention import Author, Mention
from bot.model.person import Workspace

PINGS = ("<!channel>", "<!here>", "<!everyone>", "<@U0ANNA>", "<#C0GENERAL>", "<https://evil|ok>")
BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_SAMPLES = (
    "",
    " \n\t ",
    "\u200b\u200d\ufeff",
    *PINGS,
    f"&lt;!channel&gt; {' '.join(PINGS)}",
    BIDI + "abc",
    "\x00\x07\x1b[31mred\x7f\x85",
    "😀" * 20_000,
    "a" * 40_000,
    "<!channel>" * 4_000,
    "👨‍👩‍👧‍👦" * 3_000,
    "e" + "\u0301" * 40_000,
    "مرحبا بالعالم",
    "नमस्ते दुनिया",
    "你好" * 6_000,
    "\n" * 5_000,
    "*_~`bold`~_* :smile: @channel #general",
    "\ud800 half a pair \udfff",
    "𝕬𝖈𝖒𝖊",
    '"}],"type":"actions"',
)

texts = st.one_of(
    st.sampled_from(_SAMPLES),
    st.text(st.characters(codec=None), max_size=300),
    st.builds(
        "{}{}{}".format, st.text(max_size=20), st.sampled_from(_SAMPLES), st.text(max_size=20)
    ),
)
moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001  hypothesis gives it the time zone
    datetime(2040, 1, 1),  # noqa: DTZ001  hypothesis gives it the time zone
    timezones=st.just(UTC),
)
links = st.one_of(
    texts,
    st.just("https://x.com/jane/status/1"),
    st.builds("https://x.com/{}".format, texts),
    st.just("javascript:alert(1)"),
)
authors = st.builds(Author, st.sampled_from(["x", "mastodon"]), texts, texts, texts)
mentions = st.builds(
    Mention,
    id=st.just(MentionId(1)),
    case_id=st.just(CaseId(1)),
    network=st.just("x"),
    external_id=st.just("1"),
    author=authors,
    words=texts,
    created_at=moments,
    permalink=links,
)
cases = st.builds(
    Case,
    id=st.integers(1, 2**63 - 1).map(CaseId),
    workspace=st.just(Workspace("T0USHER")),
    state=st.sampled_from(CaseState),
    source=st.sampled_from(Source),
    author=authors,
    summary=texts,
    route=texts,
    channel_id=st.just(ChannelId("C1")),
    urgency=st.sampled_from(Urgency),
    urgency_reason=texts,
    conversation_id=st.just("1"),
    permalink=links,
    holder=st.sampled_from([None, PersonKey("T0USHER:U0ANNA")]),
    holder_name=texts,
    revision=st.integers(0, 10**6),
    opened_at=moments,
    claimed_at=st.none() | moments,
    resolved_at=st.none() | moments,
)
views = st.builds(
    CaseView,
    case=cases,
    mentions=st.lists(mentions, max_size=8).map(tuple),
    notes=st.lists(st.builds(CaseNote, moments, texts, texts), max_size=5).map(tuple),
    handoffs=st.lists(
        st.builds(HandoffView, texts, texts, texts, texts, links, texts), max_size=7
    ).map(tuple),
)
