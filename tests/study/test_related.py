from pathlib import Path

from quizapp.cards.library import read_library
from quizapp.study.related import related

ONE = """cards:
  - {id: root, q: Root, a: A}
  - {id: leaf, q: Leaf, a: A, after: [root, two/far], follow_ups: [gaps, nowhere]}
  - {id: gaps, type: cloze, text: "a {{c1::b}} and {{c2::c}}", after: [leaf]}
  - {id: alone, q: Alone, a: A}
"""
TWO = "cards:\n  - {id: far, q: Far, a: A, follow_ups: [one/leaf, leaf]}\n  - {id: leaf, q: Another leaf, a: A}\n"


def test_both_ends_of_a_link_know_each_other(tmp_path: Path) -> None:
    for name, text in (("one", ONE), ("two", TWO)):
        (tmp_path / f"{name}.yaml").write_text(text)
    library = read_library([tmp_path], user=None, bundled=tmp_path)
    assert not library.faults

    def keys(key: str) -> tuple[list[str], list[str]]:
        card = library.card(key)
        assert card is not None
        found = related(card, library)
        return [card.key for card in found.before], [card.key for card in found.after]

    assert keys("one/leaf") == (["one/root", "two/far"], ["one/gaps:c1"])
    assert keys("one/root") == ([], ["one/leaf"])
    assert keys("one/gaps:c2") == (["one/leaf"], [])  # not its own other gap
    assert keys("two/far") == ([], ["one/leaf", "two/leaf"])
    assert keys("two/leaf") == (["two/far"], [])
    assert keys("one/alone") == ([], [])
    alone = library.card("one/alone")
    assert alone is not None and not related(alone, library)
