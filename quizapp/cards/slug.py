"""The id of a card: what may be written, and the one that is made of a question when none is."""

import re

from quizapp.words import clean

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
DECK_NAME = re.compile(r"[^\s/\\:.\x00-\x1f\x7f-]([^/\\:\x00-\x1f\x7f]{0,98}[^\s/\\:\x00-\x1f\x7f])?")
_LONGEST = 48


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and single hyphens of `text`, cut at a word; "" when it has none."""
    words = re.findall("[a-z0-9]+", text.lower())
    made = ""
    for word in words:
        if len(made) + len(word) >= _LONGEST:
            return made or word[:_LONGEST]
        made = f"{made}-{word}" if made else word
    return made


def deck_name(stem: str) -> str:
    """The name of a deck that is named by its file: the stem, without what a name cannot hold."""
    from unicodedata import normalize

    # One file system gives é in one code point, another in two: the keys must not depend on it.
    name = re.sub(r"[\s/\\:\x00-\x1f\x7f]+", " ", normalize("NFC", clean(stem)))
    return name.lstrip(" .-")[:100].strip() or "deck"


def made_id(question: str) -> str:
    """A slug of the question and four hex digits of its hash: `what-does-the-kv-cache-hold-3fa2`.

    Spaces and line breaks count as one space, so that folding a line changes nothing. Where letters are lost, as in a
    Chinese question, eight digits more take their place: a slug of two letters would not keep a deck's cards apart.
    """
    from hashlib import blake2b

    plain = " ".join(question.split())
    digest = blake2b(plain.encode(errors="replace"), digest_size=6).hexdigest()
    parts = [slug(plain) or "card"]
    if any(letter.isalnum() and not letter.isascii() for letter in plain):
        parts.append(digest[4:])
    return "-".join([*parts, digest[:4]])
