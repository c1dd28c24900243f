"""The three ways a thing can fail, because each asks for another reaction.

A `Refusal` is an expected no: the person reads its sentence. `Unavailable` is somebody else's bad
moment: the machine tries again. `Misconfigured` needs a human who may change settings.
"""

from dataclasses import dataclass


@dataclass(slots=True)
class Refusal(Exception):
    """An expected no. `sentence` says what is wrong and what to do, nothing of a customer."""

    sentence: str
    rule: str = "input"
    asks: str = ""
    """Name of a form that would turn this no into a yes, such as "guidebook"."""
    field_id: str = ""
    """The input of a form which it is about."""
    copy: str = ""
    """The person's own words, masked, which stand nowhere else."""

    def __str__(self) -> str:
        return self.sentence


@dataclass(slots=True)
class Unavailable(Exception):
    """An outside party did not do it this time. `retry_after` is in seconds, None when not told.

    `unknown_outcome` is True where the other side may have done it and the answer was lost;
    `refused` where it is this very act that must wait, whoever does it.
    """

    party: str
    reason: str
    retry_after: float | None = None
    unknown_outcome: bool = False
    refused: bool = False

    def __str__(self) -> str:
        return f"{self.party}: {self.reason}"


@dataclass(slots=True)
class Misconfigured(Exception):
    """A human must change something; `problems` are sentences that say what and where."""

    problems: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.problems)


class NotShown(Misconfigured):
    """Slack does not show us the person, who is none of ours: what was for them has no way."""


@dataclass(slots=True)
class Shut(Misconfigured):
    """A channel takes nothing of ours: we are not in it, or it is archived. `channel` is its id."""

    channel: str = ""


class UnrecordedChange(RuntimeError):
    """A unit of work ended without an audit line: a defect of ours, and nothing was committed."""
