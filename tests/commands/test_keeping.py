"""sync, backup, restore and undo, as a user calls them."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.cli import main
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
CARDS = ("five-questions/distillation-and-unlabelled-data", "five-questions/distillation-improvements")


def at(home: Path, *words: str) -> int:
    return main(["--home", str(home), *words])


def due(home: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    capsys.readouterr()
    assert at(home, "due", "--json") == 0
    return json.loads(capsys.readouterr().out)["total"]


def progress(home: Path) -> object:
    from quizapp.memory.progress import open_progress
    from quizapp.memory.schedule import Rules, local_now

    return dict(open_progress(home, now=local_now(), rules=Rules()).standings)


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
    for home in (one, two, one, one):
        assert at(home, "sync", str(remote)) == 0
    assert progress(one) == progress(two)
    assert due(one, capsys) == due(two, capsys)
    assert "0 journals came, 0 went" not in capsys.readouterr().out
    at(two, "sync", str(remote))
    assert "0 journals came, 0 went" in capsys.readouterr().out


def test_a_remote_that_cannot_be_reached_is_said_and_costs_nothing(tmp_path: Path, quizapp: Call, home: Home) -> None:
    quizapp("grade", CARDS[0], "good")
    before = {path: path.read_bytes() for path in (home.root / "journal").iterdir()}
    code, _, err = quizapp("sync", str(tmp_path / "gone.git"))
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
    file = tmp_path / "kept.zip"
    assert quizapp("backup", str(file))[0] == 0
    new = tmp_path / "new"
    assert at(new, "restore", str(file)) == 0
    assert progress(new) == progress(home.root)
    assert (new / "decks" / "mine.yaml").read_text() == (home.decks / "mine.yaml").read_text()
    assert not (new / "device").exists()
    at(new, "grade", CARDS[1], "easy")
    (new / "decks" / "mine.yaml").write_text("cards:\n  - {id: x, q: Other?, a: A.}\n")
    assert at(new, "restore", str(file)) == 0
    assert "Other?" in (new / "decks" / "mine.yaml").read_text()
    assert "Q?" in (new / "restored" / "decks" / "mine.yaml").read_text()
    assert set(progress(new)) == set(CARDS)  # type: ignore[call-overload]


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
