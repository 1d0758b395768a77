"""`quizapp stats`: what was done, what was recalled, what is to come."""

import argparse
from typing import Any

from quizapp.commands import say, say_drawn, say_json, terminal_paper
from quizapp.commands.selection import chosen_desk
from quizapp.memory.schedule import study_day
from quizapp.settings import Settings
from quizapp.study.statistics import (
    LEAST_ASKED,
    STABILITIES,
    CardFigures,
    ReviewFigures,
    Share,
    card_figures,
    review_figures,
)
from quizapp.study.teaching import WEEK, Teaching, teaching
from quizapp.texts import tell

_WIDEST = 110  # columns of a chart


def run(args: argparse.Namespace) -> int:
    desk, now = chosen_desk(args)
    everything = not (args.decks or args.level or args.tag)  # what cards were that are gone, too
    keys = None if everything else desk.library.keys
    reading, today = desk.standings.reading(), study_day(now, desk.settings.rollover)
    *_, figures = review_figures(reading, today, keys)
    cards = [card for deck in desk.library.decks for card in deck.cards]
    *_, taught = teaching(reading, cards, today, desk.settings.interview, desk.standings.rules)
    assert figures is not None and taught is not None  # the last step has them
    found = card_figures(cards, desk.standings.all, now, desk.settings.rollover)
    if args.json:
        say_json(_plain(figures, found) | {"teaching": _taught(taught)})
    elif not figures.reviews:
        say(tell("screens.stats.nothing"))
    else:
        _show(figures, found, taught, desk.settings)
    return 0


def _plain(figures: ReviewFigures, found: CardFigures) -> dict[str, Any]:
    spans: tuple[tuple[str, int | None], ...] = (("7", 7), ("30", 30), ("90", 90), ("all", None))
    edges = zip(STABILITIES, STABILITIES[1:], figures.by_stability, strict=False)
    return {
        "today": figures.today,
        "reviews": figures.reviews,
        "seconds": round(figures.seconds, 1),
        "days": [
            {"day": day, "reviews": one.reviews, "seconds": round(one.seconds, 1), **_share(one.retention)}
            for day, one in figures.days.items()
        ],
        "retention": {name: _share(figures.retention(days)) for name, days in spans},
        "cued": _share(figures.cued),
        "code": _share(figures.code),
        "by_stability": [{"from": low, "to": high if high < 1e9 else None, **_share(one)} for low, high, one in edges],
        "forecast": list(found.forecast),
        "states": found.states,
        "hardest": [{"key": one.card.key, "lapses": one.lapses, "difficulty": one.difficulty} for one in found.hardest],
        "confidence": [{"said": said, **_judged(one)} for said, one in figures.confidence.items()],
        "predictions": {
            **_judged(figures.predictions),
            "by_confidence": [{"said": s, **_judged(one)} for s, one in figures.predictions_by_confidence.items()],
        },
    }


def _share(share: Share) -> dict[str, Any]:
    return {"asked": share.asked, "passed": share.passed, "rate": share.rate}


def _judged(share: Share) -> dict[str, Any]:
    """A share with its 95 % interval, None for too few."""
    low, high = share.interval or (None, None)
    return {**_share(share), "low": low, "high": high}


def _taught(found: Teaching) -> dict[str, Any]:
    day = found.day
    return {
        "days": list(WEEK),
        "least": LEAST_ASKED,
        "week_later": {name: _judged(share) for name, share in found.shares.items()},
        "interview": day and {"day": day.interview, "expected": day.expected, **_judged(day.recalled)},
    }


def _show(figures: ReviewFigures, found: CardFigures, taught: Teaching, settings: Settings) -> None:
    from quizapp.ui.pictures import Pictures

    paper = terminal_paper(_WIDEST)
    draw = Pictures(paper.width - 1, settings.shown, paper.language, ascii=paper.ascii)
    pictures = (
        draw.overview(figures),
        draw.calendar(figures),
        draw.forecast(found, settings.interview),
        draw.by_stability(figures),
        draw.teaching(taught),
        draw.confidence(figures),
        draw.predictions(figures),
        draw.states(found),
        draw.hardest(found),
    )
    say_drawn(*(picture for picture in pictures if picture), most=_WIDEST, end="\n\n")
