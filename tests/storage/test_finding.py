"""Cases found by words: whatever is typed is looked for as it stands, never as a pattern."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model.case import Case
from bot.model.visit import Query
from storage.case_rows import LONGEST_WORD, MOST_WORDS
from storage.database import Database, Records
from storage.finding import Found
from storage.folding import folded
from storage.tables.types import storable
from tests.storage.samples import ANNA, a_case, guarded, opened

# Patterns' own characters, both engines' trouble, and letters that fold to something else.
AWKWARD = st.text(
    st.one_of(st.sampled_from("%_\\aAbß\x00\ud800İſ😀 @[]*?'\""), st.characters()), max_size=12
)


async def found(db: Database, words: str) -> set[int]:
    return {case.id for case in await page(db, words, 1000)}


async def page(db: Database, words: str, size: int) -> tuple[Case, ...]:
    def look(unit: Records) -> Found:
        return unit.finding.page(Query(words), by=ANNA.key, size=size)

    return (await db.read(look)).cases


async def test_every_word_counts_in_any_case(db: Database) -> None:
    bill, storm = await opened(
        db,
        a_case(1, summary=guarded("Meine RECHNUNG ist 100% falsch")),
        a_case(2, summary=guarded("Sturmschaden, STRASSE unter Wasser")),
    )
    assert await found(db, "rechnung FALSCH") == {bill}
    assert await found(db, "straße") == {storm}
    assert await found(db, "rechnung wasser") == set()
    assert await found(db, "100%") == {bill}
    assert await found(db, "1_0") == set()
    assert await found(db, "   ") == set()


async def test_a_handle_is_found_whole_only(db: Database) -> None:
    one, eleven = await opened(db, a_case(1), a_case(11))
    assert await found(db, "@customer_1") == {one}
    assert await found(db, "@CUSTOMER_11") == {eleven}
    assert await found(db, "customer_1") == {one}
    assert await found(db, "@customer") == set()
    assert await found(db, "@customer_1 bill") == {one}


async def test_the_newest_comes_first_up_to_the_limit(db: Database) -> None:
    ids = await opened(db, *(a_case(number) for number in range(5)))
    cases = await page(db, "bill", 3)
    assert [case.id for case in cases] == ids[:1:-1]


def meets(word: str, summary: str, handle: str) -> bool:
    is_handle = folded(word).strip().lstrip("@") == folded(handle)
    if word.startswith("@"):
        return is_handle
    return is_handle or storable(folded(word)[:LONGEST_WORD]) in storable(folded(summary))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(summary=AWKWARD, words=AWKWARD, part=st.tuples(st.integers(0, 12), st.integers(0, 12)))
async def test_find_is_contains(
    db: Database, summary: str, words: str, part: tuple[int, int]
) -> None:
    (case_id,) = await opened(db, a_case(1, summary=guarded(summary)))
    for asked in (words, summary[min(part) : max(part)]):
        each = asked.split()[:MOST_WORDS]
        expected = bool(each) and all(meets(word, summary, "customer_1") for word in each)
        assert (case_id in await found(db, asked)) is expected, (summary, asked)
