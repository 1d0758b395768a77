"""`quizapp examiner`: who listens to what one types, and what that took; sets it up, and with `--test` examines it."""

import argparse
import os
from collections.abc import Iterator
from importlib.util import find_spec

from quizapp.commands import complain, said, say, say_json, terminal_paper
from quizapp.commands.columns import cells, padded, wrapped
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.measure import agreement
from quizapp.examiner.place import Place, check_key_name, examiner_place, read_address
from quizapp.examiner.record import Record, Spent
from quizapp.install_hint import hint
from quizapp.paths import Home, find_home
from quizapp.settings import Settings, UnfitSetting, typed
from quizapp.settings_file import read_settings, save_setting
from quizapp.texts import Sentence, tell

_WIDEST = 120  # columns
_ROWS = 14  # of what it took by day; --json has them all
_COLUMNS = ("day", "model", "times", "tokens_in", "tokens_out", "seconds")


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    try:
        _set_up(home, args)
    except (ExaminerFault, UnfitSetting) as error:
        complain(error.sentence)
        return 2
    settings = read_settings(home.settings)
    place, record = examiner_place(settings), Record(home.examiner)
    if args.test:
        if place is None:
            complain(tell("examiner_command.none"))
            return 2
        from quizapp.commands.examine_examiner import examine_examiner

        return examine_examiner(place, record, home, args)
    if args.json:
        say_json(_plain(settings, place, record))
    else:
        say("\n".join((*_standing(settings, place, record), *_taken(record.spent()))))
    return 0


def _set_up(home: Home, args: argparse.Namespace) -> None:
    """Write what the call sets; "" takes it out. Raises ExaminerFault or UnfitSetting before anything is written."""
    if args.key:
        check_key_name(args.key)  # first, as it does not repeat what may be a key
    if args.address:
        read_address(args.address)
    given = {f"examiner_{name}": getattr(args, name) for name in ("address", "model", "key")}
    values = {name: typed(name, value) for name, value in given.items() if value is not None}
    for name, value in values.items():
        save_setting(home.settings, name, value or None)


def _standing(settings: Settings, place: Place | None, record: Record) -> Iterator[str]:
    """What is set and what is there, a line each."""
    none = tell("examiner_command.nothing")
    rows: list[tuple[str, Sentence | str]] = [
        ("address", settings.examiner_address or none),
        ("model", settings.examiner_model or none),
        ("key", _key(settings.examiner_key) or none),
        ("client", tell(f"examiner_command.client_{'there' if _client() else 'missing'}", install=hint("examiner"))),
    ]
    if place is not None:
        agreed = record.agreed(place.address)
        rows.append(("consent", tell(f"examiner_command.consent_{'given' if agreed else 'missing'}")))
        rows.append(("test", agreement(record.tested(place))))
    names = [said(tell(f"examiner_command.row_{name}")) for name, _ in rows]
    width = max(map(cells, names))
    for name, (_, what) in zip(names, rows, strict=True):
        first, *more = wrapped(said(what), terminal_paper(_WIDEST).width - width - 2)
        yield f"{padded(name, width)}  {first}"
        yield from (f"{padded('', width)}  {line}" for line in more)
    if place is None:
        yield f"\n{said(tell('examiner_command.none'))}"


def _client() -> bool:
    return find_spec("httpx") is not None


def _key(named: str) -> Sentence | str:
    """What names the key, and whether a variable is there; the key is not looked at."""
    kind, _, name = named.partition(":")
    missing = kind == "env" and name not in os.environ
    return _misnamed(named) or (tell("examiner_command.key_missing", key=named) if missing else named)


def _misnamed(named: str) -> Sentence | None:
    """What to say where the settings name no key: perhaps it is the key itself, which is shown nowhere."""
    try:
        check_key_name(named)
    except ExaminerFault as fault:
        return fault.sentence
    return None


def _taken(spent: tuple[Spent, ...]) -> Iterator[str]:
    """What it took, by day, under a heading."""
    if not spent:
        return
    heading = [said(tell(f"examiner_command.spent_{name}")) for name in _COLUMNS]
    rows = [heading, *(_row(one) for one in spent[:_ROWS])]
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    yield ""
    for row in rows:
        placed = (padded(*cell, right=at > 1) for at, cell in enumerate(zip(row, widths, strict=True)))
        yield "  ".join(placed).rstrip()
    if len(spent) > _ROWS:
        yield said(tell("examiner_command.spent_more", n=len(spent) - _ROWS))


def _row(one: Spent) -> list[str]:
    took = f"{one.seconds:,.0f} s"
    return [str(one.day), said(one.model), f"{one.times:,}", f"{one.tokens_in:,}", f"{one.tokens_out:,}", took]


def _plain(settings: Settings, place: Place | None, record: Record) -> dict[str, object]:
    """What --json prints."""
    return {
        "address": settings.examiner_address,
        "model": settings.examiner_model,
        "key": None if _misnamed(settings.examiner_key) else settings.examiner_key,
        "client": _client(),
        "agreed": place is not None and record.agreed(place.address),
        "tested": place and record.tested(place),
        "spent": record.spent(),
    }
