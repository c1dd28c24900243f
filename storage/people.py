"""What colleagues are called, since a case knows its holder by key."""

from bot.model.ids import PersonKey
from bot.model.person import Person
from storage.noun import Noun, upsert
from storage.tables import people
from storage.visitors import changed, visitor

SEEN = upsert(
    people,
    on=("key",),
    setting=lambda new: {"name_sealed": new.name_sealed, "at": new.at},
)


class People(Noun):
    __slots__ = ()

    def seen(self, person: Person) -> None:
        """Writes only when the name is news, so that a look at something changes nothing."""
        if self.name(person.key) == person.name:
            return
        sealed = self.vault.seal(person.name, place=f"people.name/{person.key}")
        self.change(SEEN, {"key": person.key, "name_sealed": sealed, "at": self.now})
        changed(self.scope, person.key)

    def name(self, key: PersonKey) -> str:
        """Empty for somebody never seen."""
        sealed = visitor(self.scope, key).name_sealed
        return "" if sealed is None else self.vault.open(sealed, place=f"people.name/{key}")
