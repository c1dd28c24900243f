"""The register of complaints for an examiner: CSV, masked and harmless; printing is on record."""

import csv
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot import manual
from bot.care.complaint_totals import COLUMNS, Totals, harmless, table, totals_of
from bot.compliance import Guard
from bot.model.clock import utc_now
from bot.model.complaint import Complaint, Disposition, Grievance, Marking, Nature, Promise
from bot.model.ids import CaseId
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from tests.commands.operator import Operator
from tests.faults.databases import count
from tests.running import VAULT_KEY
from tests.storage.samples import ANNA, LINE, START, a_case

DAY = timedelta(days=1)
PROMISE = Promise(15 * DAY, 40 * DAY)
PRODUCTS = ('=HYPERLINK("http://x.example")', "cover for eva@example.com", "-1+2")


def one(number: int, answer: Grievance = Grievance.YES, days: float | None = None) -> Complaint:
    end = None if days is None else START + days * DAY
    over = None if days is None else Disposition.EXPLAINED
    line, nature = ("auto" if number % 2 else "home"), Nature.BILLING
    return Complaint(CaseId(number), answer, line, nature, "", START, None, end, over)


def test_totals_count_complaints_and_name_what_waits() -> None:
    rows = [one(1, days=3), one(2, days=9), one(3), one(5, days=10), one(4, Grievance.UNSURE)]
    assert totals_of(rows, PROMISE, START + 16 * DAY) == Totals(
        total=4,
        open=1,
        late=2,
        undecided=1,
        by_line=(("auto", 3), ("home", 1)),
        by_nature=(("Billing and premiums", 4),),
        by_disposition=(("Explained; nothing was changed", 3),),
        median_days=9.0,
    )
    assert totals_of([], PROMISE, START).median_days is None


def test_the_table_has_complaints_alone_the_oldest_first() -> None:
    rows = [one(2), one(1, days=1.5), one(3, Grievance.UNSURE)]
    first, *found = csv.reader(table(rows, PROMISE, START + 41 * DAY).splitlines())
    assert tuple(first) == COLUMNS
    assert [row[0] for row in found] == ["1", "2"]
    assert found[0][-3:] == ["1.5", "explained", "no"]
    assert found[1][-3:] == ["", "", "yes"]


@given(st.text(max_size=40))
def test_no_cell_computes(text: str) -> None:
    shown = harmless(text)
    assert shown.removeprefix("'") == text.removeprefix("'") or shown == f"'{text}"
    assert not shown.strip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def filled(unit: UnitOfWork) -> None:
    for number, case_id in enumerate(unit.cases.open_many([a_case(n) for n in range(4)])):
        case = unit.cases.get(case_id)
        assert case is not None
        answer = Grievance.YES if number < len(PRODUCTS) else Grievance.UNSURE
        product = Guard().guard(PRODUCTS[number % len(PRODUCTS)])
        told = Marking(answer, product, "auto", Nature.SALES)
        unit.complaints.mark(case, told, by=ANNA.key)
    unit.commit(LINE)


async def prepared(operator: Operator, url: str) -> None:
    await operator.does(manual.migrate_database, DATABASE_URL=url)
    db = await Database.open(url, vault=Vault.from_text(VAULT_KEY), clock=utc_now)
    await db.write(filled)
    await db.close()


async def test_it_is_printed_masked_and_on_record(operator: Operator, database_url: str) -> None:
    await prepared(operator, database_url)
    said = await operator.types("complaints", "--since", "2026-01-01", DATABASE_URL=database_url)
    assert (said.code, said.err) == (0, "")
    first, *found = csv.reader(said.out.splitlines())
    assert tuple(first) == COLUMNS
    products = [row[COLUMNS.index("product")] for row in found]
    assert len(products) == len(PRODUCTS)
    assert "eva@example.com" not in said.out
    assert [cell[:2] for cell in products] == ["'=", "co", "'-"]
    exported = "audit_events WHERE action = 'complaint.exported'"
    assert await count(database_url, exported) == 1
    later = await operator.types("complaints", "--since", "2999", DATABASE_URL=database_url)
    assert later.out.splitlines() == [",".join(COLUMNS)]
    assert await count(database_url, exported) == 2


async def test_a_day_that_is_none_is_a_sentence(operator: Operator) -> None:
    said = await operator.types("complaints", "--since", "last week")
    assert said.code == 2
    assert "such as 2026, 2026-01, 2026-01-31." in said.err
