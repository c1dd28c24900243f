"""Which policy decides, since when, and by whom; and that a new one does not come in by stealth."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from bot import timetable
from bot.care.policy_in_force import short
from bot.care.wording import in_eights
from bot.compliance import profile_text
from bot.errors import Misconfigured
from bot.model.audit import AuditEntry
from bot.model.ids import DecisionId
from bot.model.person import CLOCKWORK
from bot.model.policy import KeptPolicy, PolicyState
from storage.unit_of_work import Records, UnitOfWork
from tests.faults.databases import count as counted
from tests.faults.databases import rows
from tests.faults.waiting import until_told
from tests.journeys.approving import approves
from tests.journeys.test_merge import two_cases
from tests.running import ARCHIVE, Page, Running, heard, running


def chosen(profile: str) -> Callable[[Page], None]:
    def change(page: Page) -> None:
        page["policy"]["profile"], page["archives"] = profile, ARCHIVE

    return change


def ours(home: Path, base: str, *, add: str = "") -> Callable[[Page], None]:
    """The organisation's own file: a copy of one that comes along, and a line more."""
    shipped = Path(__file__).parents[2] / f"bot/compliance/profiles/{base}.yaml"
    (home / "policies").mkdir(exist_ok=True)
    text = shipped.read_text(encoding="utf-8")
    (home / "policies" / "ours.yaml").write_text(f"{text}{add}", encoding="utf-8")
    return chosen("policies/ours.yaml")


async def actions(house: Running, like: str) -> list[tuple[str, str]]:
    """Action and actor's user id of every line on record that begins so."""

    def look(unit: Records) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for number in count(1):
            event = unit.audit.get(DecisionId(number))
            if event is None:
                break
            entry = event.entry
            if entry.action.startswith(like):
                whom = dict(entry.facts).get("person", entry.actor)
                found.append((entry.action, whom.rpartition(":")[2]))
        return found

    return await house.usher.rooms.db.read(look)


async def test_anybody_may_see_which_policy_is_in_force(house: Running) -> None:
    answer = heard(await house.person("anna").types("/usher policy"))
    assert "The policy is standard" in answer
    assert "In force since" in answer
    assert "UTC" not in answer
    assert in_eights(house.usher.rooms.policy.hash) in answer
    assert next(action for action, _ in await actions(house, "policy.")) == "policy.in_force"


async def test_a_new_policy_is_announced_and_on_record(tmp_path: Path, database_url: str) -> None:
    async with running(tmp_path, database_url):
        pass
    async with running(tmp_path, database_url, change=chosen("shelter")) as house:
        told = await house.person("cora").sees("A new policy is in force", timeout=10)
        assert "shelter" in told.words
        answer = heard(await house.person("anna").types("/usher policy"))
        assert "The policy is shelter" in answer
        made = [action for action, _ in await actions(house, "policy.")]
        assert made[:2] == ["policy.in_force", "policy.in_force"]
        assert "policy.announced" in made


async def test_where_none_is_in_force_the_last_one_that_was_decides(
    tmp_path: Path, database_url: str
) -> None:
    """A table that somebody changed, or restored in part, excuses nobody from a second person."""
    async with running(tmp_path, database_url, change=chosen("shelter")):
        pass
    async with running(tmp_path, database_url, change=chosen("broker")) as house:
        before = house.usher.care.policies.acts.policy.hash
    await rows(database_url, "UPDATE policies SET state = 'before'")
    async with running(tmp_path, database_url, change=chosen("standard")) as house:
        assert house.usher.care.policies.acts.policy.hash == before
        told = await house.person("cora").sees("waits for a second person", timeout=10)
        assert "standard" in told.words
        made = [action for action, _ in await actions(house, "policy.")]
        assert made.index("policy.put_back") < made.index("policy.waiting")
        assert made.count("policy.in_force") == 2
        assert "The policy is broker" in heard(await house.person("anna").types("/usher policy"))


async def test_its_archive_stays_until_the_new_policy_is_in_force(
    tmp_path: Path, database_url: str
) -> None:
    async with running(tmp_path, database_url, change=chosen("broker")):
        pass

    def too_early(page: Page) -> None:
        page["policy"]["profile"] = "shelter"

    with pytest.raises(Misconfigured, match="still in force wants each answer in an archive"):
        async with running(tmp_path, database_url, change=too_early):
            pass


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("state = 'withdrawn'", "none of them was ever in force"),
        ("text = replace(text, 'change: two', 'change: one')", "has not the text any more"),
    ],
)
async def test_a_changed_table_of_policies_is_not_begun_with(
    tmp_path: Path, database_url: str, change: str, sentence: str
) -> None:
    async with running(tmp_path, database_url, change=chosen("broker")):
        pass
    await rows(database_url, f"UPDATE policies SET {change}")  # noqa: S608 – a test's own words
    with pytest.raises(Misconfigured, match=sentence) as refused:
        async with running(tmp_path, database_url, change=chosen("shelter")):
            pass
    assert "Restore the database from a backup" in refused.value.problems[0]


async def test_where_it_takes_two_the_one_before_decides_until_then(
    tmp_path: Path, database_url: str
) -> None:
    async with running(tmp_path, database_url, change=ours(tmp_path, "insurance")) as house:
        before = house.usher.care.policies.acts.policy.hash
    # A lighter one that would also excuse itself from the second person.
    async with running(tmp_path, database_url, change=ours(tmp_path, "shelter")) as house:
        policies, new = house.usher.care.policies, house.usher.rooms.policy.hash
        assert policies.acts.policy.hash == before != new
        told = await house.person("cora").sees("waits for a second person", timeout=10)
        assert short(new) in told.words
        answer = heard(await house.person("anna").types("/usher policy"))
        assert in_eights(before) in answer
        assert f"({short(new)}) waits for a second person" in answer

        await house.usher.care.roles.look()
        await house.usher.care.settling.look()
        mina = house.person("mina")
        card = await mina.sees("A new policy comes into force", channel="@usher", timeout=10)
        assert in_eights(new) in card.words
        assert "+# shelter" in card.words
        assert "in force now" in await approves(house, "mina", card)
        assert policies.acts.policy.hash == new
        answer = heard(await house.person("anna").types("/usher policy"))
        assert "with the yes of Mina Sato" in answer
    async with running(tmp_path, database_url, change=ours(tmp_path, "shelter")) as house:
        assert house.usher.care.policies.acts.policy.hash == new


async def test_a_change_taken_back_waits_no_more(tmp_path: Path, database_url: str) -> None:
    first = ours(tmp_path, "broker")
    async with running(tmp_path, database_url, change=first):
        pass
    async with running(tmp_path, database_url, change=ours(tmp_path, "broker", add="# more\n")):
        pass
    async with running(tmp_path, database_url, change=ours(tmp_path, "broker")) as house:
        answer = heard(await house.person("anna").types("/usher policy"))
        assert "waits" not in answer
        assert "policy.withdrawn" in [action for action, _ in await actions(house, "policy.")]


async def test_why_explains_with_the_words_of_then(tmp_path: Path, database_url: str) -> None:
    async with running(tmp_path, database_url) as house:
        await house.card("jane", "@acme my invoice is wrong", channel="care-billing")
        anna = await house.enrolled("anna")
        await anna.types("/claim 1")
        refused = heard(await house.person("ben").types("/claim 1"))
        number = refused.partition("/case why ")[2].split()[0]
        own = heard(await house.person("ben").types(f"/case why {number}"))
        assert "denied for you" in own
        assert "Rule: already-held" in own
        theirs = heard(await anna.types(f"/case why {number}"))
        assert "for a colleague" in theirs
        assert "Ben" not in theirs
        assert "for U0BEN" in heard(await house.person("cora").types(f"/case why {number}"))
    async with running(tmp_path, database_url, change=chosen("shelter")) as house:
        later = heard(await house.person("ben").types(f"/case why {number}"))
        assert "The policy has changed since then. These are its words." in later


async def test_what_a_yes_takes_is_asked_for(tmp_path: Path, database_url: str) -> None:
    async with running(tmp_path, database_url, change=chosen("broker")) as house:
        await house.card("jane", "@acme my invoice is wrong", channel="care-billing")
        anna = await house.enrolled("anna")
        await anna.types("/claim 1")
        asked = heard(await anna.types("/reply 1 We look into it."))
        assert "It waits for the yes of one other person (principal)" in asked
        assert "We look into it" not in asked


async def test_what_another_replica_put_in_force_is_asked_for_at_once(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weighed by the one before, nobody would be asked, and the person would wait for ever."""
    monkeypatch.setattr(timetable, "CHANGED_SECONDS", 3600.0)
    text = profile_text("broker")

    def there(unit: UnitOfWork) -> None:
        new = KeptPolicy(
            hash=text.hash,
            profile="broker",
            text=text.text,
            base=text.base,
            takes=2,
            state=PolicyState.IN_FORCE,
            seen_at=unit.now,
            accepted_at=unit.now,
            accepted_by=CLOCKWORK.key,
            announced=True,
        )
        unit.policies.put_in_force(new)
        unit.commit(AuditEntry("policy.in_force", CLOCKWORK.key))

    async with running(tmp_path, database_url) as house:
        anna = await two_cases(house)
        await house.usher.rooms.db.write(there)
        asked = heard(await anna.types("/case merge 2 into 1"))
        assert "It waits for the yes of one other person (principal)" in asked
        assert await counted(database_url, "approvals") == 1


async def test_who_holds_a_role_is_on_record_and_a_change_of_it(house: Running) -> None:
    await house.usher.care.roles.look()
    assert ("role.granted", "U0CORA") in await actions(house, "role.")
    assert ("role.granted", "U0BEN") not in await actions(house, "role.")
    await house.person("cora").changes_group("coordinators", ["ben"])

    async def seen() -> bool:
        made = await actions(house, "role.")
        return ("role.granted", "U0BEN") in made and ("role.ended", "U0CORA") in made

    await until_told(seen)
    assert "Home tab" in heard(await house.person("ben").types("/usher setup"))
