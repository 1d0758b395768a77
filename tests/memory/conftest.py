"""A folder for a home, and a disk that need not be waited for where durability is not the question."""

from pathlib import Path

import pytest

from quizapp.memory import disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a home is to be; not there yet."""
    return tmp_path / "home"


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes reach the file but are not forced to the disk."""
    monkeypatch.setattr(disk, "sync", lambda fd: None)
