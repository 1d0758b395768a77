"""The name of a device is bound to its machine."""

from pathlib import Path

import pytest
from memory_world import filled

from quizapp.memory import device
from quizapp.memory.all_journals import journals
from quizapp.memory.device import this_device

pytestmark = pytest.mark.usefixtures("no_waiting")


def test_a_copied_home_gets_a_name_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(folder).close()
    name = this_device(folder)
    assert name is not None
    monkeypatch.setattr(device, "_machine", lambda: "another")
    assert this_device(folder) is None
    journal = filled(folder)
    assert journal.device != name
    assert set(journals(folder)) == {name, journal.device}
    journal.close()


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"../../etc HERE", b"a.b HERE", b"\xff\xfe"])
def test_a_damaged_device_file_means_a_new_name(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "device").write_bytes(content.replace(b"HERE", device._machine().encode()))
    journal = filled(folder)
    assert journal.path.parent == folder / "journal"
    assert this_device(folder) == journal.device
    journal.close()
