"""response_url: five uses in thirty minutes, also where the bot itself may not speak."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.attached import checked_attachments
from bot.sandbox.blocks import checked_message
from bot.sandbox.messages import Messages
from bot.sandbox.records import Clock, Json, Message, SlackError
from bot.sandbox.seed import BOT_USER
from bot.sandbox.stamps import new_id

USES, LIFE = 5, timedelta(minutes=30)


@dataclass(slots=True)
class Reply:
    """Where an answer goes: a person in a channel, and the message it may replace or delete."""

    user: str
    channel: str
    until: datetime
    original: Message | None = None
    uses: int = 0


class ResponseUrls:
    def __init__(self, clock: Clock, messages: Messages) -> None:
        self._clock = clock
        self._messages = messages
        self._made: dict[str, Reply] = {}
        self.base_url = ""

    def new(self, user: str, channel: str, *, original: Message | None = None) -> str:
        name = new_id("r")
        self._made[name] = Reply(user, channel, self._clock() + LIFE, original)
        return f"{self.base_url}/response/{name}"

    def use(self, name: str, body: Json) -> None:
        reply = self._made.get(name)
        if reply is None or reply.uses >= USES:
            raise SlackError("used_url")
        if self._clock() > reply.until:
            raise SlackError("expired_url")
        reply.uses += 1
        self.answer(reply, body)

    def acknowledged(self, url: str, body: Json) -> Message | None:
        """A slash command's ack is an answer too, and does not count as a use."""
        return self.answer(self._made[url.rpartition("/")[2]], body)

    def answer(self, reply: Reply, body: Json) -> Message | None:
        original = self._messages.current(reply.original) if reply.original else None
        if body.get("delete_original") and original:
            self._messages.delete(original)
            return None
        text, blocks = checked_message(body)
        attached = checked_attachments(body)
        if body.get("replace_original") and original:
            self._messages.edit(original, text=text, blocks=blocks, attachments=attached)
            return None
        loud = body.get("response_type") == "in_channel"
        posted = self._messages.post(
            reply.channel,
            user=BOT_USER,
            text=text,
            blocks=blocks,
            attachments=attached,
            bot=True,
            thread_ts=body.get("thread_ts"),
            ephemeral_for=None if loud else reply.user,
        )
        reply.original = reply.original or posted
        return posted
