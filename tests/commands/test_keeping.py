"""sync, backup, restore and undo, as a user calls them."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.cli import main
from quizapp.memory.replay import Standing
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
CARDS = ("five-questions/distillation-and-unlabelled-data", "five-questions/distillation-improvements")


def at(home: Path, *words: str) -> int:
    return main(["--home", str(home), *words])


def due(home: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    capsys.readouterr()
    assert at(home, "due", "--json") == 0
    total: dict[str, int] = json.loads(capsys.readouterr().out)["total"]
    return total


def recorder(home: Path) -> dict[str, Standing]:
    from quizapp.memory.schedule import Rules
    from quizapp.memory.standings import open_standings

    return dict(open_standings(home, rules=Rules()).all)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("kind", ["git", "folder"])
def test_two_homes_meet_through_a_third_place(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = tmp_path / ("remote.git" if kind == "git" else "shared")
    if kind == "git":
        subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    else:
        remote.mkdir()
    monkeypatch.chdir(tmp_path)
    remote = Path(remote.name)  # as one types it
    one, two = tmp_path / "one", tmp_path / "two"
    assert at(one, "grade", CARDS[0], "good") == 0
    assert at(two, "grade", CARDS[0], "again") == 0  # a conflict: the same card on both
    assert at(two, "grade", CARDS[1], "easy") == 0
    counts = [
        "0 journals came, 1 went",
        "1 journal came, 1 went",
        "1 journal came, 0 went",
        "0 journals came, 0 went",
    ]
    for home, count in zip((one, two, one, one), counts, strict=True):
        capsys.readouterr()
        assert at(home, "sync", str(remote)) == 0
        assert count in capsys.readouterr().out
    assert recorder(one) == recorder(two)
    assert due(one, capsys) == due(two, capsys)


def test_a_remote_that_cannot_be_reached_is_said_and_costs_nothing(
    tmp_path: Path, quizapp: Call, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", "false")
    quizapp("grade", CARDS[0], "good")
    before = {path: path.read_bytes() for path in (home.root / "journal").iterdir()}
    code, _, err = quizapp("sync", "nowhere:gone.git")
    assert code == 1 and "sync again" in err and len(err.strip().splitlines()) == 1
    code, _, err = quizapp("sync", str(tmp_path / "gone"))
    assert code == 2 and "no folder" in err
    assert {path: path.read_bytes() for path in (home.root / "journal").iterdir()} == before


def test_backup_and_restore_into_an_empty_and_into_an_existing_home(
    tmp_path: Path, quizapp: Call, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    quizapp("grade", CARDS[0], "good")
    home.decks.mkdir()
    (home.decks / "mine.yaml").write_text("cards:\n  - {id: x, q: Q?, a: A.}\n")
    home.prompts.mkdir()
    (home.prompts / "judge.txt").write_text("Be strict.")
    file = tmp_path / "kept.zip"
    assert quizapp("backup", str(file))[0] == 0
    new = tmp_path / "new"
    assert at(new, "restore", str(file)) == 0
    assert recorder(new) == recorder(home.root)
    assert (new / "decks" / "mine.yaml").read_text() == (home.decks / "mine.yaml").read_text()
    assert (new / "prompts" / "judge.txt").read_text() == "Be strict."
    assert not (new / "device").exists()
    at(new, "grade", CARDS[1], "easy")
    (new / "decks" / "mine.yaml").write_text("cards:\n  - {id: x, q: Other?, a: A.}\n")
    assert at(new, "restore", str(file)) == 0
    assert "Other?" in (new / "decks" / "mine.yaml").read_text()
    assert "Q?" in (new / "restored" / "decks" / "mine.yaml").read_text()
    assert set(recorder(new)) == set(CARDS)


def test_what_lies_behind_a_link_that_leads_nowhere_is_restored_beside(
    tmp_path: Path, quizapp: Call, home: Home
) -> None:
    (home.decks / "clone").mkdir(parents=True)
    (home.decks / "clone" / "mine.yaml").write_text("x")
    assert quizapp("backup", str(tmp_path / "kept.zip"))[0] == 0
    new = tmp_path / "new"
    (new / "decks").mkdir(parents=True)
    (new / "decks" / "clone").symlink_to(tmp_path / "nowhere")
    assert at(new, "restore", str(tmp_path / "kept.zip")) == 0
    assert (new / "restored" / "decks" / "clone" / "mine.yaml").read_text() == "x"
    assert not (tmp_path / "nowhere").exists()


def test_a_backup_says_what_it_leaves_out_and_can_be_restored_anywhere(
    tmp_path: Path, quizapp: Call, home: Home
) -> None:
    quizapp("grade", CARDS[0], "good")
    journal = next((home.root / "journal").iterdir())
    (tmp_path / "decks").mkdir()
    (tmp_path / "settings.yaml").write_text("theme: dark\n")
    home.decks.symlink_to(tmp_path / "decks")  # what stands in the home itself is the user's own
    home.settings.symlink_to(tmp_path / "settings.yaml")
    home.trust.write_text('{"allowed": {}}')
    for name in (
        "mine.yaml",
        "a:b.yaml",
        "a\x1bb.yaml",
        ".git/config",
        "__pycache__/x.pyc",
        "old/x.yaml",
        "\udcff.yaml",
    ):
        (home.decks / name).parent.mkdir(exist_ok=True)
        (home.decks / name).write_text("x")
    if sys.platform == "linux":
        (home.decks / "\udcff.yaml").write_text("x")
    os.utime(home.decks / "mine.yaml", (0, 0))  # before zip files knew of time
    for name, target in (("key.yaml", "/etc/passwd"), ("folder", "/etc"), ("old/gone", "nowhere")):
        (home.decks / name).symlink_to(target)
    os.mkfifo(home.decks / "fifo.yaml")
    (home.root / "interviews").write_text("no folder")
    file = tmp_path / "kept.zip"
    code, out, err = quizapp("backup", str(file))
    assert code == 1 and "5 files are in" in out and "\x1b" not in err
    assert err.count("was left out") == len(err.splitlines()) == 7 + (sys.platform == "linux")
    assert err.count("it is a link") == 3
    for name in ("key.yaml", "folder", "old/gone", "fifo.yaml", "a:b.yaml"):
        assert f"{home.decks / name} was left out" in err
    with zipfile.ZipFile(file) as archive:
        kept = {f"journal/{journal.name}", "decks/mine.yaml", "decks/old/x.yaml", "settings.yaml", "progress.json"}
        assert set(archive.namelist()) == kept
    new = tmp_path / "new"
    assert at(new, "restore", str(file)) == 0
    assert {str(path.relative_to(new)) for path in new.rglob("*") if path.is_file()} == kept - {"progress.json"}


def test_a_backup_is_durable_and_takes_the_place_of_a_link(
    tmp_path: Path, quizapp: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    quizapp("grade", CARDS[0], "good")
    file, other = tmp_path / "kept.zip", tmp_path / "other"
    other.write_text("the user's")
    file.symlink_to(other)
    real, synced = os.fsync, list[int]()

    def sync(fd: int) -> None:
        synced.append(os.fstat(fd).st_ino)
        real(fd)

    monkeypatch.setattr(os, "fsync", sync)
    assert quizapp("backup", str(file))[0] == 0
    assert other.read_text() == "the user's" and not file.is_symlink()
    assert file.stat().st_ino in synced
    before = file.read_bytes()
    monkeypatch.setattr("shutil.copyfileobj", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert quizapp("backup", str(file))[0] == 1
    assert file.read_bytes() == before
    assert not list(tmp_path.glob(".*"))
    assert quizapp("backup", os.devnull)[0] == 2


def test_problems_are_an_exit_code(tmp_path: Path, quizapp: Call, home: Home) -> None:
    quizapp("grade", CARDS[0], "good")
    journal = next((home.root / "journal").iterdir())
    shared, file = tmp_path / "shared", tmp_path / "kept.zip"
    shared.mkdir()
    damaged = journal.read_bytes().replace(b'"good"', b'"easy"')
    (shared / journal.name).write_bytes(damaged)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"journal/{journal.name}", damaged)
    for words in (("sync", str(shared)), ("restore", str(file))):
        code, _, err = quizapp(*words)
        assert code == 1 and "differ before the end of either" in err and len(err.splitlines()) == 1


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "journal/../../evil", "C:evil", "other/file"])
def test_a_file_that_is_no_backup_changes_nothing(tmp_path: Path, quizapp: Call, home: Home, name: str) -> None:
    file = tmp_path / "bad.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    code, _, err = quizapp("restore", str(file))
    assert code == 1 and "not a backup" in err
    assert not (tmp_path / "evil").exists() and not home.root.exists()
    file.write_bytes(b"PK garbage")
    assert quizapp("restore", str(file))[0] == 1


def test_undo_takes_back_event_by_event(quizapp: Call) -> None:
    before = quizapp("due", "--json")[1]
    quizapp("grade", CARDS[0], "good")
    quizapp("grade", CARDS[1], "easy")
    code, out, _ = quizapp("undo", "--json")
    assert code == 0 and json.loads(out)["key"] == CARDS[1]
    code, out, _ = quizapp("undo")
    assert code == 0 and f"{CARDS[0]}: good" in out
    code, _, err = quizapp("undo")
    assert code == 1 and "nothing" in err
    assert quizapp("due", "--json")[1] == before
