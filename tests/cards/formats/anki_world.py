"""What the tests of Anki's packages share: one of its own, changed; a deck whose cards have a past in a home."""

import sqlite3
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import GRADES, Rules, study_day
from quizapp.memory.standings import open_standings

DATA = Path(__file__).parents[1] / "data"


def changed(folder: Path, *statements: str, name: str = "collection.anki21") -> Path:
    """The legacy package with its collection changed, and stored under `name`."""
    with zipfile.ZipFile(DATA / "anki-history-legacy.apkg") as archive:
        (folder / "db").write_bytes(archive.read("collection.anki21"))
    with sqlite3.connect(folder / "db") as tables:
        for statement in statements:
            tables.execute(statement)
    tables.close()
    path = folder / "anki-history.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "db", name)
    return path


def a_deck(path: Path, count: int) -> list[str]:
    """Write a deck with `count` cards, of each five notes one a cloze with two; the keys of its cards."""
    entries: list[str] = []
    ids: list[str] = []
    while len(ids) < count:
        n = len(ids)
        if n % 6 == 0:
            entries.append(f"  - {{id: n{n}, type: cloze, text: '{{{{c1::A{n}}}}} and {{{{c2::B{n}}}}}'}}\n")
            ids += [f"n{n}:c1", f"n{n}:c2"]
        else:
            entries.append(f"  - {{id: n{n}, q: What is {n}?, a: It is {n}.}}\n")
            ids.append(f"n{n}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("cards:\n" + "".join(entries))
    return [f"{path.stem}/{one}" for one in ids]


def live(home: Path, keys: list[str], now: datetime, random: Random, rules: Rules) -> Recorder:
    """Review the cards for up to two years before `now`, early, in time and late, and change a few."""
    recorder = Recorder(open_standings(home, rules=rules))
    for key in keys:
        at = now - timedelta(days=random.choice([0.3, 2, 20, 200, 700]) * random.random(), minutes=5)
        for _ in range(random.randrange(14)):
            grade = random.choices(GRADES, (2, 2, 8, 1))[0]
            outcome = recorder.standings.preview(key, at)[grade]
            event = recorder.review(key, outcome, at)
            due = outcome.memory.due or at
            if random.random() < 0.03:
                recorder.undo(event.id, at)
            elif random.random() < 0.03:
                recorder.change(key, "reset", at + timedelta(seconds=1))
            late = (due - at) * random.choice([0.5, 1, 1, 1.3]) if random.random() < 0.9 else timedelta(hours=2)
            at += max(late, timedelta(seconds=2))
            if outcome.memory.state == "review":  # Anki counts the very second at which a day begins to the one before
                at += timedelta(minutes=random.randrange(1, 20 * 60))
            if at > now - timedelta(minutes=1):
                break
        if random.random() < 0.05:
            recorder.change(key, random.choice(("suspended", "flagged")), now)
    return recorder


def day_of(moment: datetime, now: datetime) -> str:
    """The study day of a moment, for a user who has `now`."""
    return study_day(moment.astimezone(now.tzinfo), 4).isoformat()
