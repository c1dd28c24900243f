"""The loopback X answers tweepy's real client as X would."""

from datetime import timedelta

from bot.sandbox.x_api import XNetwork
from tests.sandbox.x_client import Clock, Loopback, client, clock, mentions, x

__all__ = ["client", "clock", "x"]  # fixtures


async def test_a_mention_comes_with_its_author(client: Loopback, x: XNetwork) -> None:
    post = await x.posts("@jane", "@acme your app charged me twice")
    answer = await mentions(client)
    item = answer["data"][0]
    assert item["id"] == post.id
    assert len(post.id) == 19
    assert item["text"] == "@acme your app charged me twice"
    assert item["author_id"] == "2001"
    assert item["created_at"] == "2026-11-22T08:00:00.000Z"
    assert item["edit_history_tweet_ids"] == [post.id]
    assert item["lang"] == "en"
    assert item["entities"]["mentions"] == [
        {"start": 0, "end": 5, "username": "acme", "id": "1000"}
    ]
    assert [user["username"] for user in answer["includes"]["users"]] == ["jane"]
    assert answer["meta"] == {"result_count": 1, "newest_id": post.id, "oldest_id": post.id}
    assert client.headers["x-rate-limit-limit"] == "450"
    assert client.headers["x-rate-limit-remaining"] == "449"


async def test_only_what_was_asked_for(client: Loopback, x: XNetwork) -> None:
    await x.posts("jane", "@acme hello")
    bare = await client.get_users_mentions("1000")
    assert set(bare["data"][0]) == {"id", "text", "edit_history_tweet_ids"}
    assert "includes" not in bare


async def test_newest_first_in_pages_and_since(client: Loopback, x: XNetwork, clock: Clock) -> None:
    made = []
    for number in range(12):
        clock.now += timedelta(seconds=1)
        made.append(await x.posts("tom", f"@acme number {number}"))
    await x.posts("tom", "nothing to do with you")
    assert [post.id for post in made] == sorted(post.id for post in made)
    first = await mentions(client, max_results=5)
    assert [item["id"] for item in first["data"]] == [post.id for post in made[:6:-1]]
    seen = list(first["data"])
    token = first["meta"]["next_token"]
    while token:
        page = await mentions(client, max_results=5, pagination_token=token)
        seen += page["data"]
        token = page["meta"].get("next_token")
    assert [item["id"] for item in seen] == [post.id for post in reversed(made)]
    newer = await mentions(client, since_id=made[9].id)
    assert [item["id"] for item in newer["data"]] == [made[11].id, made[10].id]
    older = await mentions(client, until_id=made[2].id)
    assert [item["id"] for item in older["data"]] == [made[1].id, made[0].id]
    assert (await mentions(client, since_id=made[-1].id)) == {"meta": {"result_count": 0}}


async def test_a_reply_brings_its_parent(client: Loopback, x: XNetwork) -> None:
    ours = await x.posts("acme", "@jane we are on it", author_is_us=True)
    reply = await x.posts("jane", "thanks", in_reply_to=ours.id)
    assert reply.text == "@acme thanks"
    assert reply.conversation_id == ours.id
    answer = await mentions(client)
    assert answer["data"][0]["referenced_tweets"] == [{"type": "replied_to", "id": ours.id}]
    assert answer["data"][0]["in_reply_to_user_id"] == "1000"
    assert [item["id"] for item in answer["includes"]["tweets"]] == [ours.id]
    assert {user["id"] for user in answer["includes"]["users"]} == {"2001", "1000"}
    await x.deletes(ours)
    orphan = await mentions(client)
    assert orphan["data"][0]["in_reply_to_user_id"] == "1000"
    assert orphan["errors"][0]["resource_id"] == ours.id


async def test_the_newer_naming_asks_and_answers_in_its_own_words(
    client: Loopback, x: XNetwork
) -> None:
    first = await x.posts("jane", "@acme one")
    await x.posts("mia", "same here", in_reply_to=first.id)
    x.naming = "post"
    response = await client.request(
        "GET",
        "/2/users/1000/mentions",
        {
            "post.fields": "created_at,public_metrics",
            "expansions": "author_id,referenced_posts",
            "user.fields": "public_metrics",
        },
    )
    answer = await response.json()
    newest = answer["data"][0]
    assert newest["referenced_posts"] == [{"type": "replied_to", "id": first.id}]
    assert newest["edit_history_post_ids"] == [newest["id"]]
    assert newest["public_metrics"]["repost_count"] == 0
    assert answer["includes"]["posts"][0]["id"] == first.id
    assert "post_count" in answer["includes"]["users"][0]["public_metrics"]


async def test_deleted_and_protected_posts_are_errors_of_a_look_up(
    client: Loopback, x: XNetwork
) -> None:
    stays = await x.posts("jane", "@acme stays")
    goes = await x.posts("jane", "@acme goes")
    hides = await x.posts("mia", "@acme hides")
    await x.deletes(goes)
    x.protects("mia")
    answer = await client.get_tweets([stays.id, goes.id, hides.id])
    assert [item["id"] for item in answer["data"]] == [stays.id]
    kinds = [(error["resource_id"], error["type"].rsplit("/")[-1]) for error in answer["errors"]]
    assert kinds == [
        (goes.id, "resource-not-found"),
        (hides.id, "not-authorized-for-resource"),
    ]
    assert (await client.get_tweet(stays.id))["data"]["id"] == stays.id
    assert "data" not in await client.get_tweet(goes.id)
    assert [post.id for post in x.timeline()] == [stays.id]
    assert len((await mentions(client))["data"]) == 1


async def test_an_edit_replaces_the_older_version(client: Loopback, x: XNetwork) -> None:
    typo = await x.posts("jane", "@acme helo")
    fixed = await x.edits(typo, "@acme hello")
    answer = await mentions(client)
    assert [item["id"] for item in answer["data"]] == [fixed.id]
    assert answer["data"][0]["edit_history_tweet_ids"] == [typo.id, fixed.id]
    assert [post.text for post in x.timeline()] == ["@acme hello"]


async def test_late_and_repeated_posts(client: Loopback, x: XNetwork) -> None:
    late = await x.posts("jane", "@acme late", late=True)
    shown = await x.posts("tom", "@acme at once")
    assert [item["id"] for item in (await mentions(client))["data"]] == [shown.id]
    x.release(late)
    assert len((await mentions(client))["data"]) == 2
    assert (await mentions(client, since_id=shown.id))["meta"]["result_count"] == 0
    x.repeats(shown)
    again = await mentions(client, since_id=shown.id)
    assert [item["id"] for item in again["data"]] == [shown.id]
    assert (await mentions(client, since_id=shown.id))["meta"]["result_count"] == 0


async def test_users_by_handle_and_id(client: Loopback, x: XNetwork) -> None:
    new = await x.posts("Nora_9", "@acme hi")
    found = await client.get_users(usernames=["JANE", "nora_9", "nobody"])
    assert [user["username"] for user in found["data"]] == ["jane", "Nora_9"]
    assert found["errors"][0]["value"] == "nobody"
    assert (await client.get_user(username="jane"))["data"]["name"] == "Jane Doe"
    assert (await client.get_user(id=new.author_id))["data"]["username"] == "Nora_9"
    assert "data" not in await client.get_user(id="99999")
    assert (await client.get_me(user_auth=False))["data"]["id"] == "1000"
