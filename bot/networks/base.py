"""The one promise every network keeps, so that the kitchen never asks which network it is."""

from typing import Protocol

from bot.model.cleared import Cleared
from bot.model.mention import Author, Batch
from bot.model.reply import Sending, Sent, Way


class Network(Protocol):
    """A place where customers speak. Calls raise `Unavailable` or `Misconfigured` only."""

    name: str
    title: str
    """As people say it: "X"."""
    poll_seconds: float

    async def fetch(self, cursor: str) -> Batch:
        """What was said since `cursor` ("" at the first time), oldest first, overlap included."""
        ...

    async def find(self, handle: str) -> Author | None:
        """Who bears this handle now, None when nobody does."""
        ...

    def clean_handle(self, text: str) -> str | None:
        """The handle in its plain form, None when it cannot be one."""
        ...

    def is_ours(self, handle: str) -> bool:
        """Whether we ourselves speak by this handle, which is in its plain form."""
        ...

    def length(self, text: str) -> int:
        """Length as the network counts it (X: weighted, a link is 23)."""
        ...

    @property
    def length_limit(self) -> int: ...

    def profile_url(self, handle: str) -> str: ...

    def answer_url(self, external_id: str, text: str) -> str:
        """A page of the network where a person answers by hand, with `text` filled in."""
        ...

    @property
    def ways(self) -> tuple[Way, ...]:
        """How an answer can be sent for us to who summoned us; none without the credentials."""
        ...

    def footer(self, way: Way) -> str:
        """What the network's rules ask us to put under words that go this way, "" for nothing."""
        ...

    def refuses_twice(self, way: Way) -> bool:
        """Whether the same words under the same post are taken once only. Where they are not,
        nothing is ever sent a second time, not even what never shows."""
        ...

    async def answer(self, sending: Cleared[Sending]) -> Sent:
        """Send it once. `Refusal`: the network does not take this one, and says why.

        `Unavailable.unknown_outcome` where it may stand there all the same.
        """
        ...

    async def find_answer(self, sending: Cleared[Sending]) -> Sent | None:
        """The same answer if it stands there already: asked before each second try."""
        ...

    async def check(self) -> None:
        """Raise `Misconfigured` when address, credentials or account are refused."""
        ...

    async def close(self) -> None: ...
