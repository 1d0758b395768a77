"""What is amiss with a deck, as values: what a rule finds in a card, and the same at its place in a file."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import force_setattr

from quizapp.texts import Sentence, tell
from quizapp.words import Language, clean

FieldPath = tuple[str | int, ...]  # the names and indices that lead to a field: ("choices", 1, "why")


class Amiss(Struct, frozen=True):
    """What is amiss with a card, or with what a deck has around its cards, at the field `path`; `hint` is what to do.

    `at_name` leads to a name that is written there: where it is given, that is what is wrong.
    """

    path: FieldPath
    message: Sentence
    hint: Sentence | None = None
    at_name: FieldPath = ()


class Unfit(Exception):
    """An entry that is not as it should be; with what is amiss where `explain` could not know better."""

    def __init__(self, amiss: Amiss | None = None) -> None:
        super().__init__(amiss)
        self.amiss = amiss


class Fault(Struct, frozen=True):
    """One thing amiss with a file. Line and column count from 1; 0 means the whole file. `message.id` is its code.

    `card` names the card that it is about (`cards[3] its-id`), if any, and `field` leads to the part of it. Both
    sentences are clean, whatever of the file they cite; the file's name is cleaned where it is shown.
    """

    file: Path
    line: int
    column: int
    message: Sentence
    hint: Sentence | None = None
    card: str = ""
    field: FieldPath = ()

    def __post_init__(self) -> None:
        force_setattr(self, "message", _cleaned(self.message))
        force_setattr(self, "hint", _cleaned(self.hint) if self.hint else None)
        force_setattr(self, "card", clean(self.card))
        force_setattr(self, "field", tuple(clean(step) if isinstance(step, str) else step for step in self.field))

    @property
    def at(self) -> str:
        """The place as it stands behind the file's name."""
        return f":{self.line}:{self.column}" if self.line else ""

    @property
    def id(self) -> str:
        """The id that is written in the entry it is about; "" without one."""
        return self.card.partition(" ")[2]

    @property
    def where(self) -> str:
        """The card and the field: `cards[3] its-id: demo.predict`."""
        return ": ".join(filter(None, [self.card, dotted(self.field)]))

    def says(self, language: Language) -> str:
        """The fault on one line, with its place and what to do."""
        sentence = tell("deck.with_hint", message=self.message, hint=self.hint) if self.hint else self.message
        parts = (f"{self.file}{self.at}", self.where, sentence.says(language))
        return ("：" if language == "zh" else ": ").join(filter(None, parts))

    def __str__(self) -> str:
        return self.says("en")


def dotted(path: FieldPath) -> str:
    """A path as one reads it: `choices[1].why`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{short(step)}" for step in path).removeprefix(".")


def short(text: str) -> str:
    """The text on one line of at most 40 characters."""
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:37]}..."


def _cleaned(sentence: Sentence) -> Sentence:
    return Sentence(sentence.id, tuple((name, _clean(value)) for name, value in sentence.params))


def _clean(value: object) -> object:
    if isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):  # what msgpack makes of a sentence in a sentence
        value = Sentence(value["id"], tuple((name, one) for name, one in value["params"]))
    return _cleaned(value) if isinstance(value, Sentence) else clean(str(value))
