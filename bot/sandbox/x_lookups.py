"""The answers of the loopback X: mentions, posts by id, users by id and by handle."""

from collections.abc import Callable, Iterable

from starlette.requests import Request

from bot.sandbox.x_posts import HANDLE, Account, Post
from bot.sandbox.x_query import ID, Page, asked, in_path, listed, page, page_token, start_time
from bot.sandbox.x_shapes import (
    Asked,
    Json,
    Naming,
    entities_json,
    not_authorized,
    not_found,
    post_json,
    user_json,
)
from bot.sandbox.x_state import Timeline


class Lookups:
    def __init__(self, timeline: Timeline, *, naming: Callable[[], Naming]) -> None:
        self._timeline = timeline
        self._naming = naming

    def mentions(self, request: Request) -> Json:
        want, span = asked(request), page(request)
        user_id = in_path(request, "id", ID)
        account = self._by_id(user_id)
        if account is None:
            return {"errors": [self._missing("user", "id", user_id)]}
        found = [
            post
            for post in self._timeline.mentions_of(account.handle)[: self._timeline.reach]
            if int(post.id) > span.since and (span.until is None or int(post.id) < span.until)
        ]
        return self._paged(found, span, want, also=self._timeline.take_repeats())

    def posts_of(self, request: Request) -> Json:
        want, span, since = asked(request), page(request), start_time(request)
        user_id = in_path(request, "id", ID)
        if self._by_id(user_id) is None:
            return {"errors": [self._missing("user", "id", user_id)]}
        found = [
            post
            for post in reversed(self._timeline.timeline())
            if post.author_id == user_id
            and post.created_at >= since
            and (span.until is None or int(post.id) < span.until)
        ]
        return self._paged(found, span, want)

    def _paged(self, found: list[Post], span: Page, want: Asked, also: Iterable[Post] = ()) -> Json:
        shown = found[: span.size]
        more = page_token(shown[-1].id) if len(found) > span.size else None
        return self._page([*shown, *also], want, more=more)

    def tweets(self, request: Request) -> Json:
        want = asked(request)
        ids = listed(request, "ids", ID)
        found = [self._timeline.find(post_id) for post_id in ids]
        readable = [post for post in found if post and self._timeline.readable(post.id)]
        errors = [
            self._unreadable("ids", post_id)
            for post_id in ids
            if not self._timeline.readable(post_id)
        ]
        return self._with_includes(readable, want, errors=errors)

    def tweet(self, request: Request) -> Json:
        want, post_id = asked(request), in_path(request, "id", ID)
        post = self._timeline.find(post_id)
        if post is None or not self._timeline.readable(post_id):
            return {"errors": [self._unreadable("id", post_id)]}
        answer = self._with_includes([post], want, errors=[])
        return answer | {"data": answer["data"][0]}

    def users_by(self, request: Request) -> Json:
        want = asked(request)
        handles = listed(request, "usernames", HANDLE)
        found = [self._by_handle(handle) for handle in handles]
        missing = [
            self._missing("user", "usernames", handle)
            for handle, account in zip(handles, found, strict=True)
            if account is None
        ]
        users = [user_json(account, want) for account in found if account]
        return ({"data": users} if users else {}) | ({"errors": missing} if missing else {})

    def user_by(self, request: Request) -> Json:
        handle = in_path(request, "username", HANDLE)
        return self._one_user(self._by_handle(handle), asked(request), "username", handle)

    def user(self, request: Request) -> Json:
        user_id = in_path(request, "id", ID)
        return self._one_user(self._by_id(user_id), asked(request), "id", user_id)

    def me(self, request: Request) -> Json:
        return {"data": user_json(self._timeline.account(self._timeline.handle), asked(request))}

    def _one_user(self, account: Account | None, want: Asked, parameter: str, value: str) -> Json:
        if account is None:
            return {"errors": [self._missing("user", parameter, value)]}
        return {"data": user_json(account, want)}

    def _page(self, posts: list[Post], want: Asked, *, more: str | None) -> Json:
        meta: Json = {"result_count": len(posts)}
        if not posts:
            return {"meta": meta}
        ids = sorted((int(post.id) for post in posts), reverse=True)
        meta |= {"newest_id": str(ids[0]), "oldest_id": str(ids[-1])}
        if more:
            meta["next_token"] = more
        return self._with_includes(posts, want, errors=[]) | {"meta": meta}

    def _with_includes(self, posts: list[Post], want: Asked, *, errors: list[Json]) -> Json:
        answer: Json = {"data": [self._post(post, want) for post in posts]} if posts else {}
        targets = {to.id for post in posts for to in post.referenced}
        referenced = []
        for post_id in sorted(targets) if want.posts_wanted() else ():
            target = self._timeline.find(post_id)
            if target and self._timeline.readable(post_id):
                referenced.append(target)
            else:
                errors = [*errors, self._unreadable("referenced_tweets.id", post_id)]
        users = self._users(posts, referenced, want)
        includes: Json = {"users": [user_json(account, want) for account in users]} if users else {}
        if referenced:
            includes["tweets"] = [self._post(post, want) for post in referenced]
        return (
            answer
            | ({"includes": includes} if includes else {})
            | ({"errors": errors} if errors else {})
        )

    def _users(
        self, posts: Iterable[Post], referenced: Iterable[Post], want: Asked
    ) -> list[Account]:
        wanted: list[str | None] = []
        for post in posts:
            if "author_id" in want.expansions:
                wanted.append(post.author_id)
            if "in_reply_to_user_id" in want.expansions:
                wanted.append(self._replied_to_user(post))
            if "entities.mentions.username" in want.expansions:
                wanted += [m.get("id") for m in self._entities(post)["mentions"]]
        if "referenced_tweets.id.author_id" in want.expansions:
            wanted += [post.author_id for post in referenced]
        accounts = [self._by_id(user_id) for user_id in dict.fromkeys(wanted) if user_id]
        return [account for account in accounts if account]

    def _post(self, post: Post, want: Asked) -> Json:
        body = post_json(post, want, replied_to_user=self._replied_to_user(post))
        if "entities" in want.fields or "entities.mentions.username" in want.expansions:
            body["entities"] = self._entities(post)
        return body

    def _entities(self, post: Post) -> Json:
        ids = {account.handle.lower(): account.id for account in self._timeline.accounts()}
        return entities_json(post, ids)

    def _replied_to_user(self, post: Post) -> str | None:
        # X keeps the user even when the post answered is gone.
        return self._timeline.author_of(post.in_reply_to) if post.in_reply_to else None

    def _by_id(self, user_id: str) -> Account | None:
        return next((a for a in self._timeline.accounts() if a.id == user_id), None)

    def _by_handle(self, handle: str) -> Account | None:
        wanted = handle.lower()
        return next((a for a in self._timeline.accounts() if a.handle.lower() == wanted), None)

    def _unreadable(self, parameter: str, post_id: str) -> Json:
        if self._timeline.find(post_id):
            return not_authorized("tweet", parameter, post_id, naming=self._naming())
        return self._missing("tweet", parameter, post_id)

    def _missing(self, kind: str, parameter: str, value: str) -> Json:
        return not_found(kind, parameter, value, naming=self._naming())
