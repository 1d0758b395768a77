"""A new card: when it is asked, before its file is read again."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from quizapp.cards.load import load
from quizapp.memory.recorder import Recorder
from quizapp.memory.schedule import Rules
from quizapp.memory.standings import open_standings
from quizapp.settings import Settings
from quizapp.study.add import last_is_asked, with_entry

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


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
        begun, both = with_entry([deck], tmp_path / "e.yaml", {"id": "new", "q": "Q?", "a": "A"})
        assert both == (deck, begun) and begun.cards[0].key == "e/new"
        assert last_is_asked(begun, both, recorder.standings, NOW, Settings(new_per_day=1)) == "later"
