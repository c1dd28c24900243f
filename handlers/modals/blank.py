"""Blanking a card, confirmed."""

from bot.model.delivery import Card
from bot.model.ids import ChannelId
from bot.model.visit import Answer
from bot.slack.forms.blank import CHANNEL, NAME, TS
from handlers.modals.filled import its_case
from handlers.spec import Modal, Submission


async def blank(sent: Submission) -> Answer:
    where = dict(sent.form.filled)
    place = Card(ChannelId(where[CHANNEL]), where[TS])
    return await sent.care.blanking.blank(place, case_id=its_case(sent), visit=sent.visit)


MODAL = Modal(NAME, blank)
