"""Which decks there are: bundled, the user's, or those that were named; and nothing unreadable hides the rest."""

import os
from pathlib import Path

import pytest

from quizapp.cards.card import Deck
from quizapp.cards.library import Library, read_library
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
    assert library.notes == ("your own.yaml hides the bundled deck of that name",)


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
    assert fault.file.name == "b.yaml" and "a.yaml is named `same` already" in fault.message


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
    assert ["No such file" in fault.message for fault in library.faults] == [False, True]
    assert "no deck" in library.faults[0].message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_a_fault(tmp_path: Path, bundled: Path) -> None:
    (tmp_path / "user").mkdir(mode=0)
    try:
        library = read_library([], user=tmp_path / "user", bundled=bundled)
    finally:
        (tmp_path / "user").chmod(0o700)
    assert len(library.decks) == 2
    assert "cannot be read" in library.faults[0].message


def test_a_folder_that_fails_does_not_hide_the_others(
    tmp_path: Path, bundled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "user" / "mine.yaml")
    write(tmp_path / "user" / "locked" / "other.yaml")
    listed = Path.iterdir

    def iterdir(folder: Path) -> object:
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    library = read_library([], user=tmp_path / "user", bundled=bundled)
    assert [deck.name for deck in library.decks] == ["basics", "more", "mine"]
    (fault,) = library.faults
    assert fault.file.name == "locked" and "Permission denied" in fault.message


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
