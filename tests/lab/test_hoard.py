"""What a run holds is counted, also where it changes meanwhile or lies too deep to be reached by a path."""

import os
from pathlib import Path

import pytest

from quizapp.lab.hoard import _below, remove, too_much


def test_a_file_that_is_gone_hides_none_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcd":
        (tmp_path / name).write_bytes(bytes(2**20))
    real = os.scandir

    class Gone:
        def __init__(self, path: str) -> None:
            self.path = path

        def stat(self, follow_symlinks: bool) -> os.stat_result:
            raise FileNotFoundError

        def is_dir(self, follow_symlinks: bool) -> bool:
            return False

    class Found(list[object]):
        def __enter__(self) -> "Found":
            return self

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", lambda path: Found([Gone(f"{path}/x"), *real(path)]))
    assert too_much(str(tmp_path), [], 100, 3, 100) == "files"


def test_a_full_folder_is_not_looked_through_to_its_end(tmp_path: Path) -> None:
    for k in range(100):
        (tmp_path / f"{k}").touch()
    assert 10 < len(list(_below(str(tmp_path), 10))) < 15


def test_what_lies_deeper_than_a_path_reaches_is_too_much_and_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for _ in range(2_500):
        Path("d").mkdir()
        os.chdir("d")
    os.chdir(tmp_path)
    (folder / "link").symlink_to(tmp_path)
    (tmp_path / "mine").write_text("x")
    assert too_much(str(folder), [], 10_000, 100, 100) == "files"
    remove(str(folder))
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
