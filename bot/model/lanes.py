"""Lanes: whose turns a delivery takes, since Slack limits each channel and method by itself."""

from dataclasses import dataclass

NONE = ""
"""Takes no turns, as what does not go to Slack."""
EDIT = "edit"
"""All edits everywhere: Slack counts them together."""
HOME = "home"
WHISPER = "whisper"

NOW, SOON, SOMETIME = 0, 1, 2
"""Priorities: somebody looks at it; somebody waits for it; it may come behind the others."""


def lane_to(to: str) -> str:
    """The lane of what is posted to a person (U…, W…) or to a channel as the routes name it."""
    return f"dm:{to}" if to.startswith(("U", "W")) else f"post:{to}"


@dataclass(frozen=True, slots=True)
class Rate:
    """A turn every so many seconds; after a pause `burst` of them may come at once."""

    every: float
    burst: int = 1


@dataclass(frozen=True, slots=True)
class Rates:
    """A little slower than Slack allows, so that a refusal is the exception."""

    post: Rate = Rate(1.1)
    dm: Rate = Rate(1.1)
    edit: Rate = Rate(60 / 50, burst=5)
    home: Rate = Rate(0.7, burst=10)
    whisper: Rate = Rate(0.7, burst=10)

    def of(self, lane: str) -> Rate:
        known = {
            "post": self.post,
            "dm": self.dm,
            EDIT: self.edit,
            HOME: self.home,
            WHISPER: self.whisper,
        }
        return known[lane.partition(":")[0]]


SLACKS = Rates()
"""Those of Slack itself."""
