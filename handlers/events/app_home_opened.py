"""Somebody opened the app: its Home tab is drawn for them. Its Messages tab is not ours to draw."""

from bot.model.visit import Answer
from handlers.spec import Call, Event


async def opened(call: Call) -> Answer:
    if call.event.get("tab") != "home":
        return Answer("")
    return await call.care.homes.opened(visit=call.visit)


EVENT = Event("app_home_opened", opened)
