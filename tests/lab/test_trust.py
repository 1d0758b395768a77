"""Trust is bound to the path and to the hash of all that would run."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.lab.script import Script, read_script
from quizapp.lab.trust import CannotAllow, Trust

MakeDemo = Callable[..., Script]


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    return Trust(tmp_path / "home" / "trust.json")


def test_a_yes_holds_until_the_script_or_a_companion_changes(demo: MakeDemo, trust: Trust, tmp_path: Path) -> None:
    script, bundled = demo("return {}", before="import helper", helper="x = 1"), tmp_path / "bundled"
    assert not trust.trusted(script, bundled)
    trust.allow(script)
    assert trust.trusted(read_script(script.path), bundled)
    assert Trust(trust.path).trusted(script, bundled)
    (script.path.parent / "helper.py").write_text("x = 2")
    assert not trust.trusted(read_script(script.path), bundled)
    trust.allow(read_script(script.path))
    assert trust.trusted(read_script(script.path), bundled)
    assert not trust.trusted(script, bundled), "the bytes read before the change are no longer those allowed"


def test_the_same_bytes_elsewhere_are_asked_for_again(demo: MakeDemo, trust: Trust, tmp_path: Path) -> None:
    script = demo("return {}")
    trust.allow(script)
    copy = tmp_path / "copy.py"
    copy.write_bytes(script.source)
    assert not trust.trusted(read_script(copy), tmp_path / "bundled")


def test_bundled_demos_are_trusted_and_a_link_among_them_is_not(demo: MakeDemo, trust: Trust, tmp_path: Path) -> None:
    script, bundled = demo("return {}"), tmp_path / "bundled"
    assert trust.trusted(script, script.path.parent)
    bundled.mkdir()
    (bundled / "demo.py").symlink_to(script.path)
    assert not trust.trusted(read_script(bundled / "demo.py"), bundled)
    assert not trust.path.exists()


def test_a_file_that_becomes_a_link_to_a_bundled_demo_is_none(demo: MakeDemo, trust: Trust, tmp_path: Path) -> None:
    (tmp_path / "bundled").mkdir()
    script = demo("return {}")
    script.path.rename(tmp_path / "bundled" / "demo.py")
    script.path.symlink_to(tmp_path / "bundled" / "demo.py")
    assert not trust.trusted(script, tmp_path / "bundled"), "it was read as a file of its own"


def test_a_bundled_demo_with_a_companion_from_elsewhere_is_not_bundled(
    demo: MakeDemo, trust: Trust, tmp_path: Path
) -> None:
    script = demo("return {}", before="import helper", helper="x = 1")
    bundled = script.path.parent
    assert trust.trusted(read_script(script.path), bundled)
    (tmp_path / "helper.py").write_text("x = 2")
    (bundled / "helper.py").unlink()
    (bundled / "helper.py").symlink_to(tmp_path / "helper.py")
    assert not trust.trusted(read_script(script.path), bundled)


def test_a_decks_link_to_a_bundled_demo_runs_no_helper_of_the_deck(
    demo: MakeDemo, trust: Trust, tmp_path: Path
) -> None:
    script = demo("return {}", before="import helper", helper="x = 1")
    deck = tmp_path / "deck"
    deck.mkdir()
    (deck / "demo.py").symlink_to(script.path)
    (deck / "helper.py").write_text("raise SystemExit('not allowed')")
    linked = read_script(deck / "demo.py")
    assert trust.trusted(linked, script.path.parent)
    assert (linked.path, linked.sources) == (script.path, (b"x = 1",))


def test_the_sources_that_were_allowed_last_are_kept(demo: MakeDemo, trust: Trust) -> None:
    script = demo("return {}", before="import helper", helper="x = 1")
    assert trust.before(script) is None
    trust.allow(script)
    (script.path.parent / "helper.py").write_text("x = 2")
    changed = read_script(script.path)
    assert trust.before(changed) == {"demo.py": script.source, "helper.py": b"x = 1"}
    kept = next((trust.path.parent / "allowed").iterdir())
    assert stat.S_IMODE(kept.stat().st_mode) & 0o077 == 0
    kept.write_text(kept.read_text().replace("x = 1", "x = 2"))
    assert trust.before(changed) is None, "what was never allowed is not what changes are shown against"
    for text in ("", "[]", '{"sources": 1}', '{"sources": {}}', "[" * 100_000):
        kept.write_text(text)
        assert trust.before(changed) is None


def test_only_so_many_sources_are_kept(demo: MakeDemo, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizapp.lab.trust.MAX_KEPT", 2)
    made = [demo("return {}", name=name) for name in ("one", "two", "three")]
    for i, script in enumerate(made):
        trust.allow(script)
        os.utime(trust._kept(script), (i, i))
    trust.allow(made[2])
    assert [trust.before(script) is not None for script in made] == [False, True, True]
    assert all(trust.trusted(script, trust.path) for script in made)


def test_a_yes_is_durable(demo: MakeDemo, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    sync = os.fsync

    def watched(fd: int) -> None:
        synced.append(os.fstat(fd).st_ino)
        sync(fd)

    monkeypatch.setattr("os.fsync", watched)
    trust.allow(demo("return {}"))
    assert trust.path.stat().st_ino in synced and trust.path.parent.stat().st_ino in synced


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "\xff", '{"format": 2, "allowed": {}}', '{"format": 1, "allowed": []}', "[" * 100_000],
    ids=lambda text: repr(text)[:40],
)
def test_a_file_that_cannot_be_read_trusts_nothing(demo: MakeDemo, trust: Trust, tmp_path: Path, text: str) -> None:
    trust.path.parent.mkdir()
    trust.path.write_text(text, encoding="latin-1")
    script = demo("return {}")
    assert not trust.trusted(script, tmp_path / "bundled")


def test_what_a_newer_quizapp_allowed_is_not_allowed_here(demo: MakeDemo, trust: Trust, tmp_path: Path) -> None:
    """Its yes may mean something else."""
    script = demo("return {}")
    trust.allow(script)
    trust.path.write_text(json.dumps({**json.loads(trust.path.read_text()), "format": 2}))
    assert not trust.trusted(script, tmp_path / "bundled")
    assert trust.before(script) is None


def test_two_processes_keep_each_others_yes(demo: MakeDemo, trust: Trust, tmp_path: Path) -> None:
    one, two = demo("return {}", name="one"), demo("return {}", name="two")
    trust.allow(one)
    Trust(trust.path).allow(two)
    assert trust.trusted(one, tmp_path / "bundled") and trust.trusted(two, tmp_path / "bundled")
    assert sorted(path.name for path in trust.path.parent.iterdir()) == ["allowed", "trust.json"]


def test_a_newer_file_is_not_overwritten(demo: MakeDemo, trust: Trust) -> None:
    trust.path.parent.mkdir()
    trust.path.write_text('{"format": 2, "allowed": {"x": {}}}')
    with pytest.raises(OSError, match=r"trust\.json.*newer"):
        trust.allow(demo("return {}"))
    assert json.loads(trust.path.read_text())["format"] == 2


def test_a_home_that_cannot_be_written_is_said(demo: MakeDemo, trust: Trust) -> None:
    trust.path.parent.write_text("a file where the folder should be")
    with pytest.raises(OSError, match=r"trust\.json: the permission cannot be saved"):
        trust.allow(demo("return {}"))


def test_only_the_user_can_read_it(demo: MakeDemo, trust: Trust) -> None:
    trust.allow(demo("return {}"))
    assert stat.S_IMODE(trust.path.stat().st_mode) & 0o077 == 0


def test_a_fifo_in_place_of_the_file_trusts_nothing_and_is_not_waited_for(demo: MakeDemo, tmp_path: Path) -> None:
    script, trust = demo("return {}"), Trust(tmp_path / "trust.json")
    os.mkfifo(trust.path)
    assert not trust.trusted(script, tmp_path / "bundled")
    trust.allow(script)
    assert trust.trusted(script, tmp_path / "bundled")


def test_where_it_is_closed_nothing_more_is_allowed(demo: MakeDemo, trust: Trust, tmp_path: Path) -> None:
    script, bundled = demo("return {}"), tmp_path / "bundled"
    closed = Trust(trust.path, closed=True)
    with pytest.raises(CannotAllow, match="quizapp trust"):
        closed.allow(script)
    assert not closed.trusted(script, bundled) and not trust.path.exists()
    trust.allow(script)
    assert closed.trusted(script, bundled)
