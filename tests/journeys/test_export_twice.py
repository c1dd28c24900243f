"""Slack took the file and its answer was lost: it may come twice, which it says itself."""

from pathlib import Path

from tests.faults.databases import count
from tests.fixtures.houses import EACH, only_on
from tests.journeys.approving import recorded
from tests.journeys.test_export import WHAT_FOR, a_case, auditing, files


@only_on(EACH[0])
async def test_where_slacks_answer_is_lost_it_may_come_twice_and_says_so(
    tmp_path: Path, database_url: str
) -> None:
    async with auditing(tmp_path, database_url) as house:
        number, mina = await a_case(house), house.person("mina")
        house.sandbox.workspace.faults.inject("files.completeUploadExternal", kind="hang_up")
        await mina.types(f"/case export {number} {WHAT_FOR}")
        await recorded(database_url, "export.sent", 1)
        told = [one.words for one in mina.messages("@usher") if one.files]
        assert len(told) == 2
        assert all("may come a second time: both are the very same" in each for each in told)
        assert len({each.content for each in files(house)}) == 1
        assert await count(database_url, "audit_events WHERE action = 'case.exported'") == 1
