"""What comes in: guarded, threaded, routed, and kept with its case and card in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.care.acts import Acts
from bot.care.routing import Router, first_card
from bot.care.storms import Storms
from bot.care.unreadable import guarded
from bot.compliance import Guard
from bot.model.audit import AuditEntry
from bot.model.case import NewCase, Source
from bot.model.delivery import DeliveryKind, Wish
from bot.model.guarded import Guarded
from bot.model.ids import CaseId
from bot.model.lanes import EDIT, SOON
from bot.model.mention import Batch, Incoming, NewMention
from bot.model.person import CLOCKWORK, Workspace
from storage.unit_of_work import UnitOfWork

Thread = tuple[str, str]
"""(conversation id, author's user id): one customer in one conversation is one matter."""


@dataclass(frozen=True, slots=True)
class Received:
    opened: int
    threaded: int
    dropped: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class _Read:
    """One post after the guard, outside the transaction: the writer should not wait for it."""

    post: Incoming
    words: Guarded
    name: Guarded

    @property
    def thread(self) -> Thread:
        return self.post.conversation_id, self.post.author.user_id


@dataclass(frozen=True, slots=True)
class Mentions:
    acts: Acts
    guard: Guard
    router: Router
    workspace: Workspace
    storms: Storms

    async def cursor(self, network: str) -> str:
        return await self.acts.db.read(lambda unit: unit.cursors.get(network))

    async def receive(self, batch: Batch, *, network: str) -> Received:
        """Keep what is new; the cursor moves in the same transaction, so nothing falls between."""
        wanted = {
            post.external_id: post for post in batch.incoming if not post.ours and not post.repost
        }
        read = [
            _Read(post, self.guard.guard(post.text), self.guard.guard(post.author.name))
            for post in wanted.values()
        ]
        aside = tuple(guarded(item, self.guard) for item in batch.set_aside)
        kept = replace(batch, set_aside=aside)
        return await self.acts.db.write(lambda unit: self._keep(unit, network, kept, read))

    def _keep(self, unit: UnitOfWork, network: str, batch: Batch, read: list[_Read]) -> Received:
        known = unit.mentions.known(network, [one.post.external_id for one in read])
        fresh = [one for one in read if one.post.external_id not in known]
        aside = unit.mentions.set_aside(batch.set_aside)
        places, opened = self._places(unit, network, fresh)
        unit.mentions.add_many([self._mention(one, places[one.thread]) for one in fresh])
        later = set(places.values()) - opened.keys()
        self._show(unit, opened, later=later)
        for case in sorted(later):
            if unit.replies.asked(case) is not None:
                # Whoever says yes to an answer has to read what came since.
                unit.approvals.draw_all_of(case)
        unit.cursors.move(network, batch.cursor)
        entries = [_noted(one, places[one.thread], opened) for one in fresh]
        if aside:
            entries.append(
                AuditEntry("mention.set_aside", CLOCKWORK.key, facts=(("count", str(aside)),))
            )
        unit.commit_many(entries)
        return Received(
            opened=len(opened),
            threaded=len(fresh) - len(opened),
            dropped=len(batch.incoming) - len(fresh),
            set_aside=aside,
        )

    def _places(
        self, unit: UnitOfWork, network: str, fresh: list[_Read]
    ) -> tuple[dict[Thread, CaseId], dict[CaseId, NewCase]]:
        """Each thread's case: an open one where there is one, else a new one."""
        threads = list(dict.fromkeys(one.thread for one in fresh))
        places = unit.cases.threads(network, threads)
        # One that goes on in another case is looked for there.
        places |= unit.merging.threads(network, [one for one in threads if one not in places])
        starters = {one.thread: one for one in reversed(fresh) if one.thread not in places}
        newcomers = [starters[thread] for thread in threads if thread in starters]
        new = self.storms.gather(unit, [self._case(one) for one in newcomers])
        ids = unit.cases.open_many(new)
        places |= {one.thread: case for one, case in zip(newcomers, ids, strict=True)}
        return places, dict(zip(ids, new, strict=True))

    def _show(self, unit: UnitOfWork, opened: dict[CaseId, NewCase], later: set[CaseId]) -> None:
        """On cards of their own, but those of a storm on its rolling card."""
        unit.cases.touch(later)
        rolled = unit.storms.without_card(later)
        rolled |= {case: new.storm_id for case, new in opened.items() if new.storm_id is not None}
        shown = opened.keys() | later
        wishes = [
            first_card(case, opened[case]) if case in opened else Wish(case, EDIT, SOON)
            for case in shown - rolled.keys()
        ]
        unit.deliveries.want_many(DeliveryKind.CARD, wishes)
        for storm_id in sorted(set(rolled.values())):
            self.storms.weather.redraw(unit, storm_id)

    def _case(self, one: _Read) -> NewCase:
        routed = self.router.route(one.words.masked, language=one.post.language)
        return NewCase(
            workspace=self.workspace,
            source=Source.MENTION,
            author=one.post.author,
            name=one.name,
            summary=one.words,
            route=routed.name,
            channel_id=routed.channel_id,
            urgency=routed.urgency,
            urgency_reason=routed.reason,
            conversation_id=one.post.conversation_id,
            permalink=one.post.permalink,
            answer_within=routed.answer_within,
        )

    def _mention(self, one: _Read, case: CaseId) -> NewMention:
        post = one.post
        return NewMention(
            case_id=case,
            author=post.author,
            name=one.name,
            external_id=post.external_id,
            words=one.words,
            created_at=post.created_at,
            permalink=post.permalink,
            parent_id=post.parent_id,
            conversation_id=post.conversation_id,
            language=post.language,
            summoned=post.summoned,
        )


def _noted(one: _Read, case: CaseId, opened: Mapping[CaseId, NewCase]) -> AuditEntry:
    action = "mention.received_new" if case in opened else "mention.threaded"
    facts = (("network", one.post.network), ("post", one.post.external_id))
    found = (("masked", ",".join(one.words.kinds)),) if one.words.kinds else ()
    return AuditEntry(action, CLOCKWORK.key, case, facts=facts + found)
