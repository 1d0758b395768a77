"""`quizapp plan`: expected recall on the interview date, by topic, and what it takes each day to get there."""

import argparse
from datetime import timedelta
from textwrap import shorten, wrap

from quizapp.commands import complain, desk_for, say, say_json
from quizapp.memory.schedule import study_day
from quizapp.study.outlook import ASSUMED, asked, falls_short, left_out, percent, when, work
from quizapp.study.plan import NoDay, read_day
from quizapp.study.readiness import Readiness, Topic, readiness, subjects
from quizapp.words import Shown

_SHORT = 10  # cards listed; --json has them all


def run(args: argparse.Namespace) -> int:
    desk, now = desk_for(args)
    day = study_day(now, desk.settings.rollover)
    interview = desk.settings.interview
    if args.date is not None:
        try:
            interview = read_day(args.date, day)
        except NoDay as error:
            complain(str(error))
            return 2
    if interview is None:
        if args.json:
            say_json({"interview": None})
        else:
            say(
                f"No interview date is set. Press r in the app, put a line such as 'interview: "
                f"{day + timedelta(days=30)}' into {desk.home.settings}, or give one for this call with --date."
            )
        return 0
    try:
        found = readiness(subjects(desk.library.decks, desk.standings, day), interview, now, desk.standings.rules)
    except NoDay as error:
        complain(f"{error} It stands in {desk.home.settings}.")
        return 1
    if args.json:
        say_json(_told(found))
    else:
        say("\n".join(_lines(found, desk.settings.follow_plan, desk.settings.shown)))
    return 0


def _told(found: Readiness) -> dict[str, object]:
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
        "load": [{"day": load.day, "new": load.new, "reviews": round(load.reviews, 1)} for load in found.load],
        "decks": [{"deck": deck.name, "title": deck.title, **_figures(deck)} for deck in found.decks],
        "tags": [{"tag": tag.name, **_figures(tag)} for tag in found.tags],
        "short": [
            {"key": short.card.key, "stop": round(short.stop, 4), "plan": round(short.plan, 4)} for short in found.short
        ],
    }


def _figures(topic: Topic) -> dict[str, object]:
    return {
        "cards": topic.cards,
        "unseen": topic.unseen,
        "stop": round(topic.stop, 4),
        "plan": round(topic.plan, 4),
    }


def _lines(found: Readiness, follows: bool, shown: Shown) -> list[str]:
    """What is printed for a person."""
    head = "Expected recall that day"
    width = max(len(head), *(len(deck.name) for deck in found.decks), 0)
    lines = [f"{when(found).en}.", "", f"{head:{width}}  cards  unseen  if you stop now  if you follow the plan"]
    for topic in (*found.decks, found.all):
        name, stop, plan = topic.name or "all", percent(topic.stop), percent(topic.plan)
        lines.append(f"{name:{width}}  {topic.cards:5}  {topic.unseen:6}  {stop:>15}  {plan:>22}")
    lines += [said.en for said in left_out(found)]
    lines += ["", *(said.en for said in work(found))]
    if found.new_until is not None and not follows:
        lines.append("Set 'follow_plan: true' in settings.yaml, and the queue gives the plan's new cards each day.")
    if found.short:
        lines += ["", f"{falls_short(found).en}:"]
        for short in found.short[:_SHORT]:
            question = shorten(asked(short.card, shown), 60, placeholder=" …")
            stop, plan = percent(short.stop), percent(short.plan)
            lines.append(f"  {stop:>4}, with the plan {plan:>4}  {short.card.key}  {question}")
        if len(found.short) > _SHORT:
            lines.append(f"  … {len(found.short) - _SHORT} more: --json lists them.")
    return [*lines, "", *wrap(ASSUMED.en, 100)]
