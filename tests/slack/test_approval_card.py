"""The card of an approval: what it asks, and how it ended, whatever the words are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compliance import Guard
from bot.model.approval import Approval, ApprovalAnswer, ApprovalState, ApprovalView, Request
from bot.model.ids import ApprovalId, CaseId, PersonKey
from bot.model.request import RequestKind
from bot.sandbox.records import button_labels, visible_words
from bot.slack.approval_card import approval_card
from tests.slack import hostile
from tests.slack.judge import assert_fits

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
YES = ApprovalAnswer(PersonKey("T1:U0MINA"), "Mina Sato", True, "", NOW)
NO = ApprovalAnswer(PersonKey("T1:U0CORA"), "Cora Lind", False, "Too early.", NOW)
APPROVAL = Approval(
    id=ApprovalId(7),
    kind=RequestKind.HOLD,
    subject="lift 1",
    text_hash="ab12",
    role="approver",
    needed=2,
    case_id=None,
    asked_by=PersonKey("T1:U0SAM"),
    asked_by_name="Sam Rivera",
    asked_at=NOW,
    remind_at=NOW + timedelta(hours=12),
    reminded=False,
    expires_at=NOW + timedelta(hours=24),
    state=ApprovalState.OPEN,
    ended_at=None,
    answers=(),
)
REQUEST = Request("The hold on outage is lifted", "ab12", "It is over.", ("Set by Sam Rivera.",))
VIEWS = st.builds(
    ApprovalView,
    st.builds(
        replace,
        st.just(APPROVAL),
        state=st.sampled_from(ApprovalState),
        asked_by_name=hostile.texts,
        asked_at=hostile.moments,
        expires_at=hostile.moments,
        case_id=st.none() | st.integers(1, 2**63 - 1).map(CaseId),
        answers=st.lists(
            st.builds(replace, st.just(NO), by_name=hostile.texts, reason=hostile.texts), max_size=3
        ).map(tuple),
    ),
    st.none()
    | st.builds(
        Request,
        hostile.texts,
        st.just("ab12"),
        hostile.texts,
        st.lists(hostile.texts, max_size=4).map(tuple),
    ),
)


def words_of(view: ApprovalView) -> str:
    return " ".join(visible_words(list(approval_card(view).blocks)))


@given(VIEWS)
@settings(max_examples=60, deadline=None)
def test_any_approval_fits(view: ApprovalView) -> None:
    message = approval_card(view)
    assert_fits(message)
    assert len(message.text) <= 4000, "an edit takes no more"
    assert_fits(Guard().clear(message).value)


def test_it_says_what_becomes_of_a_yes_and_in_which_words() -> None:
    shown = words_of(ApprovalView(APPROVAL, REQUEST))
    for part in ("The hold on outage is lifted", "It is over.", "Set by Sam", "takes 2 persons"):
        assert part in shown
    blocks = list(approval_card(ApprovalView(APPROVAL, REQUEST)).blocks)
    # Anybody may call themselves as the approver is called.
    assert "Sam Rivera (account U0SAM)" in shown
    assert button_labels(blocks) == ["Approve", "Reject…"]


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (ApprovalState.GRANTED, "Approved"),
        (ApprovalState.REFUSED, "Rejected"),
        (ApprovalState.EXPIRED, "Nobody answered in time"),
        (ApprovalState.VOID, "Not wanted any more"),
    ],
)
def test_once_over_it_says_how_and_has_no_buttons(state: ApprovalState, title: str) -> None:
    over = replace(APPROVAL, state=state, ended_at=NOW, answers=(YES, NO))
    message = approval_card(ApprovalView(over, None))
    shown = " ".join(visible_words(list(message.blocks)))
    for part in (title, "Mina Sato said yes", "Cora Lind said no", "Too early."):
        assert part in shown
    assert button_labels(list(message.blocks)) == []
    assert "Mina Sato said yes" in message.text


def test_where_not_all_of_it_fits_it_says_so() -> None:
    long = replace(REQUEST, words="word " * 2000)
    assert "the whole of it does not fit here" in words_of(ApprovalView(APPROVAL, long))
    assert "does not fit" not in words_of(ApprovalView(APPROVAL, REQUEST))


def test_each_answer_gives_buttons_of_their_own() -> None:
    """With the same block id Slack may leave the old ones standing."""
    ids = {
        str(approval_card(ApprovalView(each, REQUEST)).blocks[-1]["block_id"])
        for each in (APPROVAL, replace(APPROVAL, answers=(YES,)))
    }
    assert len(ids) == 2
