"""What ends when somebody is no longer a member here, beside what they held. One line each.

Whoever comes back reads the guidebook anew, and their answers are looked at as in the beginning.
"""

from bot.care.exports import drop
from bot.model.audit import AuditEntry
from bot.model.ids import PersonKey
from bot.model.person import CLOCKWORK
from storage.database import Database
from storage.unit_of_work import Records, UnitOfWork

MOST_LOOKED_AT = 20
"""Ambassadors whom one sweep asks Slack about: their leaving may not have been told to us."""
LOOKED_AT = "ambassadors looked at"
"""Kept position: the last of them."""


def leave(unit: UnitOfWork, key: PersonKey) -> bool:
    """Whether anything was there to end; it is on record then."""
    ended = {
        "ambassador.left": unit.ambassadors.end(key),
        "trust.ended": unit.trust.forget(key),
    }
    exports = unit.exports.ready_for(key)
    for export_id, case_id in exports:
        drop(unit, export_id, case_id)
    unit.guidebooks.forget(key)
    facts = (("who", key),)
    for action in [action for action, was in ended.items() if was]:
        unit.commit(AuditEntry(action, CLOCKWORK.key, facts=facts))
    return any(ended.values()) or bool(exports)


def concerned(unit: Records, key: PersonKey) -> bool:
    if unit.ambassadors.accepted(key) is not None or unit.trust.streak(key) > 0:
        return True
    if any(person == key for _, person in unit.roles.held()):
        return True
    return bool(unit.exports.ready_for(key))


async def next_to_look_at(db: Database) -> set[PersonKey]:
    """A few ambassadors, all of them in turn."""

    def work(unit: Records) -> list[PersonKey]:
        last = unit.cursors.get(LOOKED_AT)
        return unit.ambassadors.after(last, MOST_LOOKED_AT) or unit.ambassadors.after(
            "", MOST_LOOKED_AT
        )

    found = await db.read(work)
    if found:
        await db.technical(lambda unit: unit.cursors.move(LOOKED_AT, found[-1]))
    return set(found)
