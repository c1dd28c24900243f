"""The networks in use, by name; the first is meant where a colleague types a bare handle."""

from dataclasses import dataclass

from bot.errors import Refusal
from bot.networks.base import Network


@dataclass(frozen=True, slots=True)
class Networks:
    parts: tuple[Network, ...]

    def named(self, name: str) -> Network | None:
        return next((network for network in self.parts if network.name == name), None)

    def handle(self, text: str) -> tuple[Network, str]:
        """The network and the handle in its plain form, or a `Refusal`."""
        for network in self.parts:
            clean = network.clean_handle(text)
            if clean is not None:
                return network, clean
        titles = " or ".join(network.title for network in self.parts) or "any network"
        raise Refusal(
            f"That is not a handle on {titles}. A handle looks like @jane_doe: "
            "letters, digits and underscores.",
            "handle",
            field_id="handle",
        )
