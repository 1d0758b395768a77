"""Changes of files are seen once they rest, and a card is found again in what is read then."""

import os
import threading
from pathlib import Path

import pytest

from quizapp.cards.card import Card
from quizapp.cards.fault import Fault
from quizapp.cards.library import Library, kept_good, read_library
from quizapp.cards.watch import Watch, look
from quizapp.texts import Sentence
from quizapp.ui import watcher as ui_watcher
from quizapp.ui.watcher import Watcher

DECK = "cards:\n  - {q: What is one?, a: x}\n  - {id: two, q: What is two?, a: x}\n"


def library(path: Path, text: str) -> Library:
    path.write_text(text)
    return read_library([path], user=None, bundled=path)


def test_a_look_sees_decks_and_demos_and_nothing_else(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.YML", "c.py", "d.txt", ".hidden.yaml", "in/e.yaml", "in/in/f.yaml", "alone/g.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "alone" / "g.py").touch()
    (tmp_path / "lost.yaml").symlink_to(tmp_path / "nowhere")
    found = look([tmp_path, tmp_path / "missing"])
    assert {str(Path(name).relative_to(tmp_path)) for name in found} == {
        "a.yaml", "b.YML", "c.py", "in/e.yaml", "alone/g.yaml", "alone/g.py"
    }  # fmt: skip
    assert {Path(name).name for name in look([tmp_path / "alone" / "g.yaml"])} == {"g.yaml", "g.py"}


def test_a_change_is_settled_once_it_rests(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("1")
    watch = Watch([tmp_path])
    assert not watch.settled()
    path.write_text("22")
    assert not watch.settled()  # seen now; perhaps more is coming
    path.write_text("333")
    assert not watch.settled()
    assert watch.settled() and watch.settled()
    watch.mark()
    assert not watch.settled()
    os.utime(path, ns=(1, 1))
    watch.settled()
    assert watch.settled()
    path.unlink()
    watch.settled()
    assert watch.settled()


def test_errors_of_a_file_that_is_half_written_are_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui_watcher, "PERIOD_S", 0.001)
    path = tmp_path / "a.yaml"
    whole = "cards:\n  - {id: x, q: Q?, a: A.}\n"
    told: list[tuple[Fault, ...]] = []
    done = threading.Event()

    class Scripted(Watch):
        """Looks that find, one after the other, what an editor leaves that empties a file and then fills it."""

        states = iter([whole, "", "", whole, whole, "broken", "broken", "broken"])
        before = current = marked = whole

        def settled(self) -> bool:
            self.before, self.current = self.current, next(self.states, self.current)
            path.write_text(self.current)
            return self.before == self.current != self.marked

        def mark(self) -> None:
            self.marked = self.current

    def tell(library: Library) -> None:
        told.append(library.faults)
        done.set()

    watcher = Watcher(Scripted([path]), lambda: read_library([path], user=None, bundled=path), tell, print)
    watcher.start(library(path, whole))
    assert done.wait(10)
    watcher.stop()
    assert len(told) == 1 and "deck" in str(told[0][0].message)


def test_a_watcher_that_could_not_read_says_so_once_and_reads_the_next_change(tmp_path: Path) -> None:
    said: list[Sentence] = []
    found: list[Library] = []
    failed, told = threading.Event(), threading.Event()

    def read() -> Library:
        if not (tmp_path / "mended").exists():
            raise RuntimeError("boom")
        return Library(())

    def fail(sentence: Sentence) -> None:
        said.append(sentence)
        failed.set()

    def tell(library: Library) -> None:
        found.append(library)
        told.set()

    watcher = Watcher(Watch([tmp_path]), read, tell, fail)
    try:
        watcher.start(Library(()))
        watcher.wake()
        assert failed.wait(10)
        watcher.wake()
        (tmp_path / "mended").touch()
        watcher.wake()
        assert told.wait(10)
    finally:
        watcher.stop()
    assert len(said) == 1 and "boom" in str(said[0]) and "as they were before" in str(said[0])


def test_a_card_is_found_again_by_key_by_former_key_and_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    was = library(path, DECK)
    one, two = was.decks[0].cards

    def at_present(among: Library, card: Card) -> Card:
        current = among.now(card, was)
        assert current is not None
        return current

    found = library(path, DECK.replace("What", "WHAT"))
    assert at_present(found, two).q.en == "WHAT is two?"
    assert at_present(found, one).q.en == "WHAT is one?"  # no id: what stands on its line now
    renamed = library(path, DECK.replace("id: two", "id: zwei, was: [two]"))
    assert at_present(renamed, two).key == "d/zwei"
    assert library(path, DECK.replace("{id: two, q: What is two?", "{id: three, q: What?")).now(two, was) is None
    assert library(path, DECK.replace("{id: two,", "{id: two, type: fix, source: {says: x},")).now(two, was) is None
    was = library(path, "cards:\n  - {q: First?, a: x}\n  - {q: Second?, a: x}\n")
    now = library(path, "cards:\n  - {q: Second?, a: x}\n")
    assert now.now(was.decks[0].cards[0], was) is None  # what moved to its place is a card of its own


def test_a_deck_that_cannot_be_read_any_more_stays_as_it_was(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text(DECK)
    was = read_library([tmp_path], user=None, bundled=tmp_path)
    (tmp_path / "b.yaml").write_text("cards: [")
    (tmp_path / "c.yaml").unlink()
    now = kept_good(read_library([tmp_path], user=None, bundled=tmp_path), was)
    assert [deck.name for deck in now.decks] == ["a", "b"] and len(now.faults) == 1
    assert now.card("b/two") is not None and "b.yaml cannot be read now" in str(now.notes[0])
    assert kept_good(was, now) is was


def test_a_card_whose_entry_cannot_be_read_any_more_stays_as_it_was_beside_why(tmp_path: Path) -> None:
    """Also where the deck is a copy that was made to write in it."""
    path = tmp_path / "d.yaml"
    bad = DECK.replace("{id: two,", "{id: two, level: deep,")
    was = library(path, DECK)
    now = kept_good(library(path, bad), was)
    assert now.decks == was.decks and now.stale == {"d/two"}
    card = now.keys["d/two"]
    fault = now.fault_of(card)
    assert fault is not None and fault.line == 1 + bad[: bad.index("deep")].count("\n") and "deep" in str(fault)
    assert now.fault_of(now.decks[0].cards[0]) is None
    assert kept_good(library(path, bad), now).stale == {"d/two"}  # however often it is read
    assert kept_good(library(path, DECK), now) == was
    copy = tmp_path / "mine" / "d.yaml"
    copy.parent.mkdir()
    of_copy = kept_good(library(copy, bad), was)
    assert [card.id for card in of_copy.decks[0].cards] == [card.id for card in was.decks[0].cards]
    assert of_copy.fault_of(of_copy.keys["d/two"]) is not None
    assert "d/two" not in kept_good(library(path, DECK.replace("{id: two,", "{id: zwei, level: deep,")), was).keys
