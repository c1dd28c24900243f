"""What a person in the workspace sees: her channels, her ephemerals, her modal and her home tab."""

import asyncio

from bot.sandbox.accounts import Account
from bot.sandbox.records import Channel, Message
from bot.sandbox.seen import View
from bot.sandbox.workspace import Workspace


class Eyes:
    def __init__(self, workspace: Workspace, name: str) -> None:
        self._workspace = workspace
        self._id = workspace.person(name).id

    @property
    def person(self) -> Account:
        return self._workspace.people[self._id]

    @property
    def view(self) -> View | None:
        view = self._workspace.views.top(self._id)
        return View.of(view.wire) if view else None

    @property
    def home(self) -> View | None:
        view = self._workspace.views.home(self._id)
        return View.of(view.wire) if view else None

    @property
    def mention(self) -> str:
        return f"<@{self._id}>"

    async def sees(
        self,
        words: str,
        *,
        channel: str | None = None,
        timeout: float = 5.0,  # noqa: ASYNC109 - a person's patience
    ) -> Message:
        """The newest message with these words; AssertionError tells what she sees instead."""
        found = await self._workspace.bell.until(
            lambda: self._look(words, channel), timeout=timeout
        )
        if found is None:
            seen = "\n  ".join(f"{m.channel} {m.words}" for m in self._visible(channel))
            raise AssertionError(f"{self.person.name} does not see {words!r}; she sees\n  {seen}")
        return found

    async def sees_view(
        self,
        words: str = "",
        *,
        timeout: float = 3.0,  # noqa: ASYNC109 - a person's patience
    ) -> View:
        def look() -> View | None:
            return self.view if self.view and words in self.view.words else None

        found = await self._workspace.bell.until(look, timeout=timeout)
        if found is None:
            shown = self.view.words if self.view else "no modal"
            raise AssertionError(f"{self.person.name} does not see {words!r}; she sees {shown}")
        return found

    async def sees_not(
        self, words: str, *, channel: str | None = None, within: float = 1.0
    ) -> None:
        until = asyncio.get_running_loop().time() + within
        while (left := until - asyncio.get_running_loop().time()) > 0:
            found = await self._workspace.bell.until(
                lambda: self._look(words, channel), timeout=left
            )
            if found:
                raise AssertionError(f"{self.person.name} sees {words!r}: {found.words}")

    def messages(self, channel: str) -> list[Message]:
        """Oldest first, her ephemerals among them; NotThere where she may not look."""
        place = self._place(channel)
        self._workspace.presence.must_see(self.person, place)
        return self._workspace.messages.seen_by(self._id, place.id)

    def reloads(self) -> None:
        """Slack's client starts anew: ephemerals are gone."""
        self._workspace.messages.forget_ephemerals(self._id)

    def _place(self, name: str) -> Channel:
        if name.startswith("@"):
            return self._workspace.dm(self._id)
        return self._workspace.channel(name)

    def _visible(self, channel: str | None) -> list[Message]:
        if channel:
            return self.messages(channel)
        self._workspace.presence.must_be_here(self.person)
        mine = self._workspace.presence.rooms(self.person)
        seen = [m for place in mine for m in self._workspace.messages.seen_by(self._id, place.id)]
        return sorted(seen, key=lambda m: m.ts)

    def _look(self, words: str, channel: str | None) -> Message | None:
        found = [m for m in self._visible(channel) if words in m.words or words in m.text]
        return found[-1] if found else None
