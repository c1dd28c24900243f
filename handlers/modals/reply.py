"""The reply form sent off: the very text appears, to be sent or to be copied. Nothing goes yet."""

from bot.model.ids import KeptId
from bot.model.reply import Way
from bot.model.visit import Answer
from bot.slack.forms.reply import KEPT, NAME, WAY, WORDS
from handlers.modals.filled import its_case, words
from handlers.spec import Modal, Submission


async def write(sent: Submission) -> Answer:
    said = words(sent, WORDS, "Please write your answer.")
    way = sent.values.get(WAY, Way.PUBLIC)
    if kept := dict(sent.form.filled).get(KEPT):
        case_id, uses = its_case(sent), sent.care.kept_uses
        return await uses.write(KeptId(int(kept)), case_id, said, way=way, visit=sent.visit)
    return await sent.care.replies.write(its_case(sent), said, way=way, visit=sent.visit)


MODAL = Modal(NAME, write, mend_at=WORDS)
