"""What stands on a person's screen right after a gesture of hers."""

from dataclasses import dataclass, field

from bot.sandbox.records import Json, Message


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the screen after a gesture; `failed` is Slack complaining of the app."""

    text: str = ""
    message: Message | None = None
    errors: dict[str, str] = field(default_factory=dict)
    failed: bool = False
    options: tuple[Json, ...] = ()
