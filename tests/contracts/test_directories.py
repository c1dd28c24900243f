"""What every directory promises, asked of every directory in the list."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.directories import DIRECTORIES
from bot.directories.base import Directory
from bot.model.customer import CustomerRecord
from tests.contracts.directory_stages import STAGES


@pytest.fixture(params=sorted(DIRECTORIES))
def directory(request: pytest.FixtureRequest, tmp_path: Path) -> Directory:
    return STAGES[request.param](tmp_path)()


def test_every_directory_has_a_stage() -> None:
    assert set(STAGES) == set(DIRECTORIES)


@pytest.mark.parametrize("name", sorted(DIRECTORIES))
def test_a_section_with_a_misspelt_setting_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        DIRECTORIES[name].settings.model_validate({"no_such_setting": 1})


async def test_a_directory_is_called_as_in_the_list(directory: Directory) -> None:
    assert directory.name in DIRECTORIES


async def test_a_customer_is_found_by_id(directory: Directory) -> None:
    fields = (("customer_since", "2019"), ("email", "jane@example.com"))
    assert await directory.find("C-1") == CustomerRecord("C-1", fields)


@pytest.mark.parametrize("customer_id", ["C-3", "", "c-1", "C-1 ", "jane", "2001", "*", "C-%"])
async def test_only_the_whole_id_finds(directory: Directory, customer_id: str) -> None:
    assert await directory.find(customer_id) is None


async def test_a_link_is_handed_over_as_it_stands(directory: Directory) -> None:
    (link,) = directory.links()
    assert (link.network, link.network_user_id, link.handle) == ("x", "2001", "jane")
    assert (link.customer_id, link.basis, link.consent_version) == (
        "C-1",
        "customer_provided",
        "2026-01",
    )


async def test_it_names_the_fields_its_records_have(directory: Directory) -> None:
    assert await directory.fields() == {"customer_since", "email"}


async def test_closing_twice_is_harmless(directory: Directory) -> None:
    await directory.close()
    await directory.close()
