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
    """One test for many entries."""
    made_here, answers, before = asked(tmp_path, entries, "C.UTF-8")
    assert len(answers) == len(made_here) > len(entries) - 6
    assert not {one.name: found for one in made_here if (found := list(wrong(one, answers[one.name])))}

    made = {path.relative_to(tmp_path) for path in listed(tmp_path) - before}
    assert not {path for path in made if path.parts[0] != "home" and path.name != "out.yaml"}
    assert not list(tmp_path.rglob("*pwned*"))

    for path in (tmp_path / name for name in made if name.name == "out.yaml"):
        deck, faults = load(path)
        assert deck is not None and not faults, (path, faults[:1])
        assert all(text == clean(text) for card in deck.cards for text in (card.q.en, card.a.en, *card.tags))


def asked(tmp_path: Path, entries: list[Hostile], locale: str) -> tuple[list[Hostile], dict[str, "Ended"], set[Path]]:
    """The entries that could be made here, each in a folder of its own; what each was answered by a process that was
    forked from one that has imported everything; what there was before."""
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
        env={**os.environ, "LC_ALL": locale},
    )  # fmt: skip
    return made_here, json.loads(done.stdout), before


# What stays Latin in Chinese: names, what one types, the fields of a deck.
LATIN = {
    *("quizapp", "check", "yaml", "json", "settings", "minutes", "my-deck", "Anki", "HTML", "YAML", "UTF-", "apkg"),
    *("colpkg", "Python", "JSON", "invalid", "syntax", "format", "deck", "title", "start", "cards", "free", "type"),
    *("level", "tier", "tags", "points", "refs", "seconds", "follow", "after", "demo", "true", "FSRS"),
}
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'-]{3,}")  # no English sentence has shorter ones only


@pytest.mark.skipif(not hasattr(os, "mkfifo") or not hasattr(os, "fork"), reason="needs POSIX")
@pytest.mark.parametrize("entries", [DECKS, PACKAGES, TEXTS], ids=["decks", "packages", "texts"])
def test_what_it_is_answered_in_chinese_has_no_latin_word_but_names_and_its_own(
    tmp_path: Path, entries: list[Hostile]
) -> None:
    made_here, answers, _ = asked(tmp_path, [one for one in entries if "--json" not in one.argv], "zh_CN.UTF-8")
    english, chinese = {}, 0
    for at, one in enumerate(made_here):
        own, out = " ".join(one.argv), re.sub(r"\S*/\S+", "", answers[one.name]["out"])
        for path in (tmp_path / f"{at:03}").rglob("*"):
            own += path.name
            if path.is_file():
                with path.open("rb") as file:
                    own += clean(file.read(1 << 20).decode("utf-8", "replace"))
        if entries is PACKAGES:  # what is quoted of a package is not seen from outside
            out = re.sub("（[^）]*）", "", out)
        chinese += bool(re.search("[\u4e00-\u9fff]", out))
        if found := {word for word in LATIN_WORD.findall(out) if word not in LATIN and word not in own}:
            english[one.name] = found, out[:300]
    assert english == {} and chinese > len(made_here) / 2
