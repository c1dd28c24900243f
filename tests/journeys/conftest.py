"""Each journey runs on both databases, through the front door."""

from tests.fixtures.houses import database_url, house

__all__ = ["database_url", "house"]
