"""Every entry of the corpus, in a process with bounds: what it should answer, in bounded time and memory, nothing for
the terminal to obey, nothing written outside."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from corpus import DECKS, LONG, PACKAGES, PACKED_MB, REVIEWS, ROWS, TEXTS, Hostile

from quizapp.cards.load import load
from quizapp.words import clean

if TYPE_CHECKING:
    from cell import Ended

MOST_SECONDS, MOST_MEGABYTES = 50 if LONG else 10, 1000  # generous: what hangs and what blows up is far beyond
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def wrong(one: Hostile, answer: "Ended") -> Iterator[str]:
    said = answer["out"]
    if "Traceback" in said:
        yield said[-2000:]
    if answer["code"] != one.code:
        yield f"exit {answer['code']}, not {one.code}: {said[-500:]}"
    if one.said not in said:
        yield f"does not say {one.said!r}: {said[:1000]}"
    if OBEYED.search(said):
        yield f"prints what a terminal obeys: {said[:500]!a}"
    if answer["seconds"] > MOST_SECONDS or answer["megabytes"] > MOST_MEGABYTES:
        yield f"took {answer['seconds']} s and {answer['megabytes']} MB"


def listed(top: Path) -> set[Path]:
    return {Path(folder) / name for folder, folders, files in os.walk(top) for name in (*folders, *files)}


@pytest.mark.skipif(not hasattr(os, "mkfifo") or not hasattr(os, "fork"), reason="needs POSIX")
@pytest.mark.parametrize("entries", [DECKS, PACKAGES, TEXTS], ids=["decks", "packages", "texts"])
def test_it_is_answered_clearly_within_bounds_and_writes_nothing_elsewhere(
    tmp_path: Path, entries: list[Hostile]
) -> None:
    """One test for many entries: they share a process that has imported everything, and forks one for each."""
    jobs, made_here = [], []
    for at, one in enumerate(entries):
        folder = tmp_path / f"{at:03}"
        folder.mkdir()
        try:
            one.make(folder)
        except OSError:
            if sys.platform == "linux":
                raise
            continue  # a name that the file system does not take
        made_here.append(one)
        jobs.append({"name": one.name, "argv": one.argv, "cwd": str(folder)})
    before = listed(tmp_path)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("cell.py")), str(tmp_path / "home"),
         *map(str, (PACKED_MB, ROWS, REVIEWS))],
        input=json.dumps(jobs), capture_output=True, text=True, timeout=900, check=True, cwd=tmp_path,
    )  # fmt: skip
    answers = json.loads(done.stdout)
    assert len(answers) == len(jobs) > len(entries) - 6
    assert not {one.name: found for one in made_here if (found := list(wrong(one, answers[one.name])))}

    made = {path.relative_to(tmp_path) for path in listed(tmp_path) - before}
    assert not {path for path in made if path.parts[0] != "home" and path.name != "out.yaml"}
    assert not list(tmp_path.rglob("*pwned*"))

    for path in (tmp_path / name for name in made if name.name == "out.yaml"):
        deck, faults = load(path)
        assert deck is not None and not faults, (path, faults[:1])
        assert all(text == clean(text) for card in deck.cards for text in (card.q.en, card.a.en, *card.tags))
