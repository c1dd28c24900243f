"""The wishes form sent off."""

from bot.model.visit import Answer
from bot.slack.forms.wishes import HOW, NAME, QUIET_FROM, QUIET_TO
from handlers.spec import Modal, Submission


async def save(sent: Submission) -> Answer:
    wished = sent.values.get
    return await sent.care.wishes.set(
        wished(HOW, ""), wished(QUIET_FROM, ""), wished(QUIET_TO, ""), visit=sent.visit
    )


MODAL = Modal(NAME, save, mend_at=HOW)
