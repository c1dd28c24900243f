"""How our values stand in columns, the same on SQLite and PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import BigInteger, Dialect, Integer, MetaData, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in a column of exactly this type.
Number = BigInteger().with_variant(Integer(), "sqlite")


class Instant(TypeDecorator[datetime]):
    """Microseconds since 1970, UTC: SQLite has no time type, and numbers sort and subtract."""

    impl = BigInteger
    cache_ok = True

    # The plain functions themselves, instead of SQLAlchemy's two wrappers around them.
    def bind_processor(self, *_: object) -> Callable[[datetime | None], int | None]:
        return _kept_instant

    def result_processor(self, *_: object) -> Callable[[int | None], datetime | None]:
        return _read_instant


class Words(TypeDecorator[str]):
    """Any text. PostgreSQL takes no NUL and nobody takes half a surrogate pair, so neither is kept.

    Both engines lose the same, else one engine would find what the other does not. Sealed texts
    are bytes and keep every character.
    """

    impl = Text
    cache_ok = True

    def bind_processor(self, *_: object) -> Callable[[str | None], str | None]:
        return _kept_text


class Several(TypeDecorator[list[str]]):
    """A list in one parameter: an array where there are arrays, else JSON. Never a column."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(Text()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        kept = [storable(one) for one in value or ()]
        return kept if dialect.name == "postgresql" else orjson.dumps(kept).decode()


def storable(text: str) -> str:
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _kept_text(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _kept_instant(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a time without its zone cannot be kept")
    return (moment - EPOCH) // MICROSECOND


def _read_instant(number: int | None) -> datetime | None:
    return None if number is None else EPOCH + timedelta(microseconds=number)


def kept_texts(texts: list[str | None]) -> list[str | None]:
    """A whole column at once, as each alone would be kept."""
    if None not in texts:
        together = "".join(text for text in texts if text)
        if together.isascii() and "\x00" not in together:
            return texts
    return [_kept_text(text) for text in texts]


def kept_instants(moments: list[datetime | None]) -> list[int | None]:
    return [_kept_instant(moment) for moment in moments]
