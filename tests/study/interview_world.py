"""The two decks of the tests of a mock interview."""

from pathlib import Path

from quizapp.cards.library import Library, read_library

ONE = """
cards:
  - {id: top, q: Top?, a: A, points: [p, q, r], seconds: 50, follow_ups: [deeper, two/aside], was: [summit]}
  - {id: deeper, q: Deeper?, a: A, level: advanced, tags: [t], follow_ups: [deepest]}
  - {id: deepest, q: Deepest?, a: A, level: basic, follow_ups: [beyond, top]}
  - {id: beyond, q: Beyond?, a: A}
  - {id: gaps, type: cloze, text: "{{c1::one}} {{c2::two}}", follow_ups: [nowhere]}
  - {id: pick, type: choice, q: Pick?, choices: [{en: y, ok: true}, {en: n}]}
  - {id: sort, type: order, q: Sort?, items: [a, b, c]}
  - {id: number, type: numeric, q: N?, answer: {value: 2, range: [2, 2]}}
"""
TWO = "cards:\n  - {id: aside, q: Aside?, a: A, level: basic}\n" + "".join(
    f"  - {{id: w{i}, q: Q{i}, a: A}}\n" for i in range(8)
)


def interview_decks(folder: Path) -> Library:
    """They, read from `folder`, where they are written."""
    (folder / "one.yaml").write_text(ONE)
    (folder / "two.yaml").write_text(TWO)
    library = read_library([folder], user=None, bundled=folder)
    assert not library.faults
    return library
