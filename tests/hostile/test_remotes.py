"""Syncing with a place that strangers write to: whatever is there, the user's grades stay whole, nothing of the user's
goes out but journals, what is bad is named, and what is good is united."""

import itertools
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from remotes import FOLDERS, HONEST, SECRET, Hostile, World, at_random, of, world

from quizapp import disk
from quizapp.cli import main
from quizapp.memory.all_journals import foreign_fault

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
CARD = "five-questions/distillation-improvements"
LONGER_S = int(os.environ.get("QUIZAPP_FUZZ_S", "0"))

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "sync", lambda fd: None)


def seeds(count: int) -> Iterator[int]:
    """So many, and then others for as long as QUIZAPP_FUZZ_S says."""
    until = time.monotonic() + LONGER_S
    for seed in itertools.count():
        if seed >= count and time.monotonic() > until:
            return
        yield seed


def wrong(place: World, said: str) -> Iterator[str]:
    """What a sync may not have done."""
    if OBEYED.search(said):
        yield f"prints what a terminal obeys: {said!a}"
    if not place.journal.read_bytes().startswith(place.mine):
        yield "one's own journal is not what it was"
    if place.secret.read_bytes() != SECRET:
        yield "a file of the user's was changed"
    for folder, links_as_well in ((place.home / "journal", False), (place.folder, True)):
        for path in folder.iterdir():
            if path.is_symlink() or not path.is_file():
                if not links_as_well:
                    yield f"{path} came in"
            elif path.stat().st_size < 1_000_000 and path.stat().st_ino != place.secret.stat().st_ino:
                data = path.read_bytes()
                if not links_as_well and foreign_fault(data, path.stem):
                    yield f"{path} came in and is no journal"
                if links_as_well and SECRET in data:
                    yield f"{path} got the user's secret"


@pytest.mark.parametrize("one", FOLDERS, ids=lambda one: one.name)
def test_what_is_bad_is_named_and_the_rest_is_united(
    tmp_path: Path, one: Hostile, capsys: pytest.CaptureFixture[str]
) -> None:
    place = world(tmp_path)
    one.make(place)
    theirs = {path.name for path in place.folder.iterdir()}
    assert main(["--home", str(place.home), "sync", str(place.folder)]) == 1
    out, err = capsys.readouterr()
    assert one.said in err and len(err.splitlines()) == 1, err
    assert not list(wrong(place, out + err))
    assert place.journal.read_bytes() == place.mine
    assert (place.home / "journal" / f"{HONEST}.jsonl").read_bytes() == of(HONEST, 4)
    assert {path.name for path in place.folder.iterdir()} == theirs | {place.journal.name}
    if place.journal.name not in theirs:
        assert (place.folder / place.journal.name).read_bytes() == place.mine


def test_a_hostile_folder_costs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = world(tmp_path)
    bad = ("a link to a key", "git's magic", "escapes", "no text", "capitals")
    for one in FOLDERS:
        if one.name in bad:
            one.make(place)
    (place.folder / "newer.jsonl").write_bytes(of("newer", 2, 2))
    (place.home / "journal" / "key.jsonl").symlink_to(place.secret)
    assert main(["--home", str(place.home), "grade", CARD, "good"]) == 0
    mine = place.journal.read_bytes()
    assert mine.startswith(place.mine) and b'"grade":"good"' in mine
    assert main(["--home", str(place.home), "sync", str(place.folder)]) == 1
    out, err = capsys.readouterr()
    assert "1 journal came, 1 went" in out and err.count("was left out") == len(bad) + 2
    (place.home / "journal" / "key.jsonl").unlink()
    assert place.journal.read_bytes() == mine and not list(wrong(place, out + err))
    another = tmp_path / "another"
    assert main(["--home", str(another), "sync", str(place.folder)]) == 1
    came = {path.name: path.read_bytes() for path in (another / "journal").iterdir()}
    assert came == {place.journal.name: mine, f"{HONEST}.jsonl": of(HONEST, 4)}


@pytest.mark.parametrize("one", [FOLDERS[0], FOLDERS[6], FOLDERS[8]], ids=lambda one: one.name)
def test_what_is_no_journal_at_home_does_not_go_out(
    tmp_path: Path, one: Hostile, capsys: pytest.CaptureFixture[str]
) -> None:
    place = world(tmp_path)
    one.make(place._replace(folder=place.home / "journal"))
    assert main(["--home", str(place.home), "sync", str(place.folder)]) == 1
    assert one.said in capsys.readouterr().err
    assert {path.name for path in place.folder.iterdir()} == {f"{HONEST}.jsonl", place.journal.name}


def test_a_folder_full_of_journals_does_not_keep_ones_own_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = world(tmp_path)
    for n in range(60):
        (place.folder / f"0{n}.jsonl").write_bytes(of(f"0{n}", 2) if n % 2 else b"no journal\n")
    monkeypatch.setattr("quizapp.memory.union.MOST_JOURNALS", 55)
    assert main(["--home", str(place.home), "sync", str(place.folder)]) == 1
    err = capsys.readouterr().err.splitlines()
    assert (
        "holds 62 journals, of which 55 are looked at" in err[0] and len(err) == 21 and "others like these" in err[-1]
    )
    assert (place.folder / place.journal.name).read_bytes() == place.mine


def test_at_random(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for seed in seeds(40):
        place = world(tmp_path / str(seed))
        at_random(seed)(place)
        for _ in range(2):
            assert main(["--home", str(place.home), "sync", str(place.folder)]) in (0, 1)
            out, err = capsys.readouterr()
            assert not list(wrong(place, out + err)), seed
