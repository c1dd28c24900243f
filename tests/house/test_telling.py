"""One way to a person who did not ask just now, so that everybody's wishes are kept."""

from tests.running import PROJECT

ALLOWED = {"bot/care/telling.py", "bot/care/digests.py"}
"""The digest goes to a channel, which has no quiet hours."""


def test_only_telling_queues_a_message_for_a_person() -> None:
    found = {
        str(page.relative_to(PROJECT))
        for page in (PROJECT / "bot").rglob("*.py")
        if "outgoing.queue(" in (words := page.read_text(encoding="utf-8"))
        or "outgoing.gather(" in words
    }
    assert found == ALLOWED
