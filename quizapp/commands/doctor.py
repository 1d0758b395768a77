"""`quizapp doctor`: what is in the home, whether every line of it is whole, and with `--mend` what can be mended."""

import argparse
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from quizapp.cards.library import Library, read_library
from quizapp.commands import said, say, say_json
from quizapp.memory.all_journals import foreign_fault, journals, strays
from quizapp.memory.device import this_device
from quizapp.memory.events import Link, RulesNamed, link
from quizapp.memory.line import LONGEST_LINE
from quizapp.memory.reader import Reader, open_plain
from quizapp.memory.recorder import Recorder
from quizapp.memory.replay import Standing, fold
from quizapp.memory.rules_named import named_rules
from quizapp.memory.schedule import Rules
from quizapp.memory.snapshot import Snapshot, known_by
from quizapp.memory.standings import Standings
from quizapp.paths import BUNDLED_DECKS, Home, find_home
from quizapp.texts import Sentence, os_reason, raised, tell

_MOST_SNAPSHOT = 1 << 30


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    library = read_library([], user=home.decks, bundled=BUNDLED_DECKS)
    renames = library.renames()
    if args.mend:
        for what in _mend(home, renames):
            say(tell("keeping.doctor.mended", what=what))
    found, problems = _journals(home)
    standings = replayed(home.root, renames)
    problems += list(_snapshot(home, standings, renames))
    notes = list(_notes(home, library, standings))
    if args.json:
        orphans = sorted(standings.keys() - library.keys.keys())
        say_json({"home": str(home.root), "journals": found, "problems": [*map(str, problems)], "orphans": orphans})
        return 1 if problems else 0
    say(tell("keeping.doctor.head", home=home.root, n=len(standings)))
    for journal in found:
        id_ = "keeping.doctor.own_journal" if journal["mine"] else "keeping.doctor.journal"
        events = tell("keeping.doctor.events", n=journal["events"])
        say(tell(id_, file=journal["file"], events=events, bytes=tell("keeping.doctor.bytes", n=journal["bytes"])))
    for note in notes:
        say(f"  {said(note)}")
    for problem in problems:
        say(tell("keeping.doctor.problem", what=problem))
    say(tell("keeping.doctor.mend") if problems else tell("keeping.doctor.well"))
    return 1 if problems else 0


def replayed(home: Path, renames: Mapping[str, str]) -> dict[str, Standing]:
    """How every card stands by the journals alone; writes nothing."""
    rules: dict[str, Rules] = {}
    histories: dict[str, list[Link]] = {}
    for path in journals(home).values():
        with suppress(OSError):
            for event in Reader(path):
                if isinstance(event, RulesNamed) and (named := named_rules(event)) is not None:
                    rules.setdefault(event.name, named)
                elif (place := link(event)) is not None:
                    histories.setdefault(renames.get(place.card, place.card), []).append(place)
    return {key: fold(events, rules) for key, events in histories.items()}


def _journals(home: Home) -> tuple[list[dict[str, object]], list[Sentence | str]]:
    """Every journal, verified line by line."""
    found: list[dict[str, object]] = []
    problems: list[Sentence | str] = [*strays(home.root)]
    for device, path in journals(home.root).items():
        reader = Reader(path)
        file = f"journal/{path.name}"
        mine = device == this_device(home.root)
        try:
            events = sum(1 for _ in reader)
            with open_plain(path) as opened:
                why = None if mine or reader.newer else foreign_fault(opened.read(LONGEST_LINE), device)
        except OSError as error:
            problems.append(tell("keeping.doctor.unread", file=file, why=os_reason(error)))
            continue
        if why:
            problems.append(tell("keeping.doctor.not_synced", file=file, why=why))
        found.append({"file": file, "events": events, "bytes": path.stat().st_size, "mine": mine})
        if reader.damaged:
            first = reader.bad[0]
            where = {"offset": first.offset, "why": first.why}
            problems.append(tell("keeping.doctor.damaged", file=file, n=reader.damaged, **where))
        if reader.missing:
            problems.append(tell("keeping.doctor.missing", file=file, n=reader.missing))
        if reader.torn:
            problems.append(tell("keeping.doctor.torn", file=file, n=len(reader.torn)))
        if reader.newer is not None:
            problems.append(tell("keeping.doctor.newer", file=file, format=reader.newer))
    return found, problems


def _snapshot(home: Home, standings: Mapping[str, Standing], renames: Mapping[str, str]) -> Iterator[Sentence]:
    """Whether progress.json says what the journals say; `renames` lead from the former keys of cards to today's."""
    path = home.root / "progress.json"
    if not os.path.lexists(path):
        return
    try:
        with open_plain(path) as file:
            snapshot = msgspec.json.decode(file.read(_MOST_SNAPSHOT), type=Snapshot)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        why = os_reason(error) if isinstance(error, OSError) else raised(error)
        yield tell("keeping.doctor.no_snapshot", why=why)
        return
    behind = sum(
        max(0, file.stat().st_size - position.bytes)
        for device, file in journals(home.root).items()
        if (position := snapshot.journals.get(device)) is not None
    )
    if behind or snapshot.journals.keys() != journals(home.root).keys():
        return  # the next start reads on
    if known_by(snapshot, renames).moved():
        return  # cards were renamed since: the next start follows them
    differing = {key for key in standings.keys() | snapshot.cards if standings.get(key) != snapshot.cards.get(key)}
    if differing:
        yield tell("keeping.doctor.differs", n=len(differing), key=min(differing))


def _notes(home: Home, library: Library, standings: Mapping[str, Standing]) -> Iterator[Sentence]:
    orphans = sorted(standings.keys() - library.keys.keys())
    if orphans:
        some = ", ".join(orphans[:5]) + (", ..." if len(orphans) > 5 else "")
        yield tell("keeping.doctor.orphans", n=len(orphans), some=some)
    for path in sorted((home.root / "journal").glob("*.damaged")):
        with suppress(OSError), open_plain(path) as file:
            yield tell("keeping.doctor.set_aside", file=f"journal/{path.name}", n=sum(1 for _ in file))
    for fault in library.faults:
        yield tell("common.at", place=f"{fault.file}{fault.at}", what=fault.message)
    yield from library.notes


def _mend(home: Home, renames: Mapping[str, str]) -> list[Sentence | str]:
    """Cut off a torn end, set damaged lines aside, and make progress.json from the journals."""
    recorder = Recorder(Standings(home.root, Rules(), renames))
    recorder.standings.read_on()
    recorder.standings.save(anew=True)
    recorder.close()
    return [*recorder.standings.notices, tell("keeping.doctor.snapshot_made")]
