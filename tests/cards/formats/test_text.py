"""Anki's text with # lines, and CSV."""

import csv
from pathlib import Path

import pytest

from quizapp.cards import formats
from quizapp.cards.card import Deck, Free
from quizapp.cards.formats import FileContents, Foreign, id_of, listed, read_file, write_file
from quizapp.cards.load import load
from quizapp.cards.slug import made_id
from quizapp.cards.write import Entry
from quizapp.words import same


def said(found: FileContents) -> list[str]:
    return [f"{n} {what}" for n, what in listed(found)]


def read(tmp_path: Path, text: str, name: str = "notes.txt") -> list[Entry]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return list(read_file(path).entries)


def test_ankis_headers(tmp_path: Path) -> None:
    entries = read(
        tmp_path,
        "#separator:Semicolon\n#html:true\n#guid column:1\n#notetype column:2\n#tags column:5\n#tags:all\n"
        'abc;Basic;What<br>now?;"A;<b>B</b>";one two\nmine/slug-1;Cloze;A {{c1::gap}};;\n',
    )
    assert entries == [
        {"id": id_of("abc"), "q": "What\nnow?", "a": "A;**B**", "tags": ["all", "one", "two"]},
        {"id": "slug-1", "type": "cloze", "text": "A {{c1::gap}}", "tags": ["all"]},
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", "Why?\tBecause.\n"),
        ("a.txt", "Why?;Because.\n"),
        ("a.csv", '"Why?",Because.\n'),
        ("a.csv", "front,back\nWhy?,Because.\n"),
        ("a.csv", "Answer,Question\nBecause.,Why?\n"),
    ],
)
def test_two_columns_are_enough(tmp_path: Path, name: str, text: str) -> None:
    (entry,) = read(tmp_path, text, name)
    assert {"q", "a"} <= entry.keys() and entry["id"] == made_id(entry["q"])
    if "Answer" not in text:
        assert (entry["q"], entry["a"]) == ("Why?", "Because.")


def test_markup_in_a_csv_is_text_unless_it_is_html(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, 'Is a<b?,"Yes, if x < y & so on"\n', "a.csv")
    assert entry["q"] == "Is a<b?" and entry["a"] == "Yes, if x < y & so on"


def test_a_spreadsheet_finds_no_formula_and_all_comes_back(tmp_path: Path) -> None:
    said = ["=1+1", "+1", "-1 is less", "@SUM(A1)", "＝1", "'=1", "''-1", "'quoted'", "plain", "- a\n- b"]
    cards = tuple(
        Free(id=f"x{at}", q=same(text), a=same(text), tags=("=now()", "-t"), pinned=True, deck="d", path=Path(),
             line=at, key=f"d/x{at}")
        for at, text in enumerate(said)
    )  # fmt: skip
    path = tmp_path / "out.csv"
    write_file(Deck("d", same("d"), Path(), cards), path, "en")
    with path.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[0] in "=+-@＝\t\r"]
    found = read_file(path)
    assert [(entry["q"], entry["a"]) for entry in found.entries] == [(text, text) for text in said]
    assert all(entry["tags"] == ["=now()", "-t"] for entry in found.entries)
    write_file(Deck("d", same("d"), Path(), cards), tmp_path / "out.txt", "en")
    assert "\t=now" not in (tmp_path / "out.txt").read_text()
    assert read_file(tmp_path / "out.txt").entries[0]["tags"] == ["=now()", "-t"]
    assert read(tmp_path, "q,a\n'=1,'-2\n", "theirs.csv")[0]["q"] == "'=1"  # what others quote so, they mean


def test_tags_of_a_row_are_parted_by_blanks_and_commas_and_come_after_those_of_the_file(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "#tags column:3\n#tags:all of\nq;a;one,two three, four\n")
    assert entry["tags"] == ["all", "of", "one", "two", "three", "four"]


def test_rows_of_too_many_columns_and_files_of_too_many_lines_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("Q?,a\n" + "x," * 101 + "\n")
    assert said(read_file(tmp_path / "a.csv")) == ["1 rows of more than 100 columns (x)"]
    (tmp_path / "a.csv").write_text("x," * 99 + "y\n")
    assert len(read_file(tmp_path / "a.csv").entries) == 1
    monkeypatch.setattr(formats, "MOST_TEXT_LINES", 1)
    for name in ("a.csv", "a.md"):
        (tmp_path / name).write_text("q::a\nq::a\n")
        with pytest.raises(Foreign, match="more than 1 lines"):
            read_file(tmp_path / name)


def test_more_columns_answer_with_their_names(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "#separator:tab\n#columns:Word\tMeaning\tExample\nx\ty\tz\n")
    assert entry["a"] == "**Meaning**: y\n\n**Example**: z"


def test_a_quote_is_no_separator(tmp_path: Path) -> None:
    """Python 3.13 takes none that is; those before read what nobody meant."""
    with pytest.raises(Foreign, match="a quote as its separator"):
        read(tmp_path, '#separator:"\nq"a\n')


def test_a_title_is_one_head_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text('title: "T\\n#html:false\\n#tags column:1"\ncards: [{id: a, q: Q, a: A}]\n')
    deck, _ = load(tmp_path / "d.yaml")
    assert deck is not None
    write_file(deck, tmp_path / "d.txt", "en")
    assert "\n#deck:T #html:false #tags column:1\n" in (tmp_path / "d.txt").read_text()
    assert read_file(tmp_path / "d.txt").entries[0]["q"] == "Q"


def test_names_of_columns_are_cleaned_too(tmp_path: Path) -> None:
    entries = read(tmp_path, "#columns:Front;Ba\x00ck;No\x1b[31mte\nq;a;n\n")
    assert entries[0]["a"] == "**Back**: a\n\n**Note**: n"


def test_what_cannot_be_a_card_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Why?,Because.\nalone,\n,nothing\nWhy?,Twice.\nWhy?,Because.\n{{c1::a {{c2::b}}}},\n")
    found = read_file(path)
    assert [entry["a"] for entry in found.entries] == ["Because.", "Twice."]  # it answers something else
    assert len({entry["id"] for entry in found.entries}) == 2
    assert said(found) == [
        "1 cards without an answer in text (alone)",
        "1 cards without a question in text (nothing)",
        "1 cards with a gap in a gap ({{c1::a {{c2::b}}}})",
        "1 cards that are there twice",
    ]


def test_a_huge_field_is_said(tmp_path: Path) -> None:
    with pytest.raises(Foreign, match="columns of text"):
        read(tmp_path, f"Q,{'a' * 200_000}\n", "a.csv")


def test_named_columns_are_used_wherever_they_stand(tmp_path: Path) -> None:
    one, two = read(tmp_path, "Topic,Question,Answer,Source\nML basics,Why?,So.,H15\nML basics,How?,Thus.,\n", "a.csv")
    assert (one["q"], one["a"], one["tags"]) == ("Why?", "**Answer**: So.\n\n**Source**: H15", ["ML_basics"])
    assert (two["q"], two["a"]) == ("How?", "Thus.")


def test_a_cloze_is_known_by_its_gaps_whatever_its_note_type_is_called(tmp_path: Path) -> None:
    entries = read(tmp_path, "#notetype column:1\n#deck column:2\nLückentext;Mine;A {{c2::gap}};\nBasis;Mine;q;a\n")
    assert [entry.get("type") for entry in entries] == ["cloze", None]
    assert entries[0]["tags"] == ["Mine"]


def test_an_id_of_anki_with_a_slash_is_not_taken_for_ours(tmp_path: Path) -> None:
    assert id_of("N:*(|7Z_/v") != "v" and id_of("N:*(|7Z_/v") != id_of("M:*(|7Z_/v")
    assert id_of("deck/v") == id_of("Meine Karten/v") == "v"


def test_ones_own_csv_is_never_taken_for_html(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, "id,type,q,a,tags\nx,free,What does <br> do?,a &lt; b,\n", "a.csv")
    assert (entry["q"], entry["a"]) == ("What does <br> do?", "a &lt; b")


def test_an_answer_that_is_only_an_image_is_counted_apart(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("#html:true\nq\t<img src=a.png>\nr\tsee <img src=b.png>\n")
    found = read_file(tmp_path / "a.txt")
    assert [entry["q"] for entry in found.entries] == ["r"]
    assert "1 cards that ask or answer with nothing but an image (q)" in said(found)


def test_columns_are_chosen_by_name_or_number(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nr,Wort,Bedeutung\n1,Haus,house\n")
    for columns in (("Wort", "Bedeutung"), ("Wort", "3")):
        (entry,) = read_file(path, asked_in=columns[0], answered_in=columns[1]).entries
        assert entry["q"] == "Haus" and entry["a"].startswith("**Bedeutung**: house")
    with pytest.raises(Foreign, match="no column 4; it has Nr, Wort, Bedeutung"):
        read_file(path, asked_in="4")
    (tmp_path / "a.md").write_text("q::a\n")
    with pytest.raises(Foreign, match="no columns to choose from"):
        read_file(tmp_path / "a.md", asked_in="1")
