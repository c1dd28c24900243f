"""Lanes: whose turns a delivery takes, since Slack limits each channel and method by itself."""

from dataclasses import dataclass

NONE = ""
"""Takes no turns, as what does not go to Slack."""
EDIT = "edit"
"""All edits everywhere: Slack counts them together."""
HOME = "home"
WHISPER = "whisper"
POSTS = "posts"
"""All messages to all channels and people: no delivery has this lane, each of them pays for it."""

NOW, SOON, SOMETIME = 0, 1, 2
"""Priorities: somebody looks at it; somebody waits for it; it may come behind the others."""


def lane_to(to: str) -> str:
    """The lane of what is posted to a person (U…, W…) or to a channel as the routes name it."""
    return f"dm:{to}" if to.startswith(("U", "W")) else f"post:{to}"


def is_post(lane: str) -> bool:
    """Whether its turns are turns of `POSTS` as well."""
    return lane.startswith(("post:", "dm:"))


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
    posts: Rate = Rate(60 / 260, burst=20)
    """Slack says “several hundred a minute”: never more than 280 in any minute."""

    def of(self, lane: str) -> Rate:
        known = {
            "post": self.post,
            "dm": self.dm,
            EDIT: self.edit,
            HOME: self.home,
            WHISPER: self.whisper,
            POSTS: self.posts,
        }
        return known[lane.partition(":")[0]]


SLACKS = Rates()
"""Those of Slack itself."""
