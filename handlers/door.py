"""The one door: every visit by an employee comes through here, whatever Slack calls it.

Who is it, may these words come in, run, clear, answer in the acknowledgement. A verb that takes
longer than the patience goes on as a task of its own and its answer follows.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

import orjson
import structlog
from slack_bolt import BoltResponse

from bot.errors import Misconfigured, Refusal, Unavailable
from bot.model.cleared import Cleared
from bot.model.ids import VisitKey
from bot.model.visit import Answer, Visit
from bot.slack.bolt import AWAY, MISSET
from bot.slack.mishaps import mishap_sentence, note_mishap
from bot.slack.people import People
from handlers.figures import visited
from handlers.knocks import Body, Knock
from handlers.outside import Outside, Payload
from handlers.threads import taught
from handlers.ways import Ack, Way

PATIENCE = 1.7
"""Seconds; Slack waits three, and the way there and back takes its share."""
WORDLESS = {"block_actions", "message_action", "shortcut"}
"""Their acknowledgement shows nothing: what went wrong has to be said in another way."""

Run = Callable[[Visit], Awaitable[Answer]]
Entry = tuple[Knock, Way, Run]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Outcome:
    answer: Cleared[Answer]
    slip: VisitKey


class Door:
    def __init__(self, outside: Outside, *, people: People, patience: float = PATIENCE) -> None:
        self.outside = outside
        self.people = people
        self._patience = patience
        self._tasks: set[asyncio.Task[Any]] = set()

    async def admit(self, body: Body, read: Callable[[Body], Entry]) -> BoltResponse:
        """Read the delivery and open; what cannot even be read is answered too."""
        try:
            return await self.open(*read(body))
        except Exception as unknown:
            if body.get("type") not in WORDLESS:
                raise
            reference = note_mishap(unknown, what=str(body["type"]))
            self._track(self._quietly(str(body["type"]), self._sorry(body, reference)))
            return BoltResponse(status=200, body="")

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
            ack = await way.at_once(outcome.answer, slip=outcome.slip)
        self._afterwards(knock, ack)
        passed = asyncio.get_running_loop().time() - started
        _log.info("visit", what=knock.what, late=late, ms=round(passed * 1000, 1))
        return BoltResponse(status=200, body=_written(ack.payload))

    async def hear(
        self, knock: Knock, way: Way, run: Run, *, heading: str = "", in_thread: bool = False
    ) -> None:
        """For what was acknowledged before: nobody waits, so a bad moment is waited for.

        Raises `Unavailable` where it is to be tried again; the visit counts once all the same.
        """
        try:
            answer, _ = await self._answer(knock, run)
        except Unavailable:
            raise
        except Exception as unknown:  # noqa: BLE001  the door is an edge
            answer = _excuse(knock, unknown)
        if not answer.empty:
            headed = replace(answer, text=f"{heading}{answer.text}")
            await way.later(self._spoken(headed, in_thread=in_thread))
        _log.info("heard", what=knock.what)

    async def keep(self, what: str, work: Coroutine[Any, Any, None]) -> BoltResponse:
        """Only what is kept is acknowledged: Slack tells an event again that is not."""
        keeping = self._track(work)
        try:
            async with asyncio.timeout(self._patience):
                await asyncio.shield(keeping)
        except Exception as unknown:  # noqa: BLE001  the door is an edge
            note_mishap(unknown, what=what)
            return BoltResponse(status=503, body="")
        return BoltResponse(status=200, body="")

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
        try:
            answer, slip = await self._answer(knock, run)
        except Exception as unknown:  # noqa: BLE001  the door is an edge
            answer, slip = _excuse(knock, unknown), knock.key
        return _Outcome(self._spoken(answer), slip)

    def _spoken(self, answer: Answer, *, in_thread: bool = False) -> Cleared[Answer]:
        slashes = self.outside.slashes
        spelled = slashes.answer(answer)
        said = taught(slashes, spelled) if in_thread else spelled
        return self.outside.care.threshold.clear(said)

    async def _answer(self, knock: Knock, run: Run) -> tuple[Answer, VisitKey]:
        """Counted once, and the key it counts under: the second one where it was sent off again."""
        with visited(knock.what) as visit:
            answer = await self._admitted(knock, run)
            if answer.repeated and answer.refused and knock.retry_key is not None:
                knock = replace(knock, key=knock.retry_key)
                answer = await self._admitted(knock, run)
            return visit.answered(answer), knock.key

    async def _admitted(self, knock: Knock, run: Run) -> Answer:
        person = await self.people.who(knock.workspace, knock.user_id, home_team=knock.home_team)
        visit = Visit(knock.key, person)
        threshold = self.outside.care.threshold
        field_id = ""
        try:
            for field_id, text in knock.texts.items():  # noqa: B007  named when it is refused
                threshold.admit(text, stays=knock.stays)
            field_id = ""
            return await run(visit)
        except Refusal as no:
            answer = await threshold.refused(no, visit=visit)
            return replace(answer, field_id=no.field_id or field_id)

    async def _finish(self, knock: Knock, way: Way, work: asyncio.Task[_Outcome]) -> None:
        outcome = await work
        await self._quietly(knock.what, way.later(outcome.answer))

    def _afterwards(self, knock: Knock, ack: Ack) -> None:
        if ack.then is not None:
            self._track(self._quietly(knock.what, ack.then()))

    async def _sorry(self, body: Body, reference: str) -> None:
        user_id = str((body.get("user") or {}).get("id") or "")
        answer = self.outside.say(mishap_sentence(reference))
        await self.outside.respond(str(body.get("response_url") or ""), user_id, answer)

    async def _quietly(self, what: str, sending: Awaitable[None]) -> None:
        """What was done stands, even where the answer does not arrive."""
        try:
            await sending
        except (Unavailable, Misconfigured) as lost:
            _log.warning("answer_lost", what=what, error=type(lost).__name__)
        except Exception as unknown:  # noqa: BLE001  the door is an edge
            note_mishap(unknown, what=what)


def _written(payload: Payload) -> str:
    """Bolt's own way to JSON takes ten times as long."""
    return orjson.dumps(payload).decode() if payload else ""


def _excuse(knock: Knock, error: Exception) -> Answer:
    """Never what the error itself says, which may quote a person."""
    match error:
        case Unavailable():
            _log.warning("visit_unavailable", what=knock.what, party=error.party)
            return Answer(AWAY, refused=True)
        case Misconfigured():
            _log.error("visit_misconfigured", what=knock.what)
            return Answer(MISSET, refused=True)
        case _:
            return Answer(mishap_sentence(note_mishap(error, what=knock.what)), refused=True)
