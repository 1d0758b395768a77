"""Whatever a stranger's demo holds, it is read or refused in a sentence, soon, and what is shown is all that compiles.

QUIZAPP_FUZZ_S=600 looks for more for ten minutes; what it finds is kept in cases/demos.
"""

import os
import random
import shutil
import time
import warnings
from pathlib import Path

import pytest
from strangers import folder

from quizapp.lab.review import review
from quizapp.lab.script import Script, ScriptError, read_demos, read_script
from quizapp.lab.source import decoded, is_unseen
from quizapp.lab.trust import Trust
from quizapp.words import clean

CASES = sorted((Path(__file__).parent / "cases" / "demos").iterdir())
MOST_S = 3.0  # of processor time, for all that the app does with one folder


def examined(path: Path) -> Script | None:
    """The demo in `path`, if it is one, read, listed, asked for and shown as the app does."""
    start = time.thread_time()
    script = None
    try:
        script = read_script(path)
    except ScriptError as error:
        assert str(error) == clean(str(error)) and "\n" not in str(error)
    found, faults = read_demos([path.parent])
    assert all(str(fault) == clean(str(fault)) for fault in faults)
    if script is not None:
        assert "one" in [script.name for script in found]
        shown(script, path.parent)
    assert time.thread_time() - start < MOST_S
    return script


def shown(script: Script, place: Path) -> None:
    trust = Trust(place / "home" / "trust.json")
    assert not trust.trusted(script, place / "none")
    trust.allow(script)
    before = trust.before(script)
    found = review(script, before)
    assert before is not None and found.changes == ""
    assert script.title == clean(script.title) and script.about == clean(script.about)
    for (name, text), source in zip(found.files, (script.source, *script.sources), strict=True):
        assert not any(is_unseen(c) for c in name + text)
        lines = decoded(source).replace("\r\n", "\n").split("\n")
        assert len(lines) == len(text.split("\n")), "a line of an editor is a line of Python"
        assert len("\n".join(lines).splitlines()) in (len(lines), len(lines) - 1)
        for line, seen in zip(lines, text.split("\n"), strict=True):
            assert line == seen or any(is_unseen(c) for c in line)
    review(script, {name: source[::-1] for name, source in before.items()})


@pytest.fixture(autouse=True)
def _quiet() -> None:
    warnings.simplefilter("ignore")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_what_was_found_once(case: Path, tmp_path: Path) -> None:
    if case.is_dir():
        shutil.copytree(case, tmp_path / "deck", symlinks=True)
    else:
        (tmp_path / "deck").mkdir()
        shutil.copy(case, tmp_path / "deck" / "one.py")
    script = examined(tmp_path / "deck" / "one.py")
    assert (script is None) == case.name.startswith("refused")


def test_hostile_demos(tmp_path: Path) -> None:
    until = time.monotonic() + int(os.environ.get("QUIZAPP_FUZZ_S", "0"))
    seed = 0 if until <= time.monotonic() + 1 else random.randrange(10**9)
    done = 0
    while done < 15 or time.monotonic() < until:
        place = tmp_path / str(seed)
        folder(random.Random(seed), place)
        try:
            examined(place / "one.py")
        except BaseException as error:
            raise AssertionError(f"folder(random.Random({seed}), ...): {error!r}") from error
        shutil.rmtree(place)
        seed, done = seed + 1, done + 1
