"""A folder for a home, and a disk that need not be waited for where durability is not the question."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp import disk


@pytest.fixture(scope="module", autouse=True)
def _in_this_room(dropped_is_closed: None) -> None:
    """Tests drop a recorder as a crash does, and open the next."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a home is to be; not there yet."""
    return tmp_path / "home"


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes reach the file but are not forced to the disk."""
    monkeypatch.setattr(disk, "sync", lambda fd: None)


@pytest.fixture(scope="session")
def quick_place() -> Iterator[Path]:
    """A folder for thousands of short-lived homes: in memory, where the system has such a place."""
    shm = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shm if shm.is_dir() else None, prefix="quizapp-test-") as name:
        yield Path(name)


@pytest.fixture
def quick(quick_place: Path) -> Path:
    """One such folder for one test."""
    return Path(tempfile.mkdtemp(dir=quick_place))
