"""The path through the decks: in which order their cards are begun, and how far one has come. Pure.

What one wrote oneself comes before what came with it, what everyone is asked before the rest, of that a few cards of
every deck before one deck after the other, and nothing before its prerequisites.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import count

from msgspec import Struct

from quizapp.cards.card import Card, Code, Deck, Level
from quizapp.memory.schedule import retrievability
from quizapp.memory.standings import Standings

LEADS = 3
"""Cards of each deck that come before all that follow in any other, but for the first deck: however little time is
left, of no subject one has seen nothing."""

_CORE = 2  # how far beyond the core is what everyone is asked of what came with it
_LEVELS: dict[Level | None, int] = {"intermediate": 1, "advanced": 2}
_Groups = dict[str, tuple[int, int, bool]]  # by key: how far beyond the core, the place of its deck, asks for code


class Progress(Struct, frozen=True):
    """How far one is: of `cards` cards `seen` were reviewed at least once; `recall` is the mean chance, 0 to 1, that
    one of these is recalled now, None while all of them were begun today: what was just read says nothing yet."""

    seen: int
    cards: int
    recall: float | None


def progress(cards: Iterable[Card], standings: Standings, day: date) -> Progress:
    """How far one is with `cards` on study day `day`."""
    get, rules = standings.all.get, standings.rules
    total, recalls, before = 0, [], False
    for card in cards:
        total += 1
        standing = get(card.key)
        if standing is not None and standing.memory.day is not None:
            recalls.append(retrievability(standing.memory, day, rules))
            before |= standing.first != day
    return Progress(len(recalls), total, sum(recalls) / len(recalls) if before else None)


def in_core(deck: Deck) -> frozenset[str]:
    """The keys of the cards that everyone is asked: those marked so, or all of a deck in which none is."""
    marked = frozenset(card.key for card in deck.cards if card.tier == "core")
    return marked or frozenset(card.key for card in deck.cards)


def in_order(decks: Sequence[Deck]) -> Iterator[Card]:
    """Every card of `decks`, in the order in which they are begun, one after the other: placing them all takes longer
    than looking at the first few.

    The user's own decks come before those that came with it, but for copies of these. The core of all decks comes
    before the rest, within either deck by deck, of a deck its basic cards first; but of the core of what came with it
    the first deck and then `LEADS` cards of each come before what follows in any. A card draws its follow-ups along,
    and its prerequisites (`after`, across these decks) before it, wherever they stand. What asks for code comes at the
    end of the last deck that it needs: one writes it while it is fresh. Prerequisites in a circle hold as far as they
    can.
    """
    return iter(_path(_Same(tuple(decks))))


def prerequisites(card: Card) -> Iterator[str]:
    """The prerequisites of a card: of each its key, or its key but for the number of a gap."""
    return (name if "/" in name else f"{card.deck}/{name}" for name in card.after)


class _Same:
    """Decks that are the same as others only if they are those very ones: comparing all their cards takes long."""

    def __init__(self, decks: tuple[Deck, ...]) -> None:
        self.decks = decks

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.decks)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and list(map(id, self.decks)) == list(map(id, other.decks))


def decks_in_order(decks: Sequence[Deck]) -> tuple[Deck, ...]:
    """A deck comes after those that its cards name as prerequisites; of several that can be next one of the user's own,
    then the one with the most cards that everyone is asked, else in their own order."""
    return _decks_in_order(_Same(tuple(decks)))


@lru_cache(maxsize=4)
def _decks_in_order(same: _Same) -> tuple[Deck, ...]:
    decks = same.decks
    names = {deck.name for deck in decks}
    needs = {
        deck.name: {name.rpartition("/")[0] for card in deck.cards for name in card.after if "/" in name} & names
        for deck in decks
    }
    left = sorted(decks, key=lambda deck: (not is_own_deck(deck), -sum(card.tier == "core" for card in deck.cards)))
    found: list[Deck] = []
    while left:
        waiting = {deck.name for deck in left}
        deck = next((deck for deck in left if not needs[deck.name] & waiting - {deck.name}), left[0])
        left.remove(deck)
        found.append(deck)
    return tuple(found)


class _Path:
    """The cards in their order, each placed when someone comes to it first: not from two threads at once."""

    def __init__(self, decks: Sequence[Deck]) -> None:
        self._placed: list[Card] = []
        self._rest = _in_order(decks)

    def __iter__(self) -> Iterator[Card]:
        for place in count():
            if place == len(self._placed):
                card = next(self._rest, None)
                if card is None:
                    return
                self._placed.append(card)
            yield self._placed[place]


def is_own_deck(deck: Deck) -> bool:
    """Did the user write it, or bring it along? A copy of what came with it is none."""
    return not (deck.bundled or deck.stands_in)


@lru_cache(maxsize=4)
def _path(same: _Same) -> _Path:
    return _Path(_decks_in_order(same))


def _in_order(decks: Sequence[Deck]) -> Iterator[Card]:
    groups: _Groups = {}
    for place, deck in enumerate(decks):
        core, first = in_core(deck), 0 if is_own_deck(deck) else 2
        groups |= {card.key: (first + (card.key not in core), place, isinstance(card, Code)) for card in deck.cards}
    ranked = [card for deck in decks for card in deck.cards]
    named = _by_name(ranked)
    last = {card.key: _last_deck(card, named, groups, set()) for card in ranked if isinstance(card, Code)}
    groups |= {key: (groups[key][0], place, True) for key, place in last.items()}
    ranked.sort(key=lambda card: (*groups[card.key], _LEVELS.get(card.level, 0)))
    leads = _leads(ranked, groups)
    ranked.sort(key=lambda card: (groups[card.key][0], card.key not in leads))
    placed: set[str] = set()
    for card in ranked:
        yield from _place(card, placed, named, groups)


def _leads(ranked: Sequence[Card], groups: _Groups) -> set[str]:
    """The keys of the cards that come first, of the core of what came with it: all of the first deck, and `LEADS` of
    each other, but what asks for code."""
    decks: dict[int, list[str]] = {}
    for card in ranked:
        tier, place, code = groups[card.key]
        if tier == _CORE and (not code or place == next(iter(decks), place)):
            decks.setdefault(place, []).append(card.key)
    return {key for n, keys in enumerate(decks.values()) for key in (keys[:LEADS] if n else keys)}


def _last_deck(card: Card, named: dict[str, list[Card]], groups: _Groups, met: set[str]) -> int:
    """The place of the last deck that code needs, also for the code that it needs; of its own if it needs nothing."""
    met.add(card.key)
    needs = [one for name in prerequisites(card) for one in named.get(name, ()) if one.key not in met]
    places = (_last_deck(one, named, groups, met) if isinstance(one, Code) else groups[one.key][1] for one in needs)
    return max(places, default=groups[card.key][1])


def _place(root: Card, placed: set[str], named: dict[str, list[Card]], groups: _Groups) -> Iterator[Card]:
    """Place a card, if it is not among those `placed`, which are by key, after all that it needs, and then of its
    follow-ups in the same deck and tier those that need nothing more. A card that is met while what it needs is being
    placed is part of a circle, and passed over."""
    group, met = groups[root.key], set[str]()
    stack: list[tuple[Card, Iterator[Card]]] = []

    def meet(card: Card) -> None:
        if card.key not in placed and card.key not in met:
            met.add(card.key)
            stack.append((card, (found for name in prerequisites(card) for found in named.get(name, ()))))

    meet(root)
    while stack:
        card, needs = stack[-1]
        before = next(needs, None)
        if before is not None:
            meet(before)
            continue
        stack.pop()
        placed.add(card.key)
        yield card
        for name in reversed(card.follow_ups):
            for found in reversed(named.get(name if "/" in name else f"{card.deck}/{name}", ())):
                if groups[found.key] == group and all(
                    one.key in placed for need in prerequisites(found) for one in named.get(need, ())
                ):
                    meet(found)


def _by_name(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """The cards by what others call them: by key, and all gaps of a text by its key without a number."""
    named: dict[str, list[Card]] = {}
    for card in cards:
        named.setdefault(card.key, []).append(card)
        if (text := f"{card.deck}/{card.id}") != card.key:
            named.setdefault(text, []).append(card)
    return named
