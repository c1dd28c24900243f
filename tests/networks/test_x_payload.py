"""X's JSON read: both namings, whole and broken, whatever stands in it."""

import html
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Misconfigured, Unavailable
from bot.model.mention import Incoming, SetAside
from bot.networks.x_payload import User, read_page, read_user
from bot.networks.x_reader import Reader

READER = Reader("x", account_id="1000", handle="acme")
JANE = User(id="2001", username="jane", name="Jane Doe")
POST: dict[str, Any] = {
    "id": "1900000000000000001",
    "text": "hello",
    "author_id": JANE.id,
    "created_at": "2026-11-22T08:00:00.000Z",
}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def read(**changes: Any) -> Incoming | SetAside:
    return READER.item(json.dumps(POST | changes).encode(), {JANE.id: JANE})


def whole(**changes: Any) -> Incoming:
    item = read(**changes)
    assert isinstance(item, Incoming), item
    return item


def page(**keys: Any) -> bytes:
    return json.dumps(keys).encode()


HALF_PAIRS = st.text(st.sampled_from('\ud800\udbff\udc00\udfff😀\\u"d8a'), max_size=12)


@given(HALF_PAIRS, HALF_PAIRS)
def test_half_of_a_pair_costs_nothing_else_of_the_page(words: str, name: str) -> None:
    """JSON can spell it, and any customer's program may."""
    jane = {"id": JANE.id, "username": JANE.username, "name": name}
    found = read_page(
        page(data=[POST | {"text": words}, POST | {"text": "after"}], includes={"users": [jane]}),
        account_id="1000",
    )
    odd, after = (READER.item(item, found.users) for item in found.items)
    assert isinstance(odd, Incoming)
    assert isinstance(after, Incoming)
    assert odd.text == _paired(words)
    assert odd.author.name == _paired(name)
    assert after.text == "after"


def _paired(text: str) -> str:
    """Halves that meet are whole in JSON; one alone is read as the sign for what is lost."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@pytest.mark.parametrize("naming", ["tweet", "post"])
def test_a_long_post_is_read_to_its_end(naming: str) -> None:
    note = {"text": "begins and goes on for @acme &amp; all", "entities": {"mentions": []}}
    post = whole(text="begins…", **{f"note_{naming}": note})
    assert post.text == "begins and goes on for @acme & all"
    assert post.summoned


@pytest.mark.parametrize("naming", ["tweet", "post"])
@pytest.mark.parametrize(
    ("kind", "parent", "repost", "summoned"),
    [
        ("replied_to", "7", False, False),
        ("retweeted", "", True, False),
        ("quoted", "", False, True),
    ],
)
def test_what_a_post_refers_to(
    naming: str, kind: str, parent: str, *, repost: bool, summoned: bool
) -> None:
    post = whole(**{f"referenced_{naming}s": [{"type": kind, "id": "7"}]})
    assert (post.parent_id, post.repost, post.summoned) == (parent, repost, summoned)


@pytest.mark.parametrize(
    ("changes", "summoned"),
    [
        ({"text": "hello @ACME!"}, True),
        ({"text": "hello @acmeshop and x@acme"}, False),
        ({"entities": {"mentions": [{"username": "Acme"}]}}, True),
        ({"entities": {"mentions": [{"username": "acme_old", "id": "1000"}]}}, True),
        ({"entities": {"mentions": [{"username": "other", "id": "1"}]}}, False),
        ({"entities": {"urls": []}}, False),
        ({"entities": None}, False),
        ({"text": "@acme we", "author_id": "1000"}, None),
    ],
)
def test_who_summons_us(changes: dict[str, Any], summoned: bool | None) -> None:
    item = read(**changes)
    assert (item.summoned if isinstance(item, Incoming) else None) == summoned


@pytest.mark.parametrize(
    ("code", "language"),
    [("de", "de"), ("und", ""), ("qme", ""), ("zxx", ""), ("in", "id"), ("", "")],
)
def test_languages(code: str, language: str) -> None:
    assert whole(lang=code).language == language


def test_only_what_x_escapes_is_unescaped() -> None:
    assert whole(text="a &amp;&lt;b&gt; &amp;copy; &quot;").text == "a &<b> &copy; &quot;"


@given(st.text())
def test_words_come_through_as_they_were_written(words: str) -> None:
    assert whole(text=html.escape(words, quote=False)).text == words


@pytest.mark.parametrize(
    "changes",
    [
        {"text": 17},
        {"id": 1900000000000000001},
        {"id": ""},
        {"id": "1" * 20},
        {"author_id": None},
        {"created_at": "yesterday"},
        {"created_at": "2026-11-22T08:00:00"},
        {"created_at": "0001-01-01T00:00:00+10:00"},
        {"entities": []},
        {"author_id": "2999"},
    ],
)
def test_a_broken_item_is_set_aside(changes: dict[str, Any]) -> None:
    item = read(**changes)
    assert isinstance(item, SetAside)
    assert json.loads(item.raw) == POST | changes
    assert item.reason
    assert "hello" not in item.reason


@given(st.sampled_from([*POST, "entities", "referenced_posts", "note_post", "lang"]), ANY_JSON)
def test_whatever_stands_in_a_field_is_read_or_set_aside(name: str, value: Any) -> None:
    item = read(**{name: value})
    assert isinstance(item, SetAside) or item.external_id.isdecimal()


@given(st.binary(max_size=60))
def test_whatever_bytes_are_an_item(raw: bytes) -> None:
    item = READER.item(raw, {JANE.id: JANE})
    assert isinstance(item, SetAside)
    assert item.raw == raw


@given(st.binary(max_size=60) | ANY_JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_bytes_are_a_page(body: bytes) -> None:
    try:
        read = read_page(body, account_id="1000")
    except (Unavailable, Misconfigured):
        return
    assert read.items == ()


@given(ANY_JSON)
def test_whatever_is_a_user(value: Any) -> None:
    try:
        user = read_user(json.dumps({"data": value}).encode())
    except Unavailable:
        return
    assert user is None


def test_a_broken_user_costs_only_their_own_posts() -> None:
    users = [{"id": "2001", "username": "jane", "name": "Jane"}, {"id": "2002"}]
    body = page(data=[POST, POST | {"id": "5", "author_id": "2002"}], includes={"users": users})
    batch = READER.batch([read_page(body, account_id="1000")], cursor="")
    assert [post.external_id for post in batch.incoming] == [POST["id"]]
    assert [item.external_id for item in batch.set_aside] == ["5"]


@given(st.lists(st.integers(1, 50), max_size=12), st.integers(1, 50))
def test_a_batch_is_in_order_and_the_cursor_never_goes_back(numbers: list[int], kept: int) -> None:
    data = [POST | {"id": str(number)} for number in numbers]
    users = [{"id": "2001", "username": "jane", "name": "Jane"}]
    body = page(data=data, includes={"users": users}, meta={"next_token": "t"})
    batch = READER.batch([read_page(body, account_id="1000")] * 2, cursor=str(kept))
    assert [int(post.external_id) for post in batch.incoming] == sorted(set(numbers))
    assert int(batch.cursor) == max([kept, *numbers])
