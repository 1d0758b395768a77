import os
from pathlib import Path

import pytest

from quizapp.cards import cache
from quizapp.cards.cache import load_cached
from quizapp.cards.load import load

EVERY_TYPE = Path(__file__).parent / "data" / "every-type.yaml"


@pytest.fixture(autouse=True)
def _any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "WORTH_IT", 0)
    monkeypatch.setattr(cache, "SETTLED", 0)


def test_a_cached_deck_is_the_deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_cached(EVERY_TYPE, tmp_path / "cache")
    assert first == load(EVERY_TYPE)
    monkeypatch.setattr("quizapp.cards.load.load", lambda *_, **__: pytest.fail("parsed again"))
    assert load_cached(EVERY_TYPE, tmp_path / "cache") == first


def test_a_changed_file_is_read_again_and_the_old_entry_goes(tmp_path: Path) -> None:
    path, folder = tmp_path / "deck.yaml", tmp_path / "cache"
    for answer in ("one", "another"):
        path.write_text(f"cards:\n  - {{id: x, q: Question, a: {answer}}}\n  - {{id: y, qq: bad}}\n")
        deck, faults = load_cached(path, folder)
        assert deck is not None and deck.cards[0].a.en == answer
        assert {fault.line for fault in faults} == {3}
        assert load_cached(path, folder) == (deck, faults)
    assert len(list(folder.iterdir())) == 1


def test_what_changed_a_moment_ago_may_change_again_and_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = tmp_path / "deck.yaml", tmp_path / "cache"
    path.write_text("cards:\n  - {id: x, q: Question, a: one}\n")
    monkeypatch.setattr(cache, "SETTLED", 60)
    load_cached(path, folder)
    assert not folder.exists()


def test_a_file_put_in_the_place_of_another_with_its_time_and_size_is_read(tmp_path: Path) -> None:
    path, other, folder = tmp_path / "deck.yaml", tmp_path / "other", tmp_path / "cache"
    for file, answer in ((path, "one"), (other, "two")):
        file.write_text(f"cards:\n  - {{id: x, q: Question, a: {answer}}}\n")
        os.utime(file, ns=(10**18, 10**18))
    load_cached(path, folder)
    other.replace(path)
    deck, _ = load_cached(path, folder)
    assert deck is not None and deck.cards[0].a.en == "two"


def test_what_other_code_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_cached(EVERY_TYPE, tmp_path)
    monkeypatch.setattr(cache, "_code", lambda: 1)
    monkeypatch.setattr("quizapp.cards.load.load", lambda *_, **__: (None, ()))
    assert load_cached(EVERY_TYPE, tmp_path) == (None, ())


def test_a_fault_with_a_sentence_in_its_sentence_is_kept_whole(tmp_path: Path) -> None:
    path, folder = tmp_path / "deck.yaml", tmp_path / "cache"
    path.write_text("cards:\n  - {id: x, q: Question, a: Answer, refs: {a: b}}\n  - {id: y, q: Q, a: A, bo: k}\n")
    _, first = load_cached(path, folder)
    _, again = load_cached(path, folder)
    assert again == first == load(path)[1] and len({*first, *again}) == len(first) == 2
    assert [fault.says("zh") for fault in again] == [fault.says("zh") for fault in first]
    assert "a list is needed, not a mapping" in str(again[0]) and "映射" in again[0].says("zh")


def test_a_damaged_entry_or_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    first = load_cached(EVERY_TYPE, folder)
    for file in folder.iterdir():
        file.write_bytes(b"\x93garbage")
    assert load_cached(EVERY_TYPE, folder) == first
    (tmp_path / "file").write_text("")
    assert load_cached(EVERY_TYPE, tmp_path / "file" / "cache") == first


def test_what_is_too_large_for_a_deck_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = EVERY_TYPE.stat().st_size
    for most, kept in ((size - 1, 0), (size, 1)):
        monkeypatch.setattr(cache, "MOST_DECK_BYTES", most)
        load_cached(EVERY_TYPE, tmp_path / "cache")
        assert len(list(tmp_path.glob("cache/*"))) == kept


def test_what_cannot_be_read_is_a_fault_as_ever(tmp_path: Path) -> None:
    assert load_cached(tmp_path / "none.yaml", tmp_path / "cache") == load(tmp_path / "none.yaml")
