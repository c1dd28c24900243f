"""Cases, mentions and answers made of hostile texts, for what draws them."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.model import absence
from bot.model.case import (
    AnswerView,
    Case,
    CaseNote,
    CaseState,
    CaseView,
    HandoffView,
    JoinedCase,
    Source,
    Urgency,
)
from bot.model.handoff import HandoffKind, HandoffState
from bot.model.home import HomeCase, HomeView
from bot.model.ids import CaseId, ChannelId, MentionId, PersonKey, VisitKey
from bot.model.mention import Author, Mention
from bot.model.person import Enrolment, Workspace
from bot.model.reply import Way
from bot.model.visit import Answer, Form, Link, Offer, Part
from bot.model.wishes import How, Wishes
from bot.slack.forms import FORMS
from bot.slack.forms.page import Page
from tests.hostile import texts as texts


def _first(pair: tuple[str, str]) -> str:
    return pair[0]


def _apart(view: HomeView) -> bool:
    """Who holds a case does not wait for it."""
    return not {each.case.id for each in view.mine} & {each.case.id for each in view.waiting}


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
    due_at=st.none() | moments,
    handed_back=st.sampled_from(["", "away", "left", "<!here>"]),
)
handoffs = st.builds(
    HandoffView,
    texts,
    texts,
    texts,
    texts,
    links,
    st.sampled_from(HandoffState) | texts,
)
views = st.builds(
    CaseView,
    case=cases,
    mentions=st.lists(mentions, max_size=8).map(tuple),
    notes=st.lists(st.builds(CaseNote, moments, texts, texts), max_size=5).map(tuple),
    handoffs=st.lists(handoffs, max_size=7).map(tuple),
    blanked_by=st.just("") | texts,
    answers=st.lists(
        st.builds(AnswerView, moments, texts, st.sampled_from(Way), links), max_size=4
    ).map(tuple),
    joined=st.lists(st.builds(JoinedCase, st.integers(1, 999).map(CaseId), texts), max_size=4).map(
        tuple
    ),
)
home_cases = st.builds(HomeCase, cases, st.lists(handoffs, max_size=3).map(tuple))
wishes = st.builds(
    Wishes, st.sampled_from(How), st.none() | st.times(), st.none() | st.times(), texts
)
homes = st.builds(
    HomeView,
    now=moments,
    mine=st.lists(home_cases, max_size=3, unique_by=lambda each: each.case.id).map(tuple),
    waiting=st.lists(home_cases, max_size=3, unique_by=lambda each: each.case.id).map(tuple),
    waiting_in_all=st.integers(0, 10**9),
    enrolment=st.sampled_from(Enrolment),
    wishes=wishes,
    news=st.lists(texts, max_size=12).map(tuple),
    house=st.lists(texts, max_size=20).map(tuple),
    accepted_at=st.none() | moments,
    away=st.none()
    | st.builds(absence.Away, st.sampled_from(absence.Source), moments, st.none() | moments),
).filter(_apart)
machine_words = st.text("0123456789abcdef", min_size=1, max_size=64)
"""What a button carries, and says, is ours: a number or the key of a visit."""
offers = st.builds(
    Offer,
    st.sampled_from(["Undo", "Older", "Bring in a customer"]),
    st.sampled_from(["undo", "older", "claim"]),
    machine_words,
    st.booleans(),
    st.sampled_from(["", "Is the customer helped already?"]),
)
answers = st.builds(
    Answer,
    text=texts,
    lines=st.lists(texts, max_size=80).map(tuple),
    copy=texts,
    links=st.lists(st.builds(Link, texts, links), max_size=8).map(tuple),
    refused=st.booleans(),
    offers=st.lists(offers, max_size=12).map(tuple),
    parts=st.lists(
        st.builds(Part, texts, st.lists(offers, min_size=1, max_size=2).map(tuple)), max_size=5
    ).map(tuple),
)
choices = st.tuples(st.integers(1, 999).map(str), texts)
forms = st.builds(
    Form,
    st.sampled_from(sorted(FORMS)),
    st.none() | st.integers(1, 2**63 - 1).map(CaseId),
    texts,
    cases=st.lists(
        st.tuples(st.integers(1, 999).map(str), texts), max_size=5, unique_by=_first
    ).map(tuple),
    news=st.lists(texts, max_size=12).map(tuple),
    version_id=st.sampled_from(["", "a version"]),
)
pages = st.builds(
    Page,
    forms,
    machine_words.map(VisitKey),
    texts,
    st.just(tuple(HandoffKind)),
    st.lists(
        st.tuples(machine_words, texts, st.lists(texts, min_size=2, max_size=6).map(tuple)),
        max_size=5,
        unique_by=_first,
    ).map(tuple),
)
