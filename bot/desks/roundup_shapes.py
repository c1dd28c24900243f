"""The shapes of Roundup's JSON, as far as we read it."""

from msgspec import Struct


class Linked(Struct, frozen=True):
    id: str


class Item(Struct, frozen=True):
    """An issue, or anything else that is found; what was not asked for stays empty."""

    id: str
    title: str = ""
    keyword: tuple[Linked, ...] = ()

    @property
    def keywords(self) -> frozenset[str]:
        return frozenset(link.id for link in self.keyword)


class Collection(Struct, frozen=True):
    collection: tuple[Item, ...]


class Search(Struct, frozen=True):
    data: Collection


class Made(Struct, frozen=True):
    data: Linked


class Permit(Struct, frozen=True):
    link: str


class Permitted(Struct, frozen=True):
    data: Permit
