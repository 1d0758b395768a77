"""Restoring what a stranger hands over: whatever is in it, what is at home stays, and nothing is written elsewhere."""

import os
import re
from pathlib import Path

import pytest
from archives import DECK, PARTS, WHOLE, Hostile, archive, at_random
from remotes import World, of, world
from test_remotes import OBEYED, seeds

from quizapp import disk
from quizapp.cli import main
from quizapp.commands import restore

CASES = sorted((Path(__file__).parent / "cases" / "archives").glob("*.zip"))

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "sync", lambda fd: None)


def lived_in(place: Path) -> World:
    """A home with a deck, settings, and folders that are links: one that a cloned deck brought, one of nobody's."""
    made = world(place)
    (made.home / "decks").mkdir()
    (made.home / "decks" / "good.yaml").write_bytes(b"mine")
    (place / "outside").mkdir()
    (made.home / "decks" / "link").symlink_to(place / "outside")
    (made.home / "demos").symlink_to(place / "outside")
    (made.home / "settings.yaml").symlink_to(made.secret)
    return made


def contents(folder: Path) -> dict[str, bytes | str]:
    """All files and links below a folder, by name."""
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def restored(made: World, file: Path) -> int:
    """Restore, and see that nothing that was there has changed."""
    before = contents(made.home.parent)
    code = main(["--home", str(made.home), "restore", str(file)])
    after = contents(made.home.parent)
    assert {name: after.get(name) for name in before} == before
    new = after.keys() - before.keys()
    assert all(
        re.match(r"home/(decks|demos|interviews|journal|restored(-\d+)?|settings\.yaml)\b", name) for name in new
    )
    assert not [name for name in new if isinstance(after[name], str) or "trust" in name or ".git" in name.lower()]
    return code


@pytest.mark.parametrize("one", WHOLE, ids=lambda one: one.name)
def test_what_is_no_backup_changes_nothing(tmp_path: Path, one: Hostile, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.zip"
    one.make(file)
    home = tmp_path / "home"
    assert main(["--home", str(home), "restore", str(file)]) == 1
    out, err = capsys.readouterr()
    assert one.said in err and "Nothing was changed" in err and len(err.splitlines()) == 1
    assert not OBEYED.search(out + err) and not home.exists()
    assert {path.name for path in tmp_path.iterdir()} == {"bad.zip"}


@pytest.mark.parametrize("one", PARTS, ids=lambda one: one.name)
def test_what_is_not_restored_is_named_and_the_rest_is(
    tmp_path: Path, one: Hostile, capsys: pytest.CaptureFixture[str]
) -> None:
    file, home = tmp_path / "kept.zip", tmp_path / "home"
    one.make(file)
    code = main(["--home", str(home), "restore", str(file)])
    assert one.said in (err := capsys.readouterr().err) and code == (".jsonl" in err)
    files = {name: data for name, data in contents(home).items() if not name.startswith("restored")}
    assert files == {"decks/good.yaml": DECK, "journal/honest.jsonl": of("honest", 3)}


def test_no_link_at_home_is_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = lived_in(tmp_path)
    file = tmp_path / "kept.zip"
    for turn, data in (("restored", b"1"), ("restored", b"1"), ("restored-2", b"2")):
        theirs = dict.fromkeys(("decks/link/x", "demos/x.py", "settings.yaml"), data)
        file.write_bytes(archive(*theirs.items()))
        assert restored(made, file) == 0
        assert contents(made.home / turn) == theirs | ({"decks/good.yaml": DECK} if turn == "restored" else {})
        assert "settings.yaml is another file or behind a link" in capsys.readouterr().err or turn == "restored"
    assert not list((tmp_path / "outside").iterdir())


def test_what_unpacks_to_too_much_is_refused_as_it_comes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "bomb.zip"
    file.write_bytes(archive(("decks/a", bytes(600)), ("decks/b", bytes(600))))
    monkeypatch.setattr(restore, "MOST_UNPACKED", 1200)
    assert main(["--home", str(tmp_path / "home"), "restore", str(file)]) == 1
    assert "it unpacks to over" in capsys.readouterr().err and not (tmp_path / "home").exists()
    monkeypatch.setattr(restore, "MOST_UNPACKED", 1200 + len(DECK + of("honest", 3)))
    assert main(["--home", str(tmp_path / "home"), "restore", str(file)]) == 0


def test_too_many_files_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "many.zip"
    file.write_bytes(archive(("decks/a", b"")))
    monkeypatch.setattr(restore, "MOST_FILES", 2)
    assert main(["--home", str(tmp_path / "home"), "restore", str(file)]) == 1
    assert "more than 2 files" in capsys.readouterr().err


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_case_that_was_found(tmp_path: Path, case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert restored(lived_in(tmp_path), case) in (0, 1)
    assert not OBEYED.search("".join(capsys.readouterr()))


def test_at_random(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for seed in seeds(50):
        made, file = lived_in(tmp_path / str(seed)), tmp_path / str(seed) / "kept.zip"
        file.write_bytes(at_random(seed))
        assert restored(made, file) in (0, 1), seed
        assert not OBEYED.search("".join(capsys.readouterr())), seed
