"""Which decks there are: bundled, the user's, or those that were named; and nothing unreadable hides the rest."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.cards.card import Deck
from quizapp.cards.fault import Fault
from quizapp.cards.library import Library, read_library
from quizapp.texts import tell
from quizapp.words import same


def write(path: Path, deck: str = "", question: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    name = f"deck: {deck}\n" if deck else ""
    path.write_text(f"{name}cards:\n  - {{id: {question}, q: {question}?, a: y}}\n", encoding="utf-8")
    return path


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    write(tmp_path / "bundled" / "basics.yaml", question="bundled")
    write(tmp_path / "bundled" / "more.yaml")
    return tmp_path / "bundled"


def test_bundled_decks_come_first_then_the_users(tmp_path: Path, bundled: Path) -> None:
    write(tmp_path / "user" / "mine.yml")
    library = read_library([], user=tmp_path / "user", bundled=bundled)
    assert [(deck.name, deck.bundled) for deck in library.decks] == [("basics", True), ("more", True), ("mine", False)]
    assert list(library.keys) == ["basics/bundled", "more/x", "mine/x"]
    assert not library.faults and not library.notes


def test_a_users_deck_hides_the_bundled_one_of_its_name(tmp_path: Path, bundled: Path) -> None:
    write(tmp_path / "user" / "own.yaml", deck="basics", question="own")
    library = read_library([], user=tmp_path / "user", bundled=bundled)
    assert [deck.name for deck in library.decks] == ["more", "basics"]
    assert library.card("basics/own") is not None and library.card("basics/bundled") is None
    assert [*map(str, library.notes)] == ["your own.yaml hides the bundled deck of that name"]


def test_a_broken_deck_hides_nothing(tmp_path: Path, bundled: Path) -> None:
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / "basics.yaml").write_text("cards: [", encoding="utf-8")
    library = read_library([], user=tmp_path / "user", bundled=bundled)
    assert [deck.name for deck in library.decks] == ["basics", "more"]
    assert [fault.file.name for fault in library.faults] == ["basics.yaml"]


def test_of_two_decks_with_one_name_the_second_is_a_fault(tmp_path: Path, bundled: Path) -> None:
    write(tmp_path / "user" / "a.yaml", deck="same", question="first")
    write(tmp_path / "user" / "b.yaml", deck="same", question="second")
    library = read_library([], user=tmp_path / "user", bundled=bundled)
    assert library.card("same/first") is not None and library.card("same/second") is None
    (fault,) = library.faults
    assert fault.file.name == "b.yaml" and "a.yaml is named `same` already" in str(fault.message)


def test_nobody_takes_the_history_of_a_card_that_is_there(tmp_path: Path, bundled: Path) -> None:
    decks = {
        "mine": "{id: new, was: [mine/old, gone/x], q: Q, a: A}",
        "clone/a": "{id: a, was: [basics/bundled, mine/new, mine/old, gone/x], q: Q, a: A}",
        "clone/gone": "{id: y, was: [gone/x], q: Q, a: A}",
    }
    for name, card in decks.items():
        path = tmp_path / "user" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"cards: [{card}]\n")
    library = read_library([], user=tmp_path / "user", bundled=bundled)
    assert not library.faults and len(library.decks) == 5
    assert library.renames() == {"mine/old": "mine/new", "gone/x": "gone/y"}


@pytest.mark.parametrize("least", ["MOST_LIBRARY_BYTES", "MOST_LIBRARY_CARDS"])
def test_one_deck_linked_a_thousand_times_is_not_read_so_often(
    tmp_path: Path, bundled: Path, monkeypatch: pytest.MonkeyPatch, least: str
) -> None:
    write(tmp_path / "user" / "mine.yaml", question="q")
    size = (tmp_path / "user" / "mine.yaml").stat().st_size
    monkeypatch.setattr(f"quizapp.cards.library.{least}", 10 * size if least == "MOST_LIBRARY_BYTES" else 9)
    for n in range(1000):
        path = tmp_path / "user" / "clone" / f"{n:03}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.symlink_to("../mine.yaml")
    library = read_library([], user=tmp_path / "user", bundled=bundled)
    assert [deck.name for deck in library.decks] == ["basics", "more", "mine", *(f"{n:03}" for n in range(9))]
    assert len(library.faults) == 991 and "so it was left out" in str(library.faults[-1].message)


def test_what_a_fault_says_is_clean_whatever_it_cites(tmp_path: Path, bundled: Path) -> None:
    for name in ("a\x1b[31m\u202e.yaml", "b.yaml"):
        write(tmp_path / "user" / name, deck="same")
    (fault,) = read_library([], user=tmp_path / "user", bundled=bundled).faults
    assert "a.yaml is named `same` already" in str(fault.message)
    message = tell("deck.not_one_of_them", what=tell("deck.this_field", field="\u202ea"))
    hint = tell("deck.did_you_mean", name="\x9bm")
    fault = Fault(Path("x\x1b[31m"), 1, 1, message, hint, "cards[0] \x1b[2Jx", ("with", "\u202ebits"))
    said = (fault.where, str(fault.message), str(fault.hint))
    assert said == ("cards[0] x: with.bits", "`a` is not one of them", "did you mean `m`?")


def test_a_new_home_has_no_decks_folder_yet(tmp_path: Path, bundled: Path) -> None:
    library = read_library([], user=tmp_path / "missing", bundled=bundled)
    assert len(library.decks) == 2 and not library.faults
    assert not read_library([], user=None, bundled=bundled).faults


def test_only_the_named_files_and_folders_are_read(tmp_path: Path, bundled: Path) -> None:
    one = write(tmp_path / "decks" / "one.yaml")
    write(tmp_path / "decks" / "cloned" / "two.yml")
    write(tmp_path / "decks" / "cloned" / "deeper" / "three.yaml")
    write(tmp_path / "decks" / ".git" / "hidden.yaml")
    write(tmp_path / "decks" / ".hidden.yaml")
    (tmp_path / "decks" / "README.md").write_text("no deck", encoding="utf-8")
    (tmp_path / "decks" / "folder.yaml").mkdir()
    library = read_library([tmp_path / "decks", one], user=tmp_path / "user", bundled=bundled)
    assert [deck.name for deck in library.decks] == ["one", "two"]
    assert not library.faults


def test_what_is_named_but_is_not_there_is_a_fault(tmp_path: Path, bundled: Path) -> None:
    (tmp_path / "empty").mkdir()
    library = read_library([tmp_path / "gone.yaml", tmp_path / "empty"], user=None, bundled=bundled)
    assert not library.decks
    assert ["No such file" in str(fault.message) for fault in library.faults] == [False, True]
    assert "no deck" in str(library.faults[0].message)


AS_ANYBODY = """
import os
from pathlib import Path
from quizapp.cards.library import read_library
from quizapp.cards.watch import look
from quizapp.cli import main

def run():  # the first time all that is needed is imported, which anybody might not be allowed to
    look([Path("home/decks"), Path("home/decks/clone"), Path("far/x.yaml")])
    for words in (["doctor"], ["check", "--fix", "home/decks/clone"], ["next", "home/decks/clone"]):
        print(words, main(["--home", "home", *words]))
    return read_library([], user=Path("far/decks"), bundled=Path("home/decks/clone"))

run()
if os.geteuid() == 0:
    os.setuid(65534)  # there is nothing that root may not read
print("as anybody:")
for fault in run().faults:
    print(ascii(f"fault {fault.file.name}: {fault.message}")[1:-1])
os.chdir("gone")
os.rmdir("../gone")
assert len(read_library([Path("x.yaml"), Path(".")], user=None, bundled=Path("y")).faults) == 2
"""
FOUND = {
    "decks": "cannot be read: Permission denied",
    "notes": "cannot be followed: Permission denied",
    "long": "cannot be followed: File name too long",
    "closed": "the folder cannot be read: Permission denied",
    "deck.yaml": "cannot be read: Permission denied",
    "a.yaml": "cannot be read: Permission denied",
    "b.yaml": "not a plain file",
    "c.yaml": "Too many levels",
    "d.yaml": "cannot be read: File name too long",
    "e.yaml": "No such file",
    "f.yaml": "not a plain file",
    "s.yaml": "not a plain file",
    r"\udcff.yaml": "missing here",
}


@pytest.fixture
def strange() -> Iterator[Path]:
    """A home with a clone among its decks that holds what stops a reader who does not look first."""
    top = Path(tempfile.mkdtemp())  # pytest's own is closed to all others
    clone, far = top / "home" / "decks" / "clone", top / "far"
    write(top / "home" / "decks" / "mine.yaml")
    write(far / "hidden" / "deck.yaml")
    write(clone / "closed" / "deck.yaml")
    write(clone / "blind" / "deck.yaml")
    (top / "gone").mkdir()
    (clone / "good.yaml").write_text("cards:\n  - {q: x, a: y, demo: {run: demo}}\n")
    (clone / os.fsdecode(b"\xff.yaml")).write_text("cards: [")
    (clone / os.fsdecode(b"\xfe")).mkdir()
    links: dict[str, Path | str] = {
        "notes": far / "hidden", "a.yaml": far / "hidden" / "deck.yaml", "demo.py": far / "hidden" / "demo.py",
        "b.yaml": "/dev/zero", "c.yaml": "c.yaml", "loop": "loop", "d.yaml": "d" * 300, "long": "d" * 300,
        "e.yaml": "nowhere", "nothing": "nowhere", "again": ".",
    }  # fmt: skip
    for name, target in links.items():
        (clone / name).symlink_to(target)
    os.mkfifo(clone / "f.yaml")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(clone / "s.yaml"))
    for within, folders, files in os.walk(top):
        for name in (".", *folders, *files) if os.geteuid() == 0 else ():
            os.chown(Path(within) / name, 65534, -1, follow_symlinks=False)
    shut = {clone / "closed": 0o300, clone / "blind": 0o600, far: 0}
    for folder, mode in shut.items():
        folder.chmod(mode)
    yield top
    for folder in shut:
        folder.chmod(0o700)
    shutil.rmtree(top)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX")
def test_whatever_lies_in_a_clone_is_a_fault_and_stops_nothing(strange: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AS_ANYBODY], cwd=strange, capture_output=True, encoding="utf-8", errors="replace"
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.partition("as anybody:\n")[2]
    missing = {name: what for name, what in FOUND.items() if not re.search(f"fault {re.escape(name)}: .*{what}", said)}
    assert not missing, said
    assert "Nothing is amiss." in said and "1 deck, 1 card: " in said and "good/x" in said


def test_cards_are_found_by_id_by_key_and_by_cloze(tmp_path: Path, bundled: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("cards:\n  - {id: x, type: cloze, text: '{{c1::a}} {{c2::b}}'}\n  - {id: y, q: y, a: z}\n")
    library = read_library([path, bundled], user=None, bundled=bundled)
    assert [card.key for card in library.named("x", "c")] == ["c/x:c1", "c/x:c2"]
    assert [card.key for card in library.named("c/y", "more")] == ["c/y"]
    assert not library.named("y", "more")


def test_a_library_of_nothing_has_no_keys() -> None:
    assert not Library(()).keys
    assert not Library((Deck("d", same("d"), Path("d.yaml"), ()),)).keys
