"""What is read of a file, and what is not even opened."""

import os
from pathlib import Path

import pytest

from quizapp.cards.text_file import Unreadable, bytes_of, decode


def test_a_file_may_be_as_large_as_16_mb_and_no_larger(tmp_path: Path) -> None:
    with (tmp_path / "x.yaml").open("wb") as file:
        file.truncate(16 << 20)
        assert len(bytes_of(tmp_path / "x.yaml")) == 16 << 20
        file.truncate((16 << 20) + 1)
        with pytest.raises(Unreadable, match="larger than 16 MB"):
            bytes_of(tmp_path / "x.yaml")


def test_what_is_no_plain_file_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="folder"):
        bytes_of(tmp_path)
    with pytest.raises(Unreadable, match="cannot be read: No such file"):
        bytes_of(tmp_path / "missing.yaml")
    with pytest.raises(Unreadable, match="cannot be read"):
        bytes_of(Path("a\0b"))
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    with pytest.raises(Unreadable, match="cannot be read"):
        bytes_of(loop)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_pipes_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    link = tmp_path / "link.yaml"
    link.symlink_to("/dev/zero")
    for path in (pipe, link):
        with pytest.raises(Unreadable, match="not a plain file"):
            bytes_of(path)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)
    with pytest.raises(Unreadable, match="larger than 16 MB"):
        bytes_of(path)


@pytest.mark.parametrize(
    ("data", "id", "place"),
    [
        ("量化".encode() + b"\n ab\xe9", "yaml.no_utf8", (2, 4)),
        (b"\xff", "yaml.no_utf8", (1, 1)),
        ("cards:".encode("utf-16"), "yaml.utf16", (0, 0)),
    ],
)
def test_what_is_no_utf8_is_said_with_its_place(data: bytes, id: str, place: tuple[int, int]) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(data)
    assert (refused.value.sentence.id, (refused.value.line, refused.value.column)) == (id, place)
    assert str(refused.value) == str(refused.value.sentence) and refused.value.hint is not None
