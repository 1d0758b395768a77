"""A changed copy: what it brings that nobody has seen, and what is written when it is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from leftovers import MakeDemo

from quizapp.lab import edited
from quizapp.lab.script import ScriptError, read_script


def test_a_copy_that_imports_what_was_not_seen(demo: MakeDemo, tmp_path: Path) -> None:
    script = demo("return {}", before="import a", a="x = 1", unseen="y = 1")
    same = read_script(script.path, script.source + b"# changed\n")
    more = read_script(script.path, b"import unseen\n" + script.source)
    bundled = tmp_path / "bundled"
    assert not edited.brings_new(same, script, bundled)
    assert edited.brings_new(more, script, bundled)
    assert not edited.brings_new(more, script, script.path.parent)
    (script.path.parent / "a.py").write_text("x = 2")
    assert edited.brings_new(read_script(script.path, same.source), script, bundled)
    bundled.symlink_to(script.path.parent)
    assert not edited.brings_new(more, script, bundled)


def test_what_was_read_is_new_though_a_link_to_a_bundled_file_takes_its_place(demo: MakeDemo, tmp_path: Path) -> None:
    (tmp_path / "bundled").mkdir()
    (tmp_path / "bundled" / "helper.py").write_text("x = 1")
    script = demo("return {}", helper="x = 2")
    more = read_script(script.path, b"import helper\n" + script.source)
    (script.path.parent / "helper.py").unlink()
    (script.path.parent / "helper.py").symlink_to(tmp_path / "bundled" / "helper.py")
    assert edited.brings_new(more, script, tmp_path / "bundled")


def test_what_an_editor_left_may_be_too_large(demo: MakeDemo) -> None:
    def grow(path: Path) -> str:
        path.write_bytes(b"#\n" * 200_000)
        return ""

    with pytest.raises(ScriptError, match="larger than 300 KB"):
        edited.edit(demo("return {}"), grow)


def test_what_was_saved_and_is_no_demo_is_opened_again(demo: MakeDemo) -> None:
    script, good = demo("return {'a': 1}"), b"def main(seed: int = 0):\n    return {'a': 2}\n"
    opened = []

    def save(source: bytes) -> Callable[[Path], str]:
        def editor(path: Path) -> str:
            opened.append(path.read_bytes())
            path.write_bytes(source)
            return ""

        return editor

    with pytest.raises(edited.NoDemoYet) as slip:
        edited.edit(script, save(b"x = 1\ndef main(:\n"))
    assert (slip.value.source, slip.value.line) == (b"x = 1\ndef main(:\n", 2)
    changed = edited.edit(script, save(good), slip.value.source)
    assert changed is not None and changed.source == good and opened == [script.source, slip.value.source]
    assert edited.edit(script, save(script.source), slip.value.source) is None, "it was taken back there"


def test_a_copy_is_kept_with_its_helpers_and_data_and_no_links(demo: MakeDemo, tmp_path: Path) -> None:
    script = demo("return {}", before="import a", a="x = 1")
    data, mine = script.path.parent / "data", tmp_path / "mine"
    (data / "deep").mkdir(parents=True)
    (data / "deep" / "n.npz").write_bytes(b"n")
    (tmp_path / "secret").write_text("secret")
    (data / "link.npz").symlink_to(tmp_path / "secret")
    (data / "folder").symlink_to(tmp_path)
    kept = edited.keep(script, mine)
    assert (kept.name, kept.sha256) == ("my_demo", script.sha256)
    found = sorted(path.relative_to(mine).as_posix() for path in mine.rglob("*") if not path.is_dir())
    assert found == ["a.py", "data/deep/n.npz", "my_demo.py"]


def test_data_that_is_a_link_or_too_much_is_not_copied(
    demo: MakeDemo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, mine = demo("return {}", before="import a", a="x = 1"), tmp_path / "mine"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "n.npz").write_bytes(b"nn")
    (script.path.parent / "data").symlink_to(tmp_path / "elsewhere")
    edited.keep(script, mine)
    assert not (mine / "data").exists()
    (script.path.parent / "data").unlink()
    (tmp_path / "elsewhere").rename(script.path.parent / "data")
    monkeypatch.setattr(edited, "MAX_DATA", 1)
    with pytest.raises(ScriptError, match="too much to copy"):
        edited.keep(script, mine)


def test_what_the_user_has_stays_and_the_copy_is_then_another(demo: MakeDemo, tmp_path: Path) -> None:
    script, mine = demo("return {}", before="import a", a="x = 1"), tmp_path / "mine"
    mine.mkdir()
    (mine / "a.py").write_text("x = 'mine'")
    (mine / "my_demo.py").symlink_to("nowhere")
    kept = edited.keep(script, mine)
    assert kept.path.name == "my_demo_2.py" and kept.sources == (b"x = 'mine'",)
    assert kept.sha256 != script.sha256
