"""All that is amiss with decks together: the loader's faults, the demos', the lint's advice, each at its place."""

from pathlib import Path

from quizapp.cards.card import Card
from quizapp.cards.check import check
from quizapp.cards.fault import Amiss
from quizapp.cards.library import read_library
from quizapp.texts import tell


def no_problems(card: Card) -> list[Amiss]:
    return []


def test_what_is_wrong_with_a_demo_is_an_error_where_the_demo_stands(tmp_path: Path) -> None:
    asked = []

    def problems(card: Card) -> list[Amiss]:
        demo = card.demo
        assert demo is not None
        asked.append((demo.run, card.path.parent))
        return [Amiss(("demo", "run"), tell("check.no_demo", name=demo.run))] if demo.run == "gone" else []

    path = tmp_path / "deck.yaml"
    path.write_text(
        "cards:\n"
        "  - {id: good, why: w, q: x, a: y, demo: {run: gone}}\n"
        "  - {id: fine, why: w, q: z, a: y, demo: {run: here}}\n"
    )
    errors, warnings = check(read_library([path], user=None, bundled=tmp_path), problems)
    assert asked == [("gone", tmp_path), ("here", tmp_path)]
    assert [(fault.line, fault.column, fault.where, str(fault.message)) for fault in errors] == [
        (2, 48, "cards[0] good: demo.run", "there is no demo gone")
    ]
    assert not warnings


def test_the_loaders_faults_are_errors_too(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("cards: [", encoding="utf-8")
    errors, warnings = check(read_library([path], user=None, bundled=tmp_path), no_problems)
    assert len(errors) == 1 and not warnings


def test_a_file_that_changed_meanwhile_is_still_checked(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("cards:\n  - {id: x, q: x, a: y}\n", encoding="utf-8")
    library = read_library([path], user=None, bundled=tmp_path)
    path.write_text("[", encoding="utf-8")
    _, (warning,) = check(library, no_problems)
    assert (warning.line, warning.where) == (2, "x")
