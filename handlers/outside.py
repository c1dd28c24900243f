"""What every way back to a person needs: forms to open, addresses to send to, and a last resort."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.care import Care
from bot.errors import Misconfigured, Unavailable
from bot.model.cleared import Cleared
from bot.model.ids import VisitKey
from bot.model.visit import Answer, Form
from bot.slack import render, response_url
from bot.slack.border import ask
from bot.slack.channel import SlackChannel
from bot.slack.forms import FORMS, Page, revealed
from bot.slack.slashes import Slashes

Payload = dict[str, Any]
"""What Bolt sends as the acknowledgement; an empty one is {}."""

OPEN_SECONDS = 0.8
STILL = "Still working on it; the answer comes here."
YOUR_WORDS = "Your words, ready to copy:"
NO_FORM = "Slack gives me three seconds to open the form, and they were over. Please do it again."
NO_BOOK = (
    "Slack gives me three seconds to open it, and they were over. Open it with /usher enroll, then "
    "go on where you were."
)


@dataclass(frozen=True, slots=True)
class Outside:
    """`kinds` are the kinds of hand-off the organisation has a desk for.

    The client stays inside: what leaves by a method here was cleared, and mypy sees to it.
    """

    care: Care
    channel: SlackChannel
    _client: AsyncWebClient
    kinds: tuple[str, ...]
    slashes: Slashes

    def say(self, text: str) -> Cleared[Answer]:
        return self.care.threshold.clear(self.slashes.answer(Answer(text)))

    def with_words(self, answer: Cleared[Answer], words: str) -> Cleared[Answer]:
        """The same, and what the person typed, so that it can be copied."""
        if not words:
            return answer
        text = f"{answer.value.text} {YOUR_WORDS}"
        return self.care.threshold.clear(replace(answer.value, text=text, copy=words))

    async def form(self, form: Form, *, slip: VisitKey) -> Payload:
        if form.name == revealed.NAME:
            return revealed.view(await self.care.reveals.page(slip, form.case_id))
        book = self.care.ambassadors.guidebook()
        asked = tuple((place, each.ask, each.choices) for place, each in book.asked())
        page = Page(form, slip, book.markdown, self.kinds, asked, self.care.complaints.lines)
        return FORMS[form.name](self.care.threshold.clear(page))

    async def open_form(self, form: Form, trigger_id: str, *, slip: VisitKey) -> bool:
        """False where Slack did not open it in time; our one call before an acknowledgement."""
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                view = await self.form(form, slip=slip)
                await ask(self._client.views_open, trigger_id=trigger_id, view=view)
        except (Unavailable, Misconfigured, TimeoutError):
            return False
        return True

    async def update_form(self, view_id: str, answer: Cleared[Answer]) -> bool:
        """False where the modal is no longer there."""
        try:
            page = render.page(answer)
            await ask(self._client.views_update, view_id=view_id, view=page)
        except (Unavailable, Misconfigured):
            return False
        return True

    async def respond(self, url: str, user_id: str, answer: Cleared[Answer]) -> None:
        """By the response_url, tried twice, or else by a direct message."""
        session = self._client.session
        if session is None or not url:
            await self.direct(user_id, answer)
            return
        try:
            await response_url.send(session, url, answer)
        except Unavailable:
            await self.direct(user_id, answer)

    async def direct(self, user_id: str, answer: Cleared[Answer]) -> None:
        await self.channel.direct(user_id, self.care.threshold.clear(render.message(answer)))
