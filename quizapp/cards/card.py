"""A card and its seven types, and a deck of them: frozen values that nothing here changes.

The annotations are the deck format. `load.py` converts what is written to these types, `explain.py` says what does not
fit them, and `schema.py` publishes them. `GIVEN` are the fields that `load` fills in. Their names in a deck start with
DEL, which is cleaned away from what is read: nothing written passes for them.
"""

from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Raw, Struct

from quizapp.words import Words

Level = Literal["basic", "intermediate", "advanced"]
CARD_LEVELS: tuple[Level, ...] = ("basic", "intermediate", "advanced")
Tier = Literal["core"]  # what everyone is asked
Range = tuple[float, float]
AnswerSeconds = Annotated[int, Meta(ge=1, le=3600)]
ScriptName = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*$", max_length=80)]  # a demo's or an exercise's
Name = Annotated[str, Meta(min_length=1)]
MEDIA = ".media"  # what ends the name of the folder of pictures and sounds beside a deck

GIVEN = {name: f"\x7f{name}" for name in ("deck", "key", "pinned", "path", "line", "number", "packed", "drawn")}
NO_CARDS = Raw(b"\x90")  # no cards, in MessagePack


class Point(Struct, frozen=True, forbid_unknown_fields=True):
    """One idea of an answer, ticked by the user; `hit` are words to mark as mentioned in a typed answer. `core`: the
    one without which the answer is none; where none is marked, the first."""

    text: Words
    hit: tuple[Name, ...] = ()
    core: bool = False


class PredictChoice(Struct, frozen=True, forbid_unknown_fields=True):
    """A prediction that holds when the measure is in [low, high)."""

    text: Words
    range: Range


class Predict(Struct, frozen=True, forbid_unknown_fields=True):
    """What to predict before a run: the measure `read` of its result. Without choices the user types a number.

    `so` is what the run teaches, told after the answer. `first`: it may be asked before the answer, since it is about
    the card's own claim and does not lead to it. `vary` gives the values that a knob is drawn from each time.
    """

    ask: Words
    read: Name
    choices: tuple[PredictChoice, ...] = ()
    so: Words = Words()
    first: bool = False
    vary: dict[str, tuple[Name, ...]] = {}


class DemoLink(Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """The demo beside a card. `with_` (in YAML `with`) holds knob values as they were written: the lab types them.

    `expect` gives [low, high], both included, for measures that come out alike on every machine.
    """

    run: ScriptName
    with_: dict[str, str] = {}
    predict: Predict | None = None
    expect: dict[str, Range] = {}


class ChoiceItem(Struct, frozen=True, forbid_unknown_fields=True):
    text: Words
    ok: bool = False
    why: Words = Words()


class NumericAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """The value, in `unit`, and the range, both ends included, that counts as right."""

    value: float
    range: Range
    unit: str = ""


class Trap(Struct, frozen=True, forbid_unknown_fields=True):
    """A wrong number that people arrive at, and how."""

    value: float
    why: Words


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Who says the wrong thing, and what it says."""

    says: Words
    book: Words = Words()
    question: str = ""


class Common(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", rename=GIVEN):
    """What every card has. `key` is deck/id (a cloze's deck/id:c1); `pinned` says that the id is in the file.

    `was` holds earlier keys; `after` and `follow_ups` hold ids of this deck or keys of another; `seconds` is the time
    to answer in the mock interview; `line` is 1-based. A card that is written over names stands there with the first of
    their values, and `packed` holds it with each combination of them, which its variant has `drawn` (see
    `vary.variants`): packed, since a start needs none of them, and they are half of all that is written.
    """

    id: str
    was: tuple[Name, ...] = ()
    level: Level | None = None
    tier: Tier | None = None
    tags: tuple[Name, ...] = ()
    q: Words
    a: Words = Words()
    points: tuple[Point, ...] = ()
    why: Words = Words()
    refs: tuple[Name, ...] = ()
    seconds: AnswerSeconds | None = None
    follow_ups: tuple[Name, ...] = ()
    after: tuple[Name, ...] = ()
    demo: DemoLink | None = None
    pinned: bool
    deck: str
    path: Path
    line: int
    key: str
    packed: Raw = NO_CARDS
    drawn: dict[str, str] = {}


class Free(Common, frozen=True, kw_only=True, tag="free"):
    """Recall in your own words."""


class Choice(Common, frozen=True, kw_only=True, tag="choice"):
    """Pick all that are ok: at least two choices, at least one of them ok."""

    choices: tuple[ChoiceItem, ...]


class Cloze(Common, frozen=True, kw_only=True, tag="cloze"):
    """Fill what `{{c1::...}}` hides in `text`: one card per number. `q` may be empty."""

    q: Words = Words()
    text: Words
    number: int


class Numeric(Common, frozen=True, kw_only=True, tag="numeric"):
    """Work out a number. `vary` gives values to names, over which the texts and numbers of the card are written."""

    answer: NumericAnswer
    traps: tuple[Trap, ...] = ()
    vary: dict[str, tuple[Name, ...]] = {}


class Order(Common, frozen=True, kw_only=True, tag="order"):
    """Put at least two items, written in the right order, back into it."""

    items: tuple[Words, ...]


class Fix(Common, frozen=True, kw_only=True, tag="fix"):
    """Find what is wrong with a statement; the points, or the answer, say what is right. `q` may be empty."""

    q: Words = Words()
    source: Source


class Code(Common, frozen=True, kw_only=True, tag="code"):
    """Write a function or class from memory: that of the exercise `code`, which judges it by its cases.

    `hints` are told one by one. `cases` and `traps` say in words what a case of the exercise tries, and what one makes
    wrong who writes its trap, by their names there; `subgoals` are the steps of its reference, for the first lesson.
    """

    code: ScriptName
    hints: tuple[Words, ...] = ()
    cases: dict[str, Words] = {}
    traps: dict[str, Words] = {}
    subgoals: tuple[Words, ...] = ()


Card: TypeAlias = Free | Choice | Cloze | Numeric | Order | Fix | Code
TYPES: dict[str, type[Common]] = {
    "free": Free,
    "choice": Choice,
    "cloze": Cloze,
    "numeric": Numeric,
    "order": Order,
    "fix": Fix,
    "code": Code,
}


class Deck(Struct, frozen=True):
    """The good cards of one file. `name` is the first half of every key; `start` holds the ids of those that make a
    first session, in their order; `stands_in`: it is the user's copy of a `bundled` one, which it hides."""

    name: str
    title: Words
    path: Path
    cards: tuple[Card, ...]
    bundled: bool = False
    start: tuple[Name, ...] = ()
    stands_in: bool = False


def core_point(card: Common) -> int:
    """The index of the point that no answer may lack: the first, unless another is said."""
    return next((i for i, point in enumerate(card.points) if point.core), 0)


def written_fields(kind: type[Any]) -> dict[str, str]:
    """The names under which a deck writes the fields of a struct, each with its name in Python."""
    names = zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True)
    return {written: field for written, field in names if written[0] != "\x7f"}
