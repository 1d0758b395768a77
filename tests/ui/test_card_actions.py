"""What is done to a card is said, kept in the journal, and taken back, the last first."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.app import SystemCommand

from quizapp.cards.card import Card
from quizapp.memory.schedule import local_now
from quizapp.paths import Home
from quizapp.study.desk import open_desk
from quizapp.ui.card_actions import Changes, card_commands, change_said, flag_change, suspend_change, undo_said
from quizapp.ui.context import Context
from quizapp.ui.wording import action_name

DECK = "cards:\n  - {id: one, q: What is one?, a: It}\n"


@pytest.fixture
def here(home: Home, tmp_path: Path) -> Iterator[Context]:
    (tmp_path / "d.yaml").write_text(DECK)
    made = Context(open_desk(home, [tmp_path / "d.yaml"], local_now()), lambda binding: binding.key)
    yield made
    made.desk.recorder.close()


def screen(here: Context) -> Any:
    app = SimpleNamespace(context=here, said=[])
    app.notify = lambda said, **_: app.said.append(said)
    return SimpleNamespace(app=app)


def card(here: Context) -> Card:
    return here.desk.library.keys["d/one"]


def test_changes_are_made_and_taken_back_the_last_first(here: Context) -> None:
    changes = Changes(screen(here))
    assert not changes
    one = card(here)
    assert changes.make(one, "flagged") == "What is one?\nFlagged."
    assert changes.make(one, "suspended") == "What is one?\nSuspended: not asked any more."
    assert here.desk.standings.of("d/one").flagged and here.desk.standings.of("d/one").suspended and changes
    assert changes.undo() == "What is one?\nSuspended: undone"
    assert here.desk.standings.of("d/one").flagged and not here.desk.standings.of("d/one").suspended
    assert changes.undo() == "What is one?\nFlagged: undone"
    assert not here.desk.standings.of("d/one").flagged and not changes


def test_what_the_disk_refuses_is_said_and_nothing_is_to_be_taken_back(
    here: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("the disk is full")

    on = screen(here)
    changes = Changes(on)
    monkeypatch.setattr(type(here.desk.recorder), "change", full)
    assert changes.make(card(here), "buried") == "" and not changes
    assert on.app.said == ["the disk is full"]


def test_what_cannot_be_taken_back_is_said_and_stays(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("the disk is full")

    on = screen(here)
    changes = Changes(on)
    changes.make(card(here), "buried")
    monkeypatch.setattr(type(here.desk.recorder), "undo", full)
    assert changes.undo() == "" and changes and on.app.said == ["the disk is full"]


def test_the_commands_turn_with_how_the_card_stands(here: Context) -> None:
    done: list[str] = []

    def offered() -> list[str]:
        return [action_name(command.title, "en") for command in commands()]

    def commands() -> list[SystemCommand]:
        return [*card_commands(here.desk.standings.of("d/one"), done.append, lambda: done.append("edit"))]

    plain = ["Bury this card", "Suspend this card", "Flag this card", "Edit this card", "Reset this card"]
    assert offered() == plain
    for command in commands():
        command.callback()
    assert done == ["buried", "suspended", "flagged", "edit", "reset"]
    changes = Changes(screen(here))
    changes.make(card(here), "flagged")
    changes.make(card(here), "suspended")
    assert offered()[1:3] == ["Ask this card again", "Take the flag off"]
    standing = here.desk.standings.of("d/one")
    assert (flag_change(standing), suspend_change(standing)) == ("unflagged", "unsuspended")


def test_it_is_said_in_both_languages() -> None:
    assert change_said("reset", "en") == "Reset: as if never seen."
    assert change_said("reset", "zh") != change_said("reset", "en")
    assert undo_said("good", "en") == "Good: undone" and undo_said("good", "zh") != "Good: undone"
