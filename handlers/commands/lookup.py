"""/lookup @handle: who is this customer to us, for the colleague who holds their case."""

from bot.model.visit import Answer
from handlers.arguments import handle, nothing_more
from handlers.spec import Call, Command


async def look_up(call: Call) -> Answer:
    customer, more = handle(call.typed)
    nothing_more(more, after="the handle")
    return await call.care.customers.look_up(customer, visit=call.visit)


COMMAND = Command(
    name="lookup",
    usage_hint="@handle",
    description="Who a customer is to us, while you hold their case. Only you see it.",
    run=look_up,
)
