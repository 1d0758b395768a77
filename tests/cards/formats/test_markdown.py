"""hashcards and Obsidian."""

from pathlib import Path

from quizapp.cards.formats import FileContents, read_file
from quizapp.texts import tell


def read(tmp_path: Path, text: str) -> FileContents:
    path = tmp_path / "notes.md"
    path.write_text(text, encoding="utf-8")
    return read_file(path)


def sides(found: FileContents) -> list[tuple[str, str]]:
    return [(entry["q"] if "q" in entry else entry.get("text", ""), entry.get("a", "")) for entry in found.entries]


def test_hashcards(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '---\nname = "Groups"\n---\n\nQ: What is the order?\nA: Its size.\n\nQ: Which metals?\nA:\n\n- ruthenium\n'
        "- rhodium\n\n```\nQ: not a card\n---\n```\n---\nC: The [order] of a [group](http://x) is \\[its\\] [size].\n",
    )
    assert found.title == "Groups" and found.lost == {}
    assert sides(found) == [
        ("What is the order?", "Its size."),
        ("Which metals?", "- ruthenium\n- rhodium\n\n```\nQ: not a card\n---\n```"),
        ("The {{c1::order}} of a [group](http://x) is [its] {{c2::size}}.", ""),
    ]


def test_obsidian(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "# Title\n#flashcards\n\nOne::First\nTwo:::Second <!--SR:!2025-01-01,3,250-->\n\nWhat is\nthis?\n?\nAn answer\n"
        "of two lines\n\nthere\n??\nback\n\n```\na::b\n```\nuse `x::y`\nsee ![c](d.png)::e\n",
    )
    assert sides(found) == [
        ("One", "First"), ("Two", "Second"), ("Second", "Two"), ("What is\nthis?", "An answer\nof two lines"),
        ("there", "back"), ("back", "there"), ("see (image: c)", "e"),
    ]  # fmt: skip
    assert found.lost == {
        tell("formats.lost.obsidian_dates"): 1,
        tell("formats.lost.other_lines"): 4,
        tell("formats.lost.images"): 1,
    }


def test_a_fence_is_closed_by_one_of_its_kind_and_length_alone(tmp_path: Path) -> None:
    inside = "~~~\nQ: no\n```\n``` x\nA: no\n````\nC: no [x]\n"
    found = read(tmp_path, f"Q: One?\nA:\n````\n{inside}".replace("````\nC", "C") + "````\nQ: Two?\nA: b\n")
    assert [q for q, _ in sides(found)] == ["One?", "Two?"] and not found.lost
    found = read(
        tmp_path, "Q: One?\nA:\n```\nQ: no\n~~~\n``` x\nQ: no\n`````\nQ: Two?\nA: b\n"
    )  # a longer one closes it
    assert [q for q, _ in sides(found)] == ["One?", "Two?"] and not found.lost


def test_a_question_without_an_answer_and_a_cloze_without_a_gap_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path, "Q: Alone?\n\nC: No gap.\n\nQ: Good?\nA: Yes.\n")
    assert sides(found) == [("Good?", "Yes.")] and sum(found.lost.values()) == 2


def test_code_that_is_never_closed_ends_with_its_card(tmp_path: Path) -> None:
    whole = "Q: {}?\nA:\n```py\nx\n```\n"
    found = read(tmp_path, "Q: One?\nA:\n```py\nopen\n" + whole.format("Two") + whole.format("Three"))
    assert [q for q, _ in sides(found)] == ["One?", "Two?", "Three?"]
    assert found.lost == {tell("formats.lost.open_fence"): 1}
    found = read(tmp_path, "Q: One?\nA: a\n\nQ: Two?\nA:\n~~~\nlast\n")
    assert [q for q, _ in sides(found)] == ["One?", "Two?"] and found.lost == {tell("formats.lost.open_fence"): 1}
    found = read(tmp_path, "Q: One?\nA:\n```\nQ: a card in code\nA: b\n```\nQ: Two?\nA: c\n")
    assert [q for q, _ in sides(found)] == ["One?", "Two?"] and not found.lost


def test_code_opened_on_every_line_is_read_at_once(tmp_path: Path) -> None:
    found = read(tmp_path, "Q: a\nA: b\n```x\n" * 10_000)
    assert len(found.entries) == 1 and found.lost[tell("formats.lost.card_twice")] == 9_999
    assert len(read(tmp_path, "Q: a\nA: b\n```x\n" * 5_000 + "Q: c\nA:\n" + "```\n" * 5_000).entries) == 2


def test_what_is_highlighted_is_a_gap_and_front_matter_tags_all(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "---\ntags: [ml, '#deep']\n---\n- A ==teacher== guides a ==student==.\n\nIs `a == b`, a == b or c == d?\n\n"
        "- One::First\n",
    )
    assert sides(found) == [("A {{c1::teacher}} guides a {{c2::student}}.", ""), ("One", "First")]
    assert [entry["tags"] for entry in found.entries] == [["ml", "deep"]] * 2
    assert found.lost == {tell("formats.lost.other_lines"): 1}
    assert read(tmp_path, "---\ntags:\n  - a\n  - b/c\n---\nq::a\n").entries[0]["tags"] == ["a", "b/c"]


def test_a_tag_needs_no_blank_and_a_drive_is_no_card(tmp_path: Path) -> None:
    found = read(tmp_path, "Q:Why?\nA:Because\nC:\\tmp is a drive\n")
    assert sides(found) == [("Why?", "Because\nC:\\tmp is a drive")]
