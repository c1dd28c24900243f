"""Each journey runs on both databases and in both modes, through the front door."""

from tests.fixtures.houses import database_url, house, mode, pytest_generate_tests, way

__all__ = ["database_url", "house", "mode", "pytest_generate_tests", "way"]
