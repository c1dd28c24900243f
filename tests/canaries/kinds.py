"""One table: each kind of canary, how it is spelled, and the sinks in which it may stand.

A kind that a new verb shows to somebody gets its sink here, and nowhere else: Sink.FORM for what
one person reads for a minute in a form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Sink(StrEnum):
    CHANNEL = "a channel"
    MESSAGE = "a message to one person"
    FORM = "a form"
    HOME = "a home tab"
    ASKED = "a question to Slack"
    NETWORK = "a question to the network"
    POSTED = "what we wrote on the network"
    DESK = "a desk"
    ARCHIVE = "the archive"
    LOG = "the log"
    PAGE = "a page of ours, such as /metrics"
    DATABASE = "the database, in clear"
    FILE = "a file beside the database"


SHOWN = frozenset({Sink.CHANNEL, Sink.MESSAGE, Sink.FORM, Sink.HOME})
"""To colleagues, in Slack."""
NOWHERE: frozenset[Sink] = frozenset()
TO_ONE = frozenset({Sink.MESSAGE, Sink.FORM})


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    spelled: tuple[str, ...]
    may: frozenset[Sink] = NOWHERE
    unsought: frozenset[Sink] = NOWHERE
    """Where it cannot be told from random bytes, or from what people typed."""

    def sought(self, sink: Sink) -> bool:
        return sink not in self.may and sink not in self.unsought


AUTHOR_EMAIL = "kanarie.author@post.example"
AUTHOR_PHONE = "+44 7911 173 820"
AUTHOR_CARD = "4539 1977 3182 0466"
AUTHOR_NAME = "Kanarienquist"
BIO, PLACE = "Kanarienzucht seit 1999", "Kanarienstrasse 17"
SITE = "https://kanarie-privat.example/"

POST_EMAIL = "kanarie.im.text@post.example"
POST_PHONE = "+44 7911 629 517"
POST_CARD = "4539 2826 3731 9555"

COLLEAGUE_EMAIL = "kanarie.kollege@acme.example"
COLLEAGUE_PHONE = "+49 30 5557 3182 04"
COLLEAGUE_TITLE = "Oberster Kanarienwart"
COLLEAGUE_STATUS = "beim Kanariendoktor"
COLLEAGUE_BORN = "Kanarientag 1981"

CUSTOMER_NUMBER = "KANARIENKUNDE"
CUSTOMER_PHONE, CUSTOMER_STREET = "+44 7911 284 931", "Kanariengasse 4"
CUSTOMER_BORN = "12 Kanar 1969"

KINDS = (
    # Customers on the network: a name stands on cards; what somebody put into it stands nowhere.
    Kind("name of an author", (AUTHOR_NAME,), SHOWN | {Sink.DESK}),
    # It is in every address of theirs; we only never write it down beside our work.
    Kind("handle of an author", ("jane",), unsought=frozenset(Sink) - {Sink.LOG, Sink.PAGE}),
    Kind("e-mail in a name", (AUTHOR_EMAIL,)),
    Kind("phone in a name", (AUTHOR_PHONE,)),
    Kind("card in a name", (AUTHOR_CARD,)),
    Kind("profile of an author", (BIO, PLACE, SITE)),
    # What a post says: a form shows what is masked to one person, for a reason (`/case reveal`).
    Kind("e-mail in a post", (POST_EMAIL,), frozenset({Sink.FORM})),
    Kind("phone in a post", (POST_PHONE,), frozenset({Sink.FORM})),
    Kind("card in a post", (POST_CARD,)),
    # Colleagues: by name to colleagues and in the archive; never what else their profile tells.
    Kind(
        "name of a colleague",
        ("Anna Berg", "Ben Okafor", "Sam Rivera", "Cora Lind", "Mina Sato", "Rosa Vale"),
        SHOWN | {Sink.DESK, Sink.ARCHIVE},
        # Where somebody types a mention, the words keep the name it stands for.
        unsought=frozenset({Sink.DATABASE}),
    ),
    Kind(
        "id of a colleague",
        ("U0ANNA", "U0BEN", "U0SAM", "U0CORA", "U0MINA", "U0ROSA", "U0GUS", "U0EVE"),
        SHOWN | {Sink.ASKED, Sink.ARCHIVE},
        # People may type one; what is sought is that we write none of ourselves.
        unsought=frozenset({Sink.DATABASE, Sink.DESK, Sink.POSTED}),
    ),
    Kind("e-mail of a colleague", (COLLEAGUE_EMAIL,)),
    Kind("phone of a colleague", (COLLEAGUE_PHONE,)),
    Kind("title of a colleague", (COLLEAGUE_TITLE,)),
    Kind("status of a colleague", (COLLEAGUE_STATUS,)),
    Kind("birthday of a colleague", (COLLEAGUE_BORN,)),
    # Customers in the directory: app.yaml says which fields a look-up shows, and to whom.
    Kind("number of a customer", (CUSTOMER_NUMBER,), TO_ONE),
    Kind("e-mail of a customer", ("jane.doe@example.com", "mia@example.com", "tom@example.com")),
    Kind("policy of a customer", ("HO-558-201", "MO-771-330", "LI-100-442"), TO_ONE),
    Kind(
        "field of a customer that nobody may see",
        (CUSTOMER_PHONE, CUSTOMER_STREET, CUSTOMER_BORN),
    ),
)


def needles(kinds: tuple[Kind, ...] = KINDS) -> Iterator[tuple[Kind, str]]:
    for kind in kinds:
        for spelled in kind.spelled:
            yield kind, spelled
