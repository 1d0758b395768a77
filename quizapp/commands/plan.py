"""`quizapp plan`: expected recall on the interview date, by topic, and what it takes each day to get there."""

import argparse
from collections.abc import Mapping
from datetime import timedelta

from msgspec.structs import replace

from quizapp.cards.library import deck_titles
from quizapp.commands import WIDEST_TITLE, complain, said, say, say_json, user_language
from quizapp.commands.columns import cells, padded, wrapped
from quizapp.commands.selection import chosen_desk
from quizapp.memory.schedule import study_day
from quizapp.study.course import outset
from quizapp.study.day import minutes
from quizapp.study.plan import NoDay, read_day
from quizapp.study.readiness import Readiness, Topic, readiness
from quizapp.study.readiness_words import (
    ASSUMED,
    daily_work,
    falls_short,
    interview_day,
    left_out,
    pace,
    percent,
    question_line,
    remedy,
    to_do_today,
    wholes,
)
from quizapp.texts import Sentence, tell
from quizapp.words import Shown

_SHORT = 10  # cards listed; --json has them all


def run(args: argparse.Namespace) -> int:
    desk, now = chosen_desk(args)
    day = study_day(now, desk.settings.rollover)
    settings = desk.settings
    interview = settings.interview
    if args.date is not None:
        try:
            interview = read_day(args.date, day)
        except NoDay as error:
            complain(error.sentence)
            return 2
    if interview is None:
        if args.json:
            say_json({"interview": None})
        else:
            example = day + timedelta(days=30)
            say(tell("commands.plan.no_date", example=example, settings=desk.home.settings))
        return 0
    try:
        settings = replace(settings, interview=interview)
        start = outset(desk.library.decks, desk.standings, settings, now)
        found = readiness(start, interview, now, desk.standings.rules, settings)
    except NoDay as error:
        complain(tell("commands.plan.stands_in", why=error.sentence, settings=desk.home.settings))
        return 1
    if args.json:
        say_json(_plain(found))
    else:
        today = to_do_today(start.waits, minutes(start.waits, desk.standings))
        say("\n".join(_lines(found, today, deck_titles(desk.library.decks, user_language()), desk.settings.shown)))
    return 0


def _plain(found: Readiness) -> dict[str, object]:
    """What --json prints."""
    return {
        "interview": found.interview,
        "days": found.days,
        "retention": found.retention,
        **_figures(found.all),
        "suspended": found.suspended,
        "below": found.below,
        "new_per_day": found.new_a_day,
        "reviews_per_day": round(found.reviews_a_day, 1),
        "minutes_per_day": round(found.minutes_a_day, 1),
        "minutes_enough": None if found.never else found.enough,
        "load": [
            {
                "day": load.day,
                "new": load.new,
                "reviews": round(load.reviews, 1),
                "minutes": round(load.minutes, 1),
            }
            for load in found.load
        ],
        "core": _figures(found.core),
        "rest": _figures(found.rest),
        "decks": [{"deck": deck.name, "title": deck.title, **_figures(deck)} for deck in found.decks],
        "tags": [{"tag": tag.name, **_figures(tag)} for tag in found.tags],
        "short": [
            {"key": short.card.key, "stop": round(short.stop, 4), "plan": round(short.plan, 4)} for short in found.short
        ],
        "left_out": [card.key for card in found.left],
    }


def _figures(topic: Topic) -> dict[str, object]:
    return {
        "cards": topic.cards,
        "unseen": topic.unseen,
        "left": topic.left,
        "stop": round(topic.stop, 4),
        "plan": round(topic.plan, 4),
    }


def _lines(found: Readiness, today: Sentence, titles: Mapping[str, str], shown: Shown) -> list[str]:
    """What is printed for a person; `titles` are those of the decks by their names."""
    from quizapp.draw.paper import shortened

    lines = [said(tell("commands.stop", what=interview_day(found))), "", *_table(found, titles)]
    lines += map(said, left_out(found))
    if found.days:
        lines += ["", *map(said, filter(None, (today, remedy(found), pace(found))))]
    lines += ["", *map(said, daily_work(found))]
    if found.short:
        lines += ["", said(tell("commands.plan.short", what=falls_short(found)))]
        for short in found.short[:_SHORT]:
            recall = {"stop": percent(short.stop), "plan": percent(short.plan)}
            question = shortened(question_line(short.card, shown), 60, "…")
            lines.append(said(tell("commands.plan.card", key=short.card.key, question=question, **recall)))
        if len(found.short) > _SHORT:
            lines.append(said(tell("commands.plan.more", n=len(found.short) - _SHORT)))
    return [*lines, "", *wrapped(said(ASSUMED), 100)]


def _table(found: Readiness, titles: Mapping[str, str]) -> list[str]:
    """A line for every deck, for the core and for all cards: how many they are, those never seen, those that the plan
    leaves out, and the expected recall."""
    names = ("recall", "cards", "unseen", "left", "stop", "follow")
    head, *columns = (said(tell(f"commands.plan.{name}")) for name in names)
    rows = [(titles[deck.name], deck) for deck in found.decks]
    rows += [(said(name), topic) for name, topic in wholes(found)]
    width = min(WIDEST_TITLE, max(cells(head), *(cells(title) for title, _ in rows)))
    lines = [[padded(head, width), *columns]]
    for title, topic in rows:
        figures = (str(topic.cards), str(topic.unseen), str(topic.left), percent(topic.stop), percent(topic.plan))
        placed = (
            padded(figure, max(4, cells(name)), right=True) for figure, name in zip(figures, columns, strict=True)
        )
        lines.append([padded(title, width), *placed])
    return ["  ".join(line) for line in lines]
