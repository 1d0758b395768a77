"""No format damages a formula on its way out and back, nor makes one of what is none."""

import os
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.cards.formats import Lost, read_file, write_file
from quizapp.cards.formats.html import to_html, to_markdown
from quizapp.cards.formula_text import parted
from quizapp.cards.load import load
from quizapp.cards.write import Entry, new_text

REAL = [
    line.partition("\t")[2]
    for line in (Path(__file__).parents[1] / "data" / "formulas.txt").read_text("utf-8").splitlines()
    if line[:1] not in "%#"
]
ATOMS = st.sampled_from(
    [
        *("x", "12", r"\alpha", "a_i*b_j", r"\{", r"\}", r"\|", "<", ">", "&", "'", '"', "|", "*", "_n", "^2", r"\\"),
        *(r"\%", r"\,", r"\;", "~", "-", "[1]", "!", "#1", "http://a", "<b>", "&lt;", r"\_", "==", "--", "+"),
    ]
)
LATEX = st.recursive(
    ATOMS,
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=4).map(" ".join),
        st.tuples(part, part).map(lambda two: rf"\frac{{{two[0]}}}{{{two[1]}}}"),
        st.tuples(part, part).map(lambda two: f"{{{two[0]}}}_{{{two[1]}}}"),
        part.map(lambda one: rf"\left\{{{one}\right\|"),
        st.tuples(part, part).map(lambda two: rf"\begin{{cases}}{two[0]}&{two[1]}\\ {two[1]}\end{{cases}}"),
    ),
    max_leaves=6,
)
FORMULAS = st.one_of(LATEX, st.sampled_from(REAL)).map(str.strip).filter(bool)
WRITTEN = st.tuples(st.sampled_from(["${}$", "$${}$$", r"\({}\)", r"\[{}\]", "\n\n$$\n{}\n$$\n\n"]), FORMULAS).map(
    lambda two: two[0].format(two[1])
)
NONE = st.sampled_from(
    [
        *("costs $5 and $6", "US$5/US$6", r"\$x_1\$", "`$x$`", "``a $y$``", "**bold** word", "*a* $3", "a_b_c", "5$"),
        *("`$HOME` and `$PATH`", "<b>", "a < b > c", "x & y", "[a](https://b.example)", "- item", "1 * 2 * 3", "中文"),
        *("\n\n```\n$x$\n```\n\n", "\n\n", "$", r"\\", "{", "}"),
    ]
)
TEXT = st.lists(st.one_of(WRITTEN, NONE), min_size=1, max_size=4).map(lambda parts: f"Q {' '.join(parts)} .")
MANY = 200 if os.environ.get("QUIZAPP_SEEDS") else 8


def formulas(text: str) -> list[tuple[str, str]]:
    """The formulas of a text, with their kind; a blank behind a line's end and before a bracket says nothing."""
    return [
        (re.sub(r"\\\\ ?(?=[(\[\])])", r"\\\\", part.text), part.kind) for part in parted(text) if part.kind != "plain"
    ]


@settings(max_examples=10 * MANY, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT)
def test_html_and_back(text: str) -> None:
    assert formulas(to_markdown(to_html(text), Lost())) == formulas(text)


@pytest.mark.parametrize("ending", [".md", ".csv", ".txt", ".apkg"])
@settings(max_examples=MANY, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_out_and_back(tmp_path: Path, ending: str, texts: list[tuple[str, str]]) -> None:
    entries: list[Entry] = [{"id": f"c{at}", "q": q, "a": a} for at, (q, a) in enumerate(texts)]
    path = tmp_path / "d.yaml"
    path.write_text(new_text("d", entries, ""), "utf-8")
    deck, faults = load(path)
    assert deck is not None and not faults
    write_file(deck, tmp_path / f"out{ending}", "en")
    back = {entry["id"]: entry for entry in read_file(tmp_path / f"out{ending}").entries}
    for card in deck.cards:
        for field, text in (("q", card.q.en), ("a", card.a.en)):
            said = back[card.id][field]
            assert formulas(said if isinstance(said, str) else said["en"]) == formulas(text), (field, text, said)


@settings(max_examples=MANY, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(TEXT, min_size=1, max_size=6))
def test_a_page_has_the_source_of_each(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(new_text("d", [{"id": f"c{at}", "q": q, "a": "a"} for at, q in enumerate(texts)], ""), "utf-8")
    deck, _ = load(path)
    assert deck is not None
    write_file(deck, tmp_path / "d.html", "en")
    page = (tmp_path / "d.html").read_text("utf-8")
    found = [unescape(latex) for latex in re.findall(r'data-latex="([^"]*)"', page)]
    assert found == [part.text for card in deck.cards for part in parted(card.q.en) if part.kind != "plain"]
