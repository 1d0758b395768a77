"""`quizapp doctor`: what is in the home, whether every line of it is whole, and with `--mend` what can be mended."""

import argparse
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from quizapp.cards.library import Library, read_library
from quizapp.commands import say, say_json
from quizapp.memory.all_journals import foreign_fault, journals, strays
from quizapp.memory.device import this_device
from quizapp.memory.events import Link, RulesNamed, link, named_rules
from quizapp.memory.line import LONGEST_LINE
from quizapp.memory.reader import Reader, open_plain
from quizapp.memory.recorder import Recorder
from quizapp.memory.replay import Standing, fold
from quizapp.memory.schedule import Rules
from quizapp.memory.snapshot import Snapshot
from quizapp.memory.standings import Standings
from quizapp.paths import BUNDLED_DECKS, Home, find_home

_MOST_SNAPSHOT = 1 << 30


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    library = read_library([], user=home.decks, bundled=BUNDLED_DECKS)
    renames = library.renames()
    if args.mend:
        for sentence in _mend(home, renames):
            say(f"mended: {sentence}")
    found, problems = _journals(home)
    standings = replayed(home.root, renames)
    problems += list(_snapshot(home, standings))
    notes = list(_notes(home, library, standings))
    if args.json:
        orphans = sorted(standings.keys() - library.keys.keys())
        report = {"home": str(home.root), "journals": found, "problems": problems, "orphans": orphans}
        say_json(report)
        return 1 if problems else 0
    say(f"{home.root}: {len(standings)} cards with a history")
    for journal in found:
        mine = "  (this device)" if journal["mine"] else ""
        say(f"  {journal['file']}: {journal['events']} events, {journal['bytes']} bytes{mine}")
    for note in notes:
        say(f"  {note}")
    for problem in problems:
        say(f"problem: {problem}")
    say("Nothing is amiss." if not problems else "'quizapp doctor --mend' mends what can be mended.")
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


def _journals(home: Home) -> tuple[list[dict[str, object]], list[str]]:
    """Every journal, verified line by line."""
    found: list[dict[str, object]] = []
    problems = list(map(str, strays(home.root)))
    for device, path in journals(home.root).items():
        reader = Reader(path)
        file = f"journal/{path.name}"
        mine = device == this_device(home.root)
        try:
            events = sum(1 for _ in reader)
            with open_plain(path) as opened:
                why = None if mine or reader.newer else foreign_fault(opened.read(LONGEST_LINE), device)
        except OSError as error:
            problems.append(f"{file} cannot be read ({error.strerror}); what it says is missing")
            continue
        if why:
            problems.append(f"{file} is not synced: {why}")
        found.append({"file": file, "events": events, "bytes": path.stat().st_size, "mine": mine})
        if reader.damaged:
            first = reader.bad[0]
            problems.append(f"{file} has {reader.damaged} damaged lines, the first at byte {first.offset}: {first.why}")
        if reader.missing:
            problems.append(f"{file} lacks {reader.missing} lines that were once written")
        if reader.torn:
            problems.append(f"{file} ends in a line that was cut short, as by a crash ({len(reader.torn)} bytes)")
        if reader.newer is not None:
            problems.append(f"{file} is of format {reader.newer}, newer than this quizapp knows: update quizapp")
    return found, problems


def _snapshot(home: Home, standings: Mapping[str, Standing]) -> Iterator[str]:
    """Whether progress.json says what the journals say."""
    path = home.root / "progress.json"
    if not os.path.lexists(path):
        return
    try:
        with open_plain(path) as file:
            snapshot = msgspec.json.decode(file.read(_MOST_SNAPSHOT), type=Snapshot)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield f"progress.json cannot be read ({error}); the next start makes it again"
        return
    behind = sum(
        max(0, file.stat().st_size - position.bytes)
        for device, file in journals(home.root).items()
        if (position := snapshot.journals.get(device)) is not None
    )
    if behind or snapshot.journals.keys() != journals(home.root).keys():
        return  # the next start reads on
    differing = {key for key in standings.keys() | snapshot.cards if standings.get(key) != snapshot.cards.get(key)}
    if differing:
        yield f"progress.json differs from the journals for {len(differing)} cards, such as {min(differing)}"


def _notes(home: Home, library: Library, standings: Mapping[str, Standing]) -> Iterator[str]:
    orphans = sorted(standings.keys() - library.keys.keys())
    if orphans:
        some = ", ".join(orphans[:5]) + (", ..." if len(orphans) > 5 else "")
        yield f"{len(orphans)} cards are in no deck any more; their history is kept: {some}"
    for path in sorted((home.root / "journal").glob("*.damaged")):
        with suppress(OSError), open_plain(path) as file:
            yield f"journal/{path.name}: {sum(1 for _ in file)} lines set aside"
    for fault in library.faults:
        yield f"{fault.file}{fault.at}: {fault.message}"


def _mend(home: Home, renames: Mapping[str, str]) -> list[str]:
    """Cut off a torn end, set damaged lines aside, and make progress.json from the journals."""
    recorder = Recorder(Standings(home.root, Rules(), renames))
    recorder.standings.read_on()
    recorder.standings.save(anew=True)
    recorder.close()
    return [*map(str, recorder.standings.notices), "progress.json was made again from the journals"]
