"""What stands on a card: its blocks."""

from pathlib import Path

from quizapp.cards.card import Fix, Source
from quizapp.cards.sheet import front
from quizapp.words import Words, same

GIVEN = {"id": "x", "pinned": True, "deck": "d", "path": Path("d.yaml"), "line": 1, "key": "d/x"}


def small(source: Source) -> list[str]:
    return [block.text for block in front(Fix(**GIVEN, source=source), "en") if block.kind == "small"]


def test_a_wrong_statement_names_who_says_it_if_anyone_does() -> None:
    says = Words(en="Zeros make it fast.", zh="有零就快。")
    assert small(Source(says=says, book="A book", question="4")) == ["Claimed in A book, 4"]
    assert small(Source(says=says, book="A book")) == ["Claimed in A book"]
    assert small(Source(says=same("Zeros make it fast."))) == []
