"""The buttons of kept answers: keep what went out, use what is kept, forget it and take that back.

None of them sends anything.
"""

from bot.model.ids import CaseId, KeptId
from bot.model.reply import ReplyId
from bot.model.visit import Answer
from handlers.spec import Button, Press, number_in


async def keep(press: Press) -> Answer:
    return await press.care.kept_answers.ask(ReplyId(press.number), visit=press.visit)


async def use(press: Press) -> Answer:
    """The value is the answer's number and the case's."""
    number, _, case = press.value.partition(" ")
    kept_id = KeptId(number_in(number))
    case_id = CaseId(number_in(case))
    return await press.care.kept_uses.use(kept_id, case_id, visit=press.visit)


async def forget(press: Press) -> Answer:
    return await press.care.kept_answers.forget(KeptId(press.number), visit=press.visit)


async def remember(press: Press) -> Answer:
    return await press.care.kept_answers.remember(KeptId(press.number), visit=press.visit)


KEEP = Button("keep_answer", keep)
USE = Button("use_answer", use)
FORGET = Button("forget_answer", forget)
REMEMBER = Button("remember_answer", remember)
