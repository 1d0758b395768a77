"""check --fix writes ids, and check shows the place of a fault."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.cards.slug import made_id
from quizapp.commands.check import snippet
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
DECK = b"\xef\xbb\xbf# mine\r\ncards:\r\n  - q: What?   # why\r\n    a: That.\r\n    why: So.\r\n"
PINNED = DECK.replace(b"- q", b"- id: %s\r\n    q" % made_id("What?").encode())


def test_fix_writes_ids_and_leaves_the_rest_and_does_it_once(quizapp: Call, tmp_path: Path, home: Home) -> None:
    path = tmp_path / "real.yaml"
    path.write_bytes(DECK)
    path.chmod(0o640)
    link = home.decks / "deck.yaml"
    link.parent.mkdir(parents=True)
    link.symlink_to(path)
    code, out, _ = quizapp("check", "--fix", str(link))
    assert code == 0 and "1 id is written" in out and "0 warnings" in out
    assert path.read_bytes() == PINNED
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o640
    assert sorted(tmp_path.iterdir()) == [home.root, path]
    written = path.stat()
    assert "written" not in quizapp("check", "--fix", str(link))[1]
    assert path.stat().st_mtime_ns == written.st_mtime_ns and path.stat().st_ino == written.st_ino


def test_a_link_out_of_a_folder_that_is_not_the_users_own_is_not_followed(quizapp: Call, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    clone.mkdir()
    mine, theirs = tmp_path / "mine.yaml", clone / "theirs.yaml"
    mine.write_bytes(DECK)
    theirs.write_bytes(DECK)
    (clone / "out.yaml").symlink_to("../mine.yaml")
    (clone / "in.yaml").symlink_to("theirs.yaml")
    err = quizapp("check", "--fix", str(clone / "out.yaml"))[2]
    assert mine.read_bytes() == DECK and (clone / "out.yaml").is_symlink()
    assert f"out.yaml: it is a link out of its folder, to {mine} (if that file is yours, name it itself)" in err
    assert "1 id is written" in quizapp("check", "--fix", str(clone / "in.yaml"))[1]
    assert theirs.read_bytes() == PINNED and (clone / "in.yaml").is_symlink()


def test_a_folder_that_is_a_link_is_followed_where_the_user_put_it_or_named_it(
    quizapp: Call, home: Home, tmp_path: Path
) -> None:
    mine, clone = tmp_path / "mine" / "mine.yaml", tmp_path / "clone"
    for folder in (mine.parent, clone, home.decks):
        folder.mkdir(parents=True)
    (clone / "sub").symlink_to("../mine")
    mine.write_bytes(DECK)
    err = quizapp("check", "--fix", str(clone))[2]
    assert mine.read_bytes() == DECK
    assert f"mine.yaml: its folder is a link, to {mine.parent} (if that folder is yours, name it itself)" in err
    for named in (clone / "sub", clone / "sub" / "mine.yaml"):
        mine.write_bytes(DECK)
        assert "1 id is written" in quizapp("check", "--fix", str(named))[1]
    mine.write_bytes(DECK)
    (home.decks / "link").symlink_to(mine.parent)
    assert "1 id is written" in quizapp("check", "--fix")[1]


def test_the_history_stays_with_a_card_that_is_pinned_and_then_edited(quizapp: Call, tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("cards:\n  - {q: What?, a: That., why: So.}\n")
    key = json.loads(quizapp("next", str(path), "--json")[1])["key"]
    quizapp("check", "--fix", str(path))
    path.write_text(path.read_text().replace("What?", "What is this?"))
    assert json.loads(quizapp("next", str(path), "--json")[1])["key"] == key


def test_a_folder_that_cannot_be_written_is_said_in_one_line(
    quizapp: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "deck.yaml"
    path.write_bytes(DECK)

    real = os.open

    def refuse(path: str | bytes | os.PathLike[str], flags: int, *mode: int) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, *mode)

    monkeypatch.setattr("quizapp.disk.os.open", refuse)
    code, _, err = quizapp("check", "--fix", str(path))
    assert code == 1 and "Permission denied" in err and len(err.splitlines()) == 1
    assert path.read_bytes() == DECK


def test_the_place_of_a_fault_is_shown_with_a_caret(quizapp: Call, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("cards:\n  - q: 量化: what\n")
    out = quizapp("check", str(path))[1].splitlines()
    assert out[0].startswith(f"{path}:2:10: error") and out[1:3] == ["      - q: 量化: what", "               ^"]
    path.write_text("cards:\n  - {q: 量化, anwser: x}\n")
    out = quizapp("check", str(path))[1].splitlines()
    assert out[1:3] == ["      - {q: 量化, anwser: x}", "                  ^"]


def test_what_is_amiss_with_every_card_is_not_said_of_each(quizapp: Call, tmp_path: Path) -> None:
    path = tmp_path / "notes.yaml"
    path.write_text("cards:\n" + "".join(f"  - {{id: x{i}, q: Q{i}?, a: A}}\n" for i in range(50)))
    code, out, _ = quizapp("check", str(path))
    assert code == 0 and out.count("cards[") == 5
    assert f"{path}: warning: 45 more (--json lists them): no `why`" in out and "50 warnings" in out
    assert len(json.loads(quizapp("check", str(path), "--json")[1])["warnings"]) == 50


def test_a_snippet_is_short_and_clean() -> None:
    text = "a" * 500 + "\x1b[31m\tHERE" + "b" * 500
    line, caret = snippet([text], 1, 507)
    assert len(line) < 120 and "\x1b" not in line and line[len(caret) - 1 :].startswith("HERE")
    assert snippet([text], 0, 0) == snippet([], 1, 1) == []
