"""The one door: every visit by an employee comes through here, whatever Slack calls it.

Who is it, may these words come in, run, clear, answer in the acknowledgement. A verb that takes
longer than the patience goes on as a task of its own and its answer follows.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt import BoltResponse

from bot.errors import Misconfigured, Refusal, Unavailable
from bot.model.cleared import Cleared
from bot.model.visit import Answer, Visit
from bot.slack.bolt import AWAY, MISSET
from bot.slack.mishaps import mishap_sentence, note_mishap
from bot.slack.people import People
from handlers.knocks import Knock
from handlers.outside import Outside
from handlers.ways import Way

PATIENCE = 2.0
"""Seconds; Slack waits three, and the way there and back takes its share."""

Run = Callable[[Visit], Awaitable[Answer]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Outcome:
    answer: Cleared[Answer]
    mendable: bool = False


class Door:
    def __init__(self, outside: Outside, *, people: People, patience: float = PATIENCE) -> None:
        self.outside = outside
        self.people = people
        self._patience = patience
        self._tasks: set[asyncio.Task[Any]] = set()

    async def open(self, knock: Knock, way: Way, run: Run) -> BoltResponse:
        started = asyncio.get_running_loop().time()
        work = self._track(self._outcome(knock, run))
        try:
            await asyncio.wait({work}, timeout=self._patience)
        except asyncio.CancelledError:
            # Slack's side hung up; the verb goes on, and its answer is not owed any less.
            self._track(self._finish(knock, way, work))
            raise
        late = not work.done()
        if late:
            self._track(self._finish(knock, way, work))
            ack = way.meanwhile()
        else:
            outcome = work.result()
            ack = await way.at_once(outcome.answer, mendable=outcome.mendable)
        if ack.then is not None:
            self._track(self._quietly(knock, ack.then()))
        passed = asyncio.get_running_loop().time() - started
        _log.info("visit", what=knock.what, late=late, ms=round(passed * 1000, 1))
        return BoltResponse(status=200, body=ack.payload or "")

    async def drain(self, *, seconds: float = 10.0) -> int:
        """Wait for what is under way; how many are left then. Nothing is cut off half-done."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        while self._tasks and (left := ends - loop.time()) > 0:
            await asyncio.wait(self._tasks, timeout=left)
        return len(self._tasks)

    def _track(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _outcome(self, knock: Knock, run: Run) -> _Outcome:
        """Every error ends here, as one sentence; this is the edge the design allows."""
        clear = self.outside.care.threshold.clear
        try:
            answer, mendable = await self._answer(knock, run)
            return _Outcome(clear(self.outside.slashes.answer(answer)), mendable)
        except Unavailable as away:
            _log.warning("visit_unavailable", what=knock.what, party=away.party)
            return _Outcome(clear(Answer(AWAY, refused=True)))
        except Misconfigured:
            _log.error("visit_misconfigured", what=knock.what)
            return _Outcome(clear(Answer(MISSET, refused=True)))
        except Exception as unknown:  # noqa: BLE001  the door is an edge
            reference = note_mishap(unknown, what=knock.what)
            return _Outcome(clear(Answer(mishap_sentence(reference), refused=True)))

    async def _answer(self, knock: Knock, run: Run) -> tuple[Answer, bool]:
        person = await self.people.who(knock.workspace, knock.user_id, home_team=knock.home_team)
        visit = Visit(knock.key, person)
        threshold = self.outside.care.threshold
        try:
            for text in knock.texts:
                threshold.admit(text)
            return await run(visit), False
        except Refusal as no:
            return await threshold.refused(no, visit=visit), True

    async def _finish(self, knock: Knock, way: Way, work: asyncio.Task[_Outcome]) -> None:
        outcome = await work
        await self._quietly(knock, way.later(outcome.answer))

    async def _quietly(self, knock: Knock, sending: Awaitable[None]) -> None:
        """What was done stands, even where the answer does not arrive."""
        try:
            await sending
        except (Unavailable, Misconfigured) as lost:
            _log.warning("answer_lost", what=knock.what, error=type(lost).__name__)
        except Exception as unknown:  # noqa: BLE001  the door is an edge
            note_mishap(unknown, what=knock.what)
