"""`quizapp check` and demos that no card runs."""

from collections.abc import Callable
from pathlib import Path

from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
DEMO = '"""A demo."""\ndef main(seed: int = 0) -> dict:\n    return {"x": seed}\n'
CARD = "cards:\n  - {{id: {0}, why: w, q: {0}?, a: y, demo: {{run: {1}}}}}\n"


def folder_with(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "one.yaml").write_text(CARD.format("one", "used"))
    (folder / "two.yaml").write_text(CARD.format("two", "used_too"))
    for name in ("used", "used_too", "stray"):
        (folder / f"{name}.py").write_text(DEMO)
    (folder / "helper.py").write_text("def helper() -> int:\n    return 1\n")
    (folder / "notes-1.py").write_text("this is no Python")
    return folder


def test_a_demo_that_no_card_runs_is_a_warning(quizapp: Call, home: Home, tmp_path: Path) -> None:
    for folder, words in ((folder_with(tmp_path / "mine"), [str(tmp_path / "mine")]), (folder_with(home.decks), [])):
        code, out, _ = quizapp("check", *words)
        assert code == 0, out
        stray = [line for line in out.splitlines() if "no card of the decks beside it runs" in line]
        assert len(stray) == 1 and stray[0].startswith(f"{folder / 'stray.py'}:1:1: warning:")
        assert "demo: {run: stray}" in out


def test_a_deck_that_was_not_read_may_run_it(quizapp: Call, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "mine")
    assert "runs this demo" not in quizapp("check", str(folder / "one.yaml"))[1]
    (folder / "two.yaml").write_text("cards: [")
    assert "runs this demo" not in quizapp("check", str(folder))[1]


def test_the_demos_that_come_with_it_are_not_stray(quizapp: Call) -> None:
    assert "runs this demo" not in quizapp("check")[1]
