"""The lint: what makes a card that can be asked hard to learn from, and what needs more than one card to see.

Each rule is a function of one deck, a generator of what it found; those in `ACROSS` look at all decks.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from quizapp.cards.card import Card, Choice, Cloze, Code, Deck, Fix, Numeric, Order
from quizapp.cards.fault import Amiss, FieldPath
from quizapp.cards.fields import meant
from quizapp.cards.gaps import CLOZE
from quizapp.cards.judge import hits_in
from quizapp.cards.library import Library
from quizapp.cards.media import media_file, media_folder, media_in
from quizapp.cards.vary import variants
from quizapp.texts import tell
from quizapp.words import LANGUAGES, Words

MOST_POINTS = 4
MOST_ANSWER_ITEMS = 4
MOST_GUESSES = 20
MOST_GAP_WORDS = 3
_TORN = re.compile(r"[\u4e00-\u9fff] +[!-~]|[!-~] +[\u4e00-\u9fff]")
# A space beside a full-width sign, in a line of prose: not behind a mark of Markdown, nor around a cell of a table.
# Beside a quotation mark, which English has too, only between it and Chinese.
_STRAY = re.compile(
    r"[，。；：、！？）》】」] +(?=[^\s|])|(?<=[^\s|>*#+.)-]) +[，。；：、！？（）《》【】「」]"
    r"|[\u4e00-\u9fff] +[“”]|[“”] +[\u4e00-\u9fff]"
)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_UNFILLED = re.compile(r"\{=[^\W\d]\w*\}")

Advice = tuple[Card, Amiss]


def no_why(deck: Deck, _: Library) -> Iterator[Advice]:
    for card in deck.cards:
        if not card.why:
            yield card, Amiss((), tell("check.no_why"), tell("check.no_why.do"))


def many_points(deck: Deck, _: Library) -> Iterator[Advice]:
    for card in deck.cards:
        if len(card.points) > MOST_POINTS:
            message = tell("check.many_points", n=len(card.points))
            yield card, Amiss(("points",), message, tell("check.many_points.do", most=MOST_POINTS))


def listed_answer(deck: Deck, _: Library) -> Iterator[Advice]:
    for card in deck.cards:
        items = len(re.findall(r"^(?:[-*+]|\d+[.)])\s", card.a.en or card.a.zh, re.MULTILINE))
        if items > MOST_ANSWER_ITEMS and not card.points:
            yield card, Amiss(("a",), tell("check.listed_answer", n=items), tell("check.listed_answer.do"))


def missing_language(deck: Deck, _: Library) -> Iterator[Advice]:
    """In a deck that says anything in two languages, what is said in one."""
    texts = [(card, path, words) for card in deck.cards for path, words in texts_of(card)]
    if not any(words.en and words.zh and words.en != words.zh for _, _, words in texts):
        return
    for card, path, words in texts:
        if words and not (words.en and words.zh):
            yield card, Amiss(path, tell("check.missing_language", language="zh" if words.en else "en"))


def dead_links(deck: Deck, library: Library) -> Iterator[Advice]:
    guesses = 0  # comparing with every id takes a while
    for card in deck.cards:
        for field, names in (("after", card.after), ("follow_ups", card.follow_ups)):
            for i, name in enumerate(names):
                if not (linked := library.named(name, deck.name)):
                    guesses += 1
                    near = meant(name, [other.id for other in deck.cards]) if guesses <= MOST_GUESSES else ""
                    hint = tell("deck.did_you_mean", name=near) if near else tell("check.dead_link.do")
                    if "/" in name and name.partition("/")[0] not in {other.name for other in library.decks}:
                        hint = tell("check.dead_link_to_deck.do")
                    yield card, Amiss((field, i), tell("check.dead_link", name=name), hint)
                elif card in linked:
                    yield card, Amiss((field, i), tell("check.own_link", name=name), tell("check.remove"))


def kept_names(deck: Deck, library: Library) -> Iterator[Advice]:
    """Two cards must not claim one history."""
    claimed: dict[str, Card] = {}
    for card in deck.cards:
        for i, key in enumerate(card.was):
            if key in library.keys and library.keys[key] is not card:
                yield card, Amiss(("was", i), tell("check.living_name", key=key), tell("check.remove"))
            elif (first := claimed.setdefault(key, card)) is not card:
                message = tell("check.claimed_name", line=first.line, key=key)
                yield card, Amiss(("was", i), message, tell("check.claimed_name.do"))


def same_question(library: Library) -> Iterator[Advice]:
    first: dict[str, Card] = {}
    for deck in library.decks:
        for card in deck.cards:
            asked = card.source.says if isinstance(card, Fix) else card.text if isinstance(card, Cloze) else card.q
            plain = " ".join((asked.en or asked.zh).casefold().split())
            other = first.setdefault(plain, card)
            if plain and (other.deck, other.id) != (card.deck, card.id):
                message = tell("check.same_question_elsewhere", key=f"{other.deck}/{other.id}")
                if other.deck == card.deck:
                    message = tell("check.same_question", id=other.id, line=other.line)
                yield card, Amiss((), message, tell("check.same_question.do"))


def rings(library: Library) -> Iterator[Advice]:
    """Cards that come after each other in a ring, so that none of them can be the first."""
    cards = {f"{card.deck}/{card.id}": card for deck in library.decks for card in deck.cards}
    after = {
        key: iter([(i, name if "/" in name else f"{card.deck}/{name}") for i, name in enumerate(card.after)])
        for key, card in cards.items()
    }
    done: set[str] = set()
    for start in cards:
        trail = [start] if start not in done else []  # from a card to what should be known before it, and so on
        places = {start: 0}
        while trail:
            key = trail[-1]
            i, linked = next(after[key], (0, ""))
            if not linked:
                done.add(key)
                del places[trail.pop()]
            elif linked in places and linked != key:
                ring = trail[places[linked] : places[linked] + 4]
                trace = " → ".join(cards[one].id for one in (*ring, *([key] if key not in ring else []), linked))
                yield cards[key], Amiss(("after", i), tell("check.ring", trace=trace), tell("check.ring.do"))
            elif linked in cards and linked not in done and linked not in places:
                places[linked] = len(trail)
                trail.append(linked)


def telling_choices(deck: Deck, _: Library) -> Iterator[Advice]:
    """A right choice that is much longer than all others is found without knowing the answer."""
    for card in deck.cards:
        if not isinstance(card, Choice):
            continue
        for language in ("en", "zh"):
            lengths = [(len(getattr(item.text, language)), item.ok) for item in card.choices]
            right = [length for length, ok in lengths if ok]
            wrong = [length for length, ok in lengths if not ok]
            if wrong and min(right) > 1.6 * max(wrong) and min(right) - max(wrong) >= (20 if language == "en" else 8):
                yield card, Amiss(("choices",), tell("check.telling_choice"), tell("check.telling_choice.do"))
                break


def unexplained_choices(deck: Deck, _: Library) -> Iterator[Advice]:
    for card in deck.cards:
        if isinstance(card, Choice):
            for i, item in enumerate(card.choices):
                if not item.ok and not item.why:
                    yield (
                        card,
                        Amiss(("choices", i), tell("check.choice_without_why"), tell("check.choice_without_why.do")),
                    )


def gaps_in_predictions(deck: Deck, _: Library) -> Iterator[Advice]:
    for card in deck.cards:
        for variant in variants(card):
            choices = variant.demo.predict.choices if variant.demo and variant.demo.predict else ()
            for (_low, end), (start, _high) in pairwise(sorted(choice.range for choice in choices)):
                if start > end:
                    message = tell("check.no_choice_holds", low=end, high=start)
                    yield card, Amiss(("demo", "predict", "choices"), message, tell("check.no_choice_holds.do"))


def poor_hits(deck: Deck, _: Library) -> Iterator[Advice]:
    """Words to look for that mark a point which was not said, or never mark it."""
    for card in deck.cards:
        asked = "\n".join(
            (card.q.en, card.q.zh, *((card.source.says.en, card.source.says.zh) if isinstance(card, Fix) else ()))
        )
        for i, point in enumerate(card.points):
            told = hits_in(asked, point.hit)
            for j, hit in enumerate(point.hit):
                if hit in told:
                    yield (
                        card,
                        Amiss(("points", i, "hit", j), tell("check.hit_asked", hit=hit), tell("check.other_hit")),
                    )
                elif len(hit) == 1 and not hit.isascii():
                    yield (
                        card,
                        Amiss(("points", i, "hit", j), tell("check.hit_short", hit=hit), tell("check.other_hit")),
                    )
                elif _TORN.search(hit):
                    message = tell("check.hit_torn", hit=hit)
                    yield card, Amiss(("points", i, "hit", j), message, tell("check.hit_torn.do"))


def long_gaps(deck: Deck, _: Library) -> Iterator[Advice]:
    """A gap of many words is rarely typed as it is written."""
    for card in deck.cards:
        if isinstance(card, Cloze):
            for language in ("en", "zh"):
                gaps = (gap[2] for gap in CLOZE.finditer(getattr(card.text, language)) if int(gap[1]) == card.number)
                if any(len(gap.split()) > MOST_GAP_WORDS for gap in gaps):
                    path = ("text", language) if card.text.en != card.text.zh else ("text",)
                    yield card, Amiss(path, tell("check.long_gap", number=card.number), tell("check.long_gap.do"))
                    break


def unfilled(deck: Deck, _: Library) -> Iterator[Advice]:
    """`{=bits}` where nothing varies stays as it is written."""
    for card in deck.cards:
        for path, words in texts_of(card):
            if (found := _UNFILLED.search(f"{words.en} {words.zh}")) and not card.drawn:
                yield card, Amiss(path, tell("check.unfilled", text=found[0]), tell("deck.vary.do"))


def stray_spaces(deck: Deck, _: Library) -> Iterator[Advice]:
    """YAML makes a space of a line break in a text, and Chinese has none beside its signs."""
    for card in deck.cards:
        for path, words in texts_of(card):
            for language in LANGUAGES:
                prose = _CODE.sub("`", getattr(words, language))
                if found := _STRAY.search(prose):
                    around = prose[max(0, found.start() - 6) : found.end() + 6].strip()
                    where = path if words.en == words.zh else (*path, language)
                    yield card, Amiss(where, tell("check.stray_space", around=around), tell("check.stray_space.do"))
                    break


def missing_media(deck: Deck, _: Library) -> Iterator[Advice]:
    for card in deck.cards:
        for path, words in texts_of(card):
            for name in media_in((words.en, words.zh)):
                if media_file(deck.path, name) is None:
                    hint = tell("check.no_media.do", folder=media_folder(deck.path).name)
                    yield card, Amiss(path, tell("check.no_media", name=name), hint)


def unpinned(deck: Deck, _: Library) -> Iterator[Advice]:
    cards = list({card.id: card for card in deck.cards if not card.pinned}.values())
    if cards:
        yield cards[0], Amiss((), tell("check.no_id", n=len(cards)), tell("check.no_id.do"))


RULES: tuple[Callable[[Deck, Library], Iterator[Advice]], ...] = (
    no_why,
    many_points,
    listed_answer,
    missing_language,
    dead_links,
    kept_names,
    telling_choices,
    unexplained_choices,
    gaps_in_predictions,
    poor_hits,
    long_gaps,
    unfilled,
    stray_spaces,
    missing_media,
    unpinned,
)
ACROSS: tuple[Callable[[Library], Iterator[Advice]], ...] = (same_question, rings)


def texts_of(card: Card) -> Iterator[tuple[FieldPath, Words]]:
    """Every text of a card, with the path of its field."""
    yield from (((field,), getattr(card, field)) for field in ("q", "a", "why"))
    yield from ((("points", i), point.text) for i, point in enumerate(card.points))
    if card.demo is not None and card.demo.predict is not None:
        yield ("demo", "predict", "ask"), card.demo.predict.ask
        yield ("demo", "predict", "so"), card.demo.predict.so
        for i, choice in enumerate(card.demo.predict.choices):
            yield ("demo", "predict", "choices", i), choice.text
    match card:
        case Choice():
            for i, item in enumerate(card.choices):
                yield ("choices", i), item.text
                yield ("choices", i, "why"), item.why
        case Cloze():
            yield ("text",), card.text
        case Fix():
            yield ("source", "says"), card.source.says
        case Order():
            yield from ((("items", i), item) for i, item in enumerate(card.items))
        case Numeric():
            yield from ((("traps", i, "why"), trap.why) for i, trap in enumerate(card.traps))
        case Code():
            yield from ((("hints", i), hint) for i, hint in enumerate(card.hints))
            yield from ((("subgoals", i), subgoal) for i, subgoal in enumerate(card.subgoals))
            yield from ((("cases", name), said) for name, said in card.cases.items())
            yield from ((("traps", name), said) for name, said in card.traps.items())
        case _:
            pass
