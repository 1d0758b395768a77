"""Which questions a mock interview asks: openings, and what follows them up. Pure; a seed decides."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, takewhile

from msgspec.structs import replace

from quizapp.cards.card import Card, Choice, Cloze, Code, Fix, Free, Numeric, Order
from quizapp.cards.judge import mentioned
from quizapp.cards.library import Library
from quizapp.cards.lint import texts_of
from quizapp.memory.standings import Standings
from quizapp.study.interview import Asked, Interview, Terms
from quizapp.study.plan import CODE_SECONDS
from quizapp.study.quiz import drawn
from quizapp.study.related import related
from quizapp.study.selection import only_seen

MOST_FOLLOW_UPS = 2  # at most so many follow-ups after an opening question
FIX_IN = 4  # at most one question of so many asks what is wrong with a statement
CODE_FROM = 5  # questions: of fewer it would be most of what is asked
TAGS_SHARED = 2  # at least, with a card of another deck that is about the same
_SECONDS: dict[type[Card], int] = {
    Code: CODE_SECONDS,
    Free: 120,
    Fix: 90,
    Numeric: 90,
    Order: 60,
    Choice: 45,
    Cloze: 30,
}


def budget(card: Card) -> int:
    """Seconds to answer `card`: what its deck says, else what its type usually takes."""
    return card.seconds or _SECONDS[type(card)]


def choose(library: Library, cards: Iterable[Card], terms: Terms, code: Code | None = None) -> tuple[Asked, ...]:
    """Up to `terms.count` questions whose budgets fit its minutes (one always does).

    The first is answered in words, and one that everyone is asked (`tier: core`), where `cards` have such; so are three
    openings of four answered in words. At no time did more than one question of `FIX_IN` ask what is wrong with a
    statement, while there are others. After each opening come up to two of its follow-ups, but one after the first, so
    that three questions are of two topics where `cards` have those; they may be of any deck and tag in the library, but
    only of `terms.levels` if those are given. The last question asks for `code`, where that leaves half of the minutes
    and `CODE_FROM` questions or more are asked, or where there are no other `cards`; a friend is told none.
    """
    cards = tuple(cards)
    asks_code = terms.way != "friend" and (terms.count >= CODE_FROM or not cards)
    if code is not None and asks_code and _leaves_half(code, terms):
        fewer = replace(terms, count=terms.count - 1, minutes=terms.minutes - -(-budget(code) // 60))
        return (*choose(library, cards, fewer), Asked(code.key, budget(code)))
    asked: list[Asked] = []
    taken: list[Card] = []
    pool, left, openings = drawn(cards, terms.seed), 60 * terms.minutes, 0
    while len(asked) < terms.count:
        chained = taken and _chain(asked) < MOST_FOLLOW_UPS
        card = follow = follow_up(library, taken[-1], taken, terms) if chained else None
        if follow is None or (openings == 1 and asked[-1].follows):
            openings += 1
            card = _opening([one for one in pool if one is not follow], openings, taken, terms) or follow
        if card is None:
            break
        left -= budget(card)
        if left < 0 and asked:
            break
        asked.append(Asked(card.key, budget(card), card is follow))
        taken.append(card)
    return tuple(asked)


def follow_up(
    library: Library, card: Card, taken: Sequence[Card], terms: Terms, missed: Collection[int] | None = None
) -> Card | None:
    """What is asked on `card`, after those `taken`: one of its follow-ups. If points of it were `missed`, the one that
    speaks of most of those; but what leads up to it, if nothing of it was known; a card near it where there is none."""

    def fitting(cards: Iterable[Card]) -> list[Card]:
        level = (one for one in cards if not terms.levels or one.level in terms.levels)
        found = [one for one in drawn(level, terms.seed) if _may_come(one, taken, terms) and _few_fixes(taken, one)]
        return sorted(found, key=lambda one: not isinstance(one, Free))  # one talks, and picks nothing

    wanted = fitting(found for name in card.follow_ups for found in library.named(name, card.deck))
    if missed is None:
        return next(iter(wanted), None)
    near = related(card, library)
    before = fitting(one for one in near.before if _near(one, card))
    groups = (before, wanted) if len(missed) == len(card.points) else (wanted, before)
    after = fitting(one for one in near.after if _near(one, card))
    found = next((group for group in (*groups, after) if group), [])
    return max(found, key=lambda one: _speaks_of(one, card, missed), default=None)


def follow_missed(interview: Interview, library: Library) -> Interview:
    """The interview, whose last question was marked just now, with what was missed in it followed up next: in place of
    the follow-up that was to come, else of the last question. It stays as it is if nothing was missed, if that was
    followed up often enough, if there is no card for it, if only code is left to ask, or if of three questions or more
    none would be of another topic any longer."""
    done, ahead = interview.questions[: interview.at], interview.questions[interview.at :]
    taken = [library.keys[one.key] for one in done if one.key in library.keys]
    passed = not done or done[-1].grade in ("good", "easy")
    if passed or not ahead or ahead[0].begun or done[-1].key not in library.keys or _chain(done) >= MOST_FOLLOW_UPS:
        return interview
    card = taken[-1]
    missed = [i for i in range(len(card.points)) if i not in done[-1].ticks]
    found = follow_up(library, card, taken, interview.terms, missed)
    if found is None:
        return interview
    rest = [one for one in ahead[ahead[0].follows :] if not _same_text(library.keys.get(one.key), found)]
    follow = Asked(found.key, budget(found), follows=True)
    code = [one for one in rest[-1:] if isinstance(library.keys.get(one.key), Code)]  # which stays the last
    if len(code) == len(ahead):
        return interview  # nothing is left that would give way
    rest = rest[: len(rest) - len(code)][: len(ahead) - 1 - len(code)]
    minutes = interview.minutes - -(-sum(one.budget_s for one in code) // 60)
    questions = (*_within((*done, follow), rest, minutes, library), *code)
    if len(interview.questions) > 2 and _one_topic(questions) and not _one_topic(interview.questions):
        return interview
    return replace(interview, questions=questions)


def follows_from(interview: Interview, library: Library, standings: Standings) -> Library:
    """Where what follows comes from: of an interview all of whose cards were seen, none comes that was not."""
    cards = [library.keys.get(one.key) for one in interview.questions]
    if any(card is None or standings.of(card.key).memory.day is None for card in cards):
        return library  # as of most: not all that is open is gone through at every grade
    return only_seen(library, standings)


def _within(sure: Sequence[Asked], more: Iterable[Asked], minutes: int, library: Library) -> tuple[Asked, ...]:
    """The questions that are `sure`, and those of the others that still fit the minutes, and may ask what is wrong with
    a statement where they come to stand."""
    found = list(sure)
    taken = [library.keys.get(one.key) for one in sure]
    left = 60 * minutes - sum(one.budget_s for one in sure)
    for one in more:
        card = library.keys.get(one.key)
        if one.budget_s <= left and (card is None or _few_fixes(taken, card)):
            found.append(one)
            taken.append(card)
            left -= one.budget_s
    return tuple(found)


def code_drawn(cards: Iterable[Code], terms: Terms) -> Code | None:
    """The one that the seed decides of those that leave half of the minutes, if there is any."""
    place = lambda card: hashlib.blake2b(f"{terms.seed}:{card.key}".encode(), digest_size=8).digest()  # noqa: E731
    return min((card for card in cards if _leaves_half(card, terms)), key=place, default=None)


def _leaves_half(card: Card, terms: Terms) -> bool:
    return 2 * budget(card) <= 60 * terms.minutes


def _opening(pool: Sequence[Card], number: int, taken: Sequence[Card], terms: Terms) -> Card | None:
    """The opening question `number` (from 1): three of four in words, the first of them of the core."""
    worded = (card for card in pool if isinstance(card, Free))
    core = (card for card in pool if number == 1 and card.tier == "core" and isinstance(card, Free))
    few = (card for card in pool if not isinstance(card, Free) and _few_fixes(taken, card))
    others = (card for card in pool if not isinstance(card, Free))
    order = chain(*((few, worded) if number % 4 == 0 else (core, worded, few)), others)
    return next((card for card in order if _may_come(card, taken, terms)), None)


def _may_come(card: Card, taken: Iterable[Card], terms: Terms) -> bool:
    """Was it not asked yet? Nor does one show choices to a friend who only listens."""
    said = isinstance(card, Free | Fix) or terms.way != "friend"
    return said and not any(_same_text(one, card) for one in taken)


def _few_fixes(taken: Collection[Card | None], card: Card) -> bool:
    """May `card` come next, or would more than one question of `FIX_IN` ask what is wrong?"""
    fixes = sum(isinstance(one, Fix) for one in taken)
    return not isinstance(card, Fix) or FIX_IN * (fixes + 1) <= len(taken) + 1


def _chain(asked: Sequence[Asked]) -> int:
    """How many follow-ups the questions end with."""
    return sum(1 for _ in takewhile(lambda one: one.follows, reversed(asked)))


def _one_topic(asked: Sequence[Asked]) -> bool:
    """Does everything follow up the first question?"""
    return all(one.follows for one in asked[1:])


def _near(one: Card, card: Card) -> bool:
    """Is it about the same? Of another deck a card may lead up to this one and be about all of a field."""
    return one.deck == card.deck or len({*one.tags} & {*card.tags}) >= TAGS_SHARED


def _speaks_of(found: Card, card: Card, missed: Collection[int]) -> int:
    """Of how many points of `card` that were `missed` another card has a word."""
    said = " ".join(f"{words.en} {words.zh}" for _, words in texts_of(found))
    return len(mentioned(card.points, said) & set(missed))


def _same_text(one: Card | None, other: Card) -> bool:
    """Gaps of one text are one question."""
    return one is not None and one.line == other.line and one.path == other.path  # a number is told apart sooner
