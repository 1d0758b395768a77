"""trust shows all that would run, and what changed, before it asks."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    (tmp_path / "one.py").write_text("import helper\ndef main(seed: int = 0): return {}\n")
    (tmp_path / "helper.py").write_text("x = 1\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "n.npz").touch()
    return tmp_path / "one.py"


def test_every_file_is_shown_and_then_what_changed(quizapp: Call, demo: Path) -> None:
    code, out, _ = quizapp("trust", str(demo), "--yes")
    assert code == 0
    first = [out.index(text) for text in (f"# {demo} (2 lines)", "import helper", "helper.py (1 line)", "x = 1\n")]
    assert first == sorted(first)
    assert "2 files, 3 lines" in out and "data/n.npz" in out and "Changed since" not in out and "do not show" not in out
    (demo.parent / "helper.py").write_text("x = 2 # \u202e\n")
    code, out, _ = quizapp("trust", str(demo), "--yes")
    assert code == 0 and "Changed since you allowed it\n\n--- helper.py\n+++ helper.py" in out
    assert "-x = 1\n+x = 2 # \\u202e\n" in out and "do not show" in out
    assert "already allowed" in quizapp("trust", str(demo))[1]


@pytest.mark.parametrize(("typed", "code"), [("y", 0), ("n", 1), ("", 1), (None, 1)])
def test_only_a_yes_is_a_yes(
    quizapp: Call, demo: Path, monkeypatch: pytest.MonkeyPatch, typed: str | None, code: int
) -> None:
    def answer(_: str) -> str:
        if typed is None:
            raise EOFError
        return typed

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert quizapp("trust", str(demo))[0] == code
    assert ("already allowed" in quizapp("trust", str(demo))[1]) == (code == 0)


def test_where_nobody_can_be_asked_nothing_is_allowed(
    quizapp: Call, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    code, out, err = quizapp("trust", str(demo))
    assert code == 1 and "Nobody to ask" in err and "x = 1\n" in out
    assert "already allowed" not in quizapp("trust", str(demo))[1]
