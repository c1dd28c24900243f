"""The nouns of the loopback X, and what X itself reads out of a post's words."""

import re
from dataclasses import dataclass
from datetime import datetime

HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
MENTION = re.compile(r"(?<![A-Za-z0-9_@])@([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_])")
LANGUAGES = {
    "de": {"der", "die", "das", "ich", "nicht", "und", "ist", "mein", "meine", "bitte"},
    "es": {"el", "los", "que", "mi", "por", "una", "está", "gracias", "hola", "y"},
    "fr": {"le", "les", "je", "ne", "est", "mon", "vous", "bonjour", "merci", "pas"},
}


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    handle: str
    name: str
    created_at: datetime
    protected: bool = False
    unasked: tuple[tuple[str, str], ...] = ()
    """Fields of its JSON that are told whoever asks for what."""


@dataclass(frozen=True, slots=True)
class Reference:
    kind: str
    """replied_to, retweeted or quoted: X's own words under both naming schemes."""
    id: str


@dataclass(frozen=True, slots=True)
class Post:
    id: str
    author_id: str
    handle: str
    name: str
    text: str
    created_at: datetime
    in_reply_to: str | None
    conversation_id: str
    lang: str
    referenced: tuple[Reference, ...]
    history: tuple[str, ...]
    """The ids of all its versions, oldest first, its own last."""


def names_first(words: str, parent: Post, speaker: str) -> str:
    said = {name.lower() for name in MENTION.findall(words)} | {speaker.lower()}
    missing = dict.fromkeys(
        name for name in (parent.handle, *MENTION.findall(parent.text)) if name.lower() not in said
    )
    return " ".join([*(f"@{name}" for name in missing), words])


def guess_language(text: str) -> str:
    """Two common words decide; "und" where there is nothing to go by, as X says it."""
    words = re.findall(r"[^\W\d_]+", MENTION.sub(" ", text).lower())
    for language, common in LANGUAGES.items():
        if sum(word in common for word in words) > 1:
            return language
    return "en" if words and " ".join(words).isascii() else "und"
