import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp import disk
from quizapp.paths import Home
from quizapp.words import clean

Call = Callable[..., tuple[int, str, str]]
CARDS = ("five-questions/distillation-and-unlabelled-data", "five-questions/distillation-improvements")


@pytest.fixture
def journal(quizapp: Call, home: Home) -> Path:
    for grade in ("again", "good", "good"):
        assert quizapp("grade", CARDS[0], grade)[0] == 0
    assert quizapp("grade", CARDS[1], "easy")[0] == 0
    return next((home.root / "journal").glob("*.jsonl"))


def everything(home: Home) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file() and "cache" not in path.parts}


def test_a_healthy_home(quizapp: Call, home: Home, journal: Path) -> None:
    before = everything(home)
    code, out, _ = quizapp("doctor")
    assert code == 0 and "Nothing is amiss" in out and "6 events" in out and "(this device)" in out
    assert everything(home) == before


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda data: data[:-9], "cut short"),
        (lambda data: data.replace(b'"grade":"good"', b'"grade":"easy"', 1), "damaged"),
        (lambda data: b"".join(line for i, line in enumerate(data.splitlines(keepends=True)) if i != 3), "lacks 1"),
        (lambda data: data + b'{"type":"journal","seq":99,"id":"x","at":"2026-01-01T00:00:00Z"}\n', "damaged"),
    ],
)
def test_damage_is_named_and_mended_only_when_told(
    quizapp: Call, home: Home, journal: Path, damage: Callable[[bytes], bytes], says: str
) -> None:
    journal.write_bytes(damage(journal.read_bytes()))
    before = everything(home)
    code, out, _ = quizapp("doctor")
    assert code == 1 and says in out and "--mend" in out
    code, out, _ = quizapp("doctor", "--json")
    assert code == 1 and any(says in problem for problem in json.loads(out)["problems"])
    assert everything(home) == before
    code, out, _ = quizapp("doctor", "--mend")
    assert "mended: progress.json" in out
    assert not [line for line in out.splitlines() if line.startswith("problem: progress.json")]


def test_a_snapshot_that_lies_is_found_and_made_again(quizapp: Call, home: Home, journal: Path) -> None:
    quizapp("due")
    path = home.root / "progress.json"
    path.write_bytes(path.read_bytes().replace(b'"reps":3', b'"reps":9'))
    code, out, _ = quizapp("doctor")
    assert code == 1 and "differs from the journals for 1 card," in out
    assert quizapp("doctor", "--mend")[0] == 0
    assert quizapp("doctor")[0] == 0


def test_a_journal_that_came_since_the_snapshot_is_nothing_amiss(
    quizapp: Call, home: Home, tmp_path: Path, journal: Path
) -> None:
    quizapp("due")
    assert quizapp("--home", str(tmp_path / "other"), "grade", CARDS[1], "again")[0] == 0
    came = next((tmp_path / "other" / "journal").glob("*.jsonl"))
    (journal.parent / came.name).write_bytes(came.read_bytes())
    code, out, _ = quizapp("doctor")
    assert code == 0 and "Nothing is amiss" in out and came.name in out


def test_a_card_that_is_in_no_deck_is_an_orphan(quizapp: Call, home: Home, tmp_path: Path, journal: Path) -> None:
    home.decks.mkdir()
    (home.decks / "mine.yaml").write_text("cards:\n  - {id: x, q: Q?, a: A.}\n")
    assert quizapp("grade", "mine/x", "good")[0] == 0
    (home.decks / "mine.yaml").unlink()
    assert json.loads(quizapp("doctor", "--json")[1])["orphans"] == ["mine/x"]


def test_a_card_that_got_another_id_is_no_orphan(quizapp: Call, home: Home, journal: Path) -> None:
    home.decks.mkdir()
    (home.decks / "mine.yaml").write_text("cards:\n  - {id: x, q: Q?, a: A.}\n")
    assert quizapp("grade", "mine/x", "good")[0] == 0
    (home.decks / "mine.yaml").write_text("cards:\n  - {id: y, was: [mine/x], q: Q?, a: A.}\n")
    code, said, _ = quizapp("doctor", "--json")
    assert (code, json.loads(said)["orphans"], json.loads(said)["problems"]) == (0, [], [])
    assert quizapp("grade", "mine/y", "good")[0] == 0  # writes the snapshot
    (home.decks / "mine.yaml").write_text("cards:\n  - {id: z, was: [y], q: Q?, a: A.}\n")
    assert quizapp("doctor", "--json")[0] == 0


def test_a_hostile_home_is_named_piece_by_piece(
    quizapp: Call, home: Home, tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = journal.parent
    (folder / "link.jsonl").symlink_to("/etc/passwd")
    os.mkfifo(folder / "fifo.jsonl")
    os.mkfifo(folder / "x.damaged")
    (folder / "a\x1b[31m.jsonl").write_bytes(b"")
    (folder / "key.jsonl").write_bytes(b"a key\n")
    (folder / "away.jsonl").write_bytes(b"")
    (home.root / "progress.json").write_bytes(b"[" * 200_000)
    real = disk.plain

    def some(path: str | Path, flags: int) -> int:
        if Path(path).name == "away.jsonl":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags)

    monkeypatch.setattr(disk, "plain", some)
    code, out, err = quizapp("doctor")
    assert code == 1 and "Traceback" not in err and "\x1b" not in out + err
    problems = [line for line in out.splitlines() if line.startswith("problem: ")]
    for name, why in (("link", "no regular file"), ("fifo", "no regular file"), ("a", "the name of a journal"),
                      ("key", "does not begin as a journal"), ("away", "Permission denied")):  # fmt: skip
        assert any(f"{name}.jsonl" in line and why in line for line in problems), name
    assert any("progress.json cannot be read" in line for line in problems)
    assert "6 events" in out and json.loads(quizapp("doctor", "--json")[1])["problems"]


def test_a_snapshot_that_is_a_fifo_is_not_waited_for(quizapp: Call, home: Home, journal: Path) -> None:
    (home.root / "progress.json").unlink()
    os.mkfifo(home.root / "progress.json")
    code, out, _ = quizapp("doctor")
    assert code == 1 and "progress.json cannot be read" in out and "no regular file" in out


@pytest.mark.parametrize("command", ["doctor", "undo", "backup", "restore", "sync"])
def test_what_is_printed_is_nothing_that_a_terminal_obeys(
    quizapp: Call, home: Home, tmp_path: Path, journal: Path, command: str
) -> None:
    evil = tmp_path / "\x1b[31m\x9b2J\u202eevil"
    evil.mkdir()
    (home.decks / evil.name).mkdir(parents=True)
    (home.decks / evil.name / f"{evil.name}.yaml").write_text("no: deck")
    home.root.rename(evil / "home")
    words = {"backup": [str(evil / "zip")], "sync": [str(evil)], "restore": [str(evil / "zip")]}.get(command, [])
    code = quizapp("--home", str(evil / "home"), "backup", str(evil / "zip"))[0]
    assert code == 1
    _, out, err = quizapp("--home", str(evil / "home"), command, *words)
    assert out and out + err == clean(out + err)
