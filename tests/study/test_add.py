"""A new card: when it is asked, before its file is read again."""

import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from quizapp.cards.load import load
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.add import last_is_asked, usual_deck, with_entry

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_the_deck_that_was_written_last_is_the_usual_one_and_never_a_copy(tmp_path: Path) -> None:
    decks = []
    for age, name in enumerate(("new", "old", "copy")):
        (path := tmp_path / f"{name}.yaml").write_text("cards: [{id: one, q: Q, a: A}]")
        os.utime(path, (1e9 - age, 1e9 - age) if name != "copy" else (2e9, 2e9))
        deck, _ = load(path)
        assert deck is not None
        decks.append(replace(deck, stands_in=name == "copy"))
    assert usual_deck(decks) == tmp_path / "new.yaml" and usual_deck(decks[2:]) is None
    (tmp_path / "new.yaml").unlink()
    assert usual_deck(decks) == tmp_path / "old.yaml"
    assert usual_deck([replace(decks[1], bundled=True)]) is None


def test_it_waits_today_where_the_day_has_room_for_it_after_those_before_it(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("cards: [{id: one, q: Q, a: A}]")
    deck, _ = load(path)
    assert deck is not None
    with closing(Recorder(open_standings(tmp_path / "home", rules=Rules()))) as recorder:
        grown, decks = with_entry([deck], path, {"id": "new", "q": "Q?", "a": "A"})
        assert decks == (grown,) and [card.key for card in grown.cards] == ["d/one", "d/new"]
        for cap, when in ((2, "today"), (1, "far"), (0, "later")):  # with none left five are studied ahead
            assert last_is_asked(grown, decks, recorder.standings, NOW, Settings(new_per_day=cap)) == when
        gaps, decks = with_entry([deck], path, {"id": "gaps", "type": "cloze", "text": "{{c1::One}}, {{c2::two}}."})
        assert last_is_asked(gaps, decks, recorder.standings, NOW, Settings(new_per_day=9)) == "first"
        begun, both = with_entry([deck], tmp_path / "e.yaml", {"id": "new", "q": "Q?", "a": "A"})
        assert both == (deck, begun) and begun.cards[0].key == "e/new"
        assert last_is_asked(begun, both, recorder.standings, NOW, Settings(new_per_day=1)) == "later"
