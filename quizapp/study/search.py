"""Cards found by what they say and how they stand: words, and filters such as `deck:quantization` or `is:due`.

Several words must all be there. A filter is `field:start`, and holds where one of the card's values of that field
begins so, or so, as in `tag:lora,rank`; a minus in front turns a word or a filter round; quotes hold words together.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, Literal, NamedTuple
from unicodedata import combining, normalize

from quizapp.cards.card import CARD_LEVELS, TYPES, Card, Choice, Cloze, Code, Deck, Fix, Numeric, Order
from quizapp.cards.formula_text import plain_line
from quizapp.cards.gaps import gap
from quizapp.memory.replay import Standing
from quizapp.memory.schedule import Memory, day_start, due_at, study_day
from quizapp.settings import Settings
from quizapp.study.queue import is_due
from quizapp.texts import tag_name, tell
from quizapp.words import Language, Words, as_in_a_dictionary

SortBy = Literal["deck", "due", "hardest", "lapses", "reviewed"]
SORTS: tuple[SortBy, ...] = ("deck", "due", "hardest", "lapses", "reviewed")
IS = ("new", "seen", "learning", "review", "due", "suspended", "buried", "flagged", "leech")
HAS = ("experiment", "points", "why", "refs", "prediction")
WRITTEN = (*TYPES, "core", "demo")  # what filters take as well, as a deck writes it
FILTERS = ("deck", "tag", "is", "has", "type", "level", "tier", "demo")
_TERM = re.compile(r'(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S*))\s*')
_WIDE_FILTER = re.compile(rf"(?<!\w)(?:{'|'.join(FILTERS)})[:：]\S*")
_WIDE_SIGNS = str.maketrans("：，“”", ':,""')
_BREAK, _SPACE = r"(?:\n *)?", r"(?: |\n *)"  # a new line may stand within a word, and for a space
_FULL_WIDTH = re.compile("[０-９ａ-ｚ\u3000]")
_PLAIN: dict[int, str | int] = {
    ord("\u3000"): " ",
    **{wide: wide - 0xFEE0 for a, z in ("０９", "ａｚ") for wide in range(ord(a), ord(z) + 1)},
}
_BEFORE, _BEHIND = 12, 60  # characters of an excerpt around what was found
_NEW = Memory()
_NEVER = datetime.max.replace(tzinfo=UTC)


class Term(NamedTuple):
    """A word to find (`field` is "") or a filter, both folded; `wanted` is False behind a minus."""

    field: str
    text: str
    wanted: bool = True


class Today(NamedTuple):
    """The moment (in UTC, and as it is on the user's clock), and the study day that it is in, with the moment (UTC) at
    which the next one begins; the day of the interview."""

    now: datetime
    day: date
    tomorrow: datetime
    here: datetime
    interview: date | None = None


def today(now: datetime, rollover: int, interview: date | None = None) -> Today:
    day = study_day(now, rollover)
    tomorrow = day_start(day + timedelta(days=1), rollover, now.tzinfo)
    return Today(now.astimezone(UTC), day, tomorrow.astimezone(UTC), now, interview)


def comparable(text: str) -> str:
    """`text` as it is compared: no case, full-width letters, digits and spaces as their plain ones, one line."""
    text = normalize("NFC", text).casefold().replace("\n", " ")  # NFKC would take five times as long
    return text.translate(_PLAIN) if _FULL_WIDTH.search(text) else text


def _asked(query: str) -> str:
    """A query, folded; the colon of a filter, and what parts its values, may be full-width, as Chinese is typed."""
    return _WIDE_FILTER.sub(lambda found: found[0].translate(_WIDE_SIGNS), comparable(query))


def terms(query: str) -> list[Term]:
    """What a query asks for. What only looks like a filter (`http://x`) is a word."""
    found = []
    for minus, field, quoted, plain in _TERM.findall(_asked(query)):
        text = quoted or plain
        if field and field not in FILTERS:
            field, text = "", f"{field}:{text}"
        if text:
            found.append(Term(field, text, not minus))
    return found


def unknown_filters(query: str) -> list[str]:
    """What looks like a filter in a query, and is none: it is searched for as a word. `http://x` is but a word."""
    found = _TERM.findall(_asked(query))
    return [field for _, field, quoted, plain in found if field not in ("", *FILTERS) and not plain.startswith("//")]


def sought(query: str) -> tuple[str, ...]:
    """The words that a query looks for, folded, for `hits` to find."""
    return tuple(term.text for term in terms(query) if term.wanted and not term.field)


def hits(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where in `text` these folded words stand, each as the offsets of its first character and of the one after its
    last. A word may go on in the next line, and behind the blanks there."""
    if not words or not text:
        return []
    said, places = _folded(text)
    found = []
    for word in words:
        pattern = _BREAK.join(_SPACE if char == " " else re.escape(char) for char in word)
        found += [match.span() for match in re.finditer(pattern, said)]
    return [(places[start][0], places[end - 1][1]) for start, end in sorted(found)]


def _folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """`text` folded, its lines kept, and where in `text` each character of that comes from."""
    said = comparable(text)
    if len(said) == len(text) and "\n" not in text and not any(map(combining, text)):
        return said, [(at, at + 1) for at in range(len(text))]  # a character is folded to one
    starts = [at for at, char in enumerate(text) if not at or not combining(char)]
    folded, places = [], []
    for start, end in pairwise([*starts, len(text)]):
        piece = "\n" if text[start] == "\n" else comparable(text[start:end])
        folded.append(piece)
        places += [(start, end)] * len(piece)
    return "".join(folded), places


class Index:
    """The cards of some decks, each with its text folded once: when it is first searched, or by `warm` before that."""

    def __init__(self, decks: Iterable[Deck]) -> None:
        decks = tuple(decks)
        self.cards: tuple[Card, ...] = tuple(card for deck in decks for card in deck.cards)
        self._titles = {deck.name: deck.title for deck in decks}
        self._asks: list[str] = []
        self._texts: list[str] = []
        self._labels: list[str] = []

    @property
    def texts(self) -> Sequence[str]:
        """All that each card says, folded."""
        self.warm(len(self.cards))
        return self._texts

    @property
    def labels(self) -> Sequence[str]:
        """What filters find of each card, as " deck:quantization tag:kernels type:free"."""
        self.warm(len(self.cards))
        return self._labels

    @property
    def asks(self) -> Sequence[str]:
        """What each card asks, folded."""
        self.warm(len(self.cards))
        return self._asks

    def warm(self, count: int) -> bool:
        """Fold the texts of `count` more cards; False when none is left."""
        done = len(self._texts)
        more = self.cards[done : done + count]
        self._texts += (_text(card, self._titles[card.deck]) for card in more)
        self._labels += (_labels(card, self._titles[card.deck]) for card in more)
        self._asks += map(_asks, more)
        return len(self._texts) < len(self.cards)

    def known(self, field: str, language: Language) -> Sequence[str]:
        """The values that a filter on `field` can have; what they are called where one reads of them comes first. It
        takes those as well that stand in `WRITTEN`, and what they are called in the other language."""
        match field:
            case "deck":
                names = list(dict.fromkeys(card.deck for card in self.cards))
                called = sorted((self._titles[name].zh for name in names), key=as_in_a_dictionary)
            case "tag":
                names = sorted({tag for card in self.cards for tag in card.tags})
                called = sorted((tag_name(tag).zh for tag in names), key=as_in_a_dictionary)
            case "demo":
                return sorted({card.demo.run for card in self.cards if card.demo is not None})
            case "level" | "tier" | "type":
                names = list({"level": CARD_LEVELS, "tier": ("core",), "type": tuple(TYPES)}[field])
                called = [_called(field, name).says(language) for name in names]
                return called if language == "en" else list(dict.fromkeys([*called, *names]))
            case _:
                return {"is": IS, "has": HAS}.get(field, ())
        return names if language == "en" else list(dict.fromkeys(filter(None, [*called, *names])))


class Catalogue:
    """The cards of an index as they stand at a moment, to be searched and sorted."""

    def __init__(self, index: Index, standings: Mapping[str, Standing], now: datetime, settings: Settings) -> None:
        self.index = index
        self.standings = standings
        self.today = today(now, settings.rollover, settings.interview)

    @cached_property
    def _states(self) -> Sequence[str]:
        """What `is:` finds of each card, as " is:review is:due"."""
        standings, day, new = self.standings, self.today, " is:new"
        return [
            "".join(f" is:{state}" for state in (*states(standings[card.key], day), *["seen"] * seen))
            if card.key in standings
            else new
            for card, seen in zip(self.index.cards, self._begun, strict=True)
        ]

    @cached_property
    def _begun(self) -> Sequence[bool]:
        """Of each card whether it was ever studied."""
        cards, standing = self.index.cards, self.standings.get
        return [(stand := standing(card.key)) is not None and stand.memory.day is not None for card in cards]

    def seen(self, rows: Sequence[int]) -> int:
        """How many of the cards with these numbers were ever studied."""
        return sum(map(self._begun.__getitem__, rows))

    def find(self, query: str, by: SortBy) -> Sequence[int]:
        """The numbers (places in `index.cards`) of the cards that a query leaves, in the order `by`. In that of the
        decks those come first that ask about the words looked for, and first those in which these begin a word."""
        rows = self._sorted(by)
        for field, text, wanted in terms(query):  # the words that are looked for come last: least is left to search
            texts = self._states if field == "is" else self.index.labels if field else self.index.texts
            said = [f" {field}:{one}" for one in text.split(",") if one] if field else [text]
            if field or not wanted:
                rows = [i for i in rows if any(one in texts[i] for one in said) == wanted]
        if not (words := sought(query)):
            return rows
        asking = _with_all(words, self.index.asks, rows)  # short, and a part of the text
        asked = frozenset(asking)
        others = _with_all(words, self.index.texts, [i for i in rows if i not in asked])
        if by == "deck":
            return [*_nearest_first(asking, self.index.asks, words), *others]
        found = asked.union(others)
        return [i for i in rows if i in found]

    def _sorted(self, by: SortBy) -> Sequence[int]:
        """All numbers; what was never reviewed comes last, in the order of the decks."""
        if by not in self._orders:
            self._orders[by] = _sorted(by, [self._memory(card) for card in self.index.cards], self.today)
        return self._orders[by]

    @cached_property
    def _orders(self) -> dict[SortBy, Sequence[int]]:
        return {"deck": range(len(self.index.cards))}

    def _memory(self, card: Card) -> Memory:
        standing = self.standings.get(card.key)
        return _NEW if standing is None else standing.memory


def _with_all(words: Sequence[str], texts: Sequence[str], rows: Sequence[int]) -> Sequence[int]:
    """The rows whose text has each of these words."""
    for word in words:
        rows = [i for i in rows if word in texts[i]]
    return rows


def _nearest_first(rows: Sequence[int], asks: Sequence[str], words: Sequence[str]) -> Sequence[int]:
    """First those of the rows in which each of the words begins one."""
    near = rows
    for word in words:
        begun = f" {word}"  # the usual, which is found fast
        near = [i for i in near if begun in asks[i] or _begins_a_word(asks[i], word)]
    return rows if len(near) == len(rows) else list(dict.fromkeys((*near, *rows)))


def _begins_a_word(text: str, found: str) -> bool:
    """Does a word of `text` begin so?"""
    at = text.find(found)
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_"):
        at = text.find(found, at + 1)
    return at >= 0


def _asks(card: Card) -> str:
    says = _gaps(card) if isinstance(card, Cloze) else card.source.says if isinstance(card, Fix) else Words()
    return comparable(f" {card.q.en} {card.q.zh} {says.en} {says.zh}")


def _sorted(by: SortBy, memories: Sequence[Memory], today: Today) -> Sequence[int]:
    keys: list[Any]
    match by:
        case "due":
            keys = [due_at(memory, today.now) or _NEVER for memory in memories]
        case "reviewed":
            keys = [-memory.reviewed.timestamp() if memory.reviewed else 0.0 for memory in memories]
        case "hardest":
            keys = [(-(memory.difficulty or 0.0), -memory.lapses) for memory in memories]
        case _:
            keys = [(-memory.lapses, -(memory.difficulty or 0.0)) for memory in memories]
    return sorted(range(len(memories)), key=keys.__getitem__)


def typing(query: str) -> str:
    """The field of the filter that stands last in the query; "" if none does."""
    found = re.search(r"(?:^|\s)-?([a-z]+):\S*$", _asked(query))
    return found[1] if found and found[1] in FILTERS else ""


def states(standing: Standing, today: Today) -> list[str]:
    """The values of the filter `is:` that a card with this standing has. Due is what is due by now."""
    memory = standing.memory
    found: list[str] = ["learning" if memory.state == "relearning" else memory.state]
    if is_due(standing, today.day, today.now, today.tomorrow):
        found.append("due")
    if standing.suspended:
        found.append("suspended")
    if standing.buried == today.day:
        found.append("buried")
    if standing.flagged:
        found.append("flagged")
    if standing.leech:
        found.append("leech")
    return found


def _tag_names(card: Card) -> list[str]:
    """What its tags are called, in both languages."""
    return list(dict.fromkeys(name for tag in card.tags for name in (tag, tag_name(tag).zh)))


def _labels(card: Card, title: Words) -> str:
    found = [f"deck:{comparable(name)}" for name in _deck_names(card, title)]
    found += _said("type", type(card).__name__.lower())
    found += [f"tag:{comparable(name)}" for name in _tag_names(card)]
    found += ["has:experiment", "has:demo"] if card.demo is not None else []
    found += [f"has:{name}" for name in ("points", "why", "refs") if getattr(card, name)]
    if card.level:
        found += _said("level", card.level)
    if card.tier:
        found += _said("tier", card.tier)
    if card.demo is not None and card.demo.predict is not None:
        found.append("has:prediction")
    if card.demo is not None:
        found.append(f"demo:{comparable(card.demo.run)}")
    return " " + " ".join(found)


def _said(field: str, value: str) -> list[str]:
    """What a filter finds of a value: its name, and what it is called in both languages."""
    called = _called(field, value)
    return [f"{field}:{name}" for name in dict.fromkeys((value, called.en, called.zh))]


@cache
def _called(field: str, value: str) -> Words:
    """What the app calls a type, a level or a tier."""
    return tell(f"ui.{field}.{value}").words


def _deck_names(card: Card, title: Words) -> list[str]:
    """What its deck is called: as it is typed, and its title in both languages."""
    return list(dict.fromkeys(filter(None, (card.deck, title.en, title.zh))))


def excerpt(card: Card, words: Sequence[str], language: Language) -> str:
    """Of what a card says, in one line and without marks the piece in which one of these folded words stands; "" where
    none does."""
    for said in _words(card):
        text = plain_line(said.says(language))
        folded = comparable(text)
        at = min((place for word in words if (place := folded.find(word)) >= 0), default=-1)
        if at >= 0:
            start = text.rfind(" ", 0, max(0, at - _BEFORE)) + 1 if at > _BEFORE else 0
            return text[start : at + _BEHIND]
    return ""


def _text(card: Card, title: Words) -> str:
    """All that a card says, in both languages, folded; what its deck and its tags are called, too."""
    texts = [card.key, *_deck_names(card, title)[1:], *_tag_names(card)]
    for text in _words(card):
        texts += (text.en,) if text.en == text.zh else (text.en, text.zh)
    return comparable("\n".join(texts))


def _gaps(card: Cloze) -> Words:
    """The text of its gaps, filled."""
    return Words(*(gap(text, card.number, fill=True) for text in (card.text.en, card.text.zh)))


def _words(card: Card) -> list[Words]:
    """What a card says, beginning with its question."""
    words = [card.q, card.a, *(point.text for point in card.points), card.why]
    match card:
        case Choice():
            words += [text for choice in card.choices for text in (choice.text, choice.why)]
        case Cloze():
            words.append(_gaps(card))
        case Numeric():
            words += [trap.why for trap in card.traps]
        case Order():
            words += card.items
        case Fix():
            words.append(card.source.says)
        case Code():
            words += [*card.hints, *card.subgoals, *card.cases.values(), *card.traps.values()]
    return words
