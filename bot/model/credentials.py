"""How a connector asks for its secrets without knowing where they are kept."""

from typing import Protocol


class Credentials(Protocol):
    """Bound to one connector: for x, `credentials("BEARER_TOKEN")` is what X_BEARER_TOKEN says."""

    def __call__(self, name: str, /) -> str | None:
        """The value, None when nobody set it."""
        ...
