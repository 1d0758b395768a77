"""What holds for every format: the way out and back in, a second import, and files that are something else."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.cards.formats import Foreign, read_file, write_file
from quizapp.cards.load import load
from quizapp.cards.text_file import Unreadable
from quizapp.cards.write import new_text
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
DATA = Path(__file__).parents[1] / "data"
BITS = [
    *(
        "#",
        "separator:",
        "tab\n",
        "html:true\n",
        "guid column:",
        "1",
        "\n",
        ",",
        "\t",
        '"',
        "Q:",
        "A:",
        "C:",
        "[x]",
        "é",
    ),
    *("{{c1::", "}}", "::", "\n?\n", "```", "---\n", "<b>", "</", "<img", "&amp", "\x1b[", "\0"),
]
ENDINGS = [".apkg", ".txt", ".csv", ".md"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_deck_of_every_type_goes_out_and_comes_back(tmp_path: Path, ending: str) -> None:
    deck, _ = load(DATA / "every-type.yaml")
    assert deck is not None
    path = tmp_path / f"deck{ending}"
    write_file(deck, path, "en")
    found = read_file(path)
    ids = list(dict.fromkeys(card.id for card in deck.cards))
    assert [entry["id"] for entry in found.entries] == ids and found.entries[0]["tags"] == ["quantization"]
    assert (found.entries[0]["level"], found.entries[0]["tier"]) == ("basic", "core")
    assert found.lost == {}
    back = tmp_path / "back.yaml"
    back.write_text(new_text(found.title, found.entries, ""))
    again, faults = load(back)
    assert again is not None and not faults
    assert len(again.cards) == len(deck.cards)  # the cloze's two too
    cloze = next(entry for entry in found.entries if entry.get("type") == "cloze")
    text, answer = (entry["en"] if ending == ".md" else entry for entry in (cloze["text"], found.entries[0]["a"]))
    assert "{{c1::scale}}" in text and "{{c2::zero point" in text
    assert "| bits | qmax |" in answer and "scale = w.abs().max()" in answer


@pytest.mark.parametrize("ending", ENDINGS)
def test_export_and_import_as_a_user_calls_them(quizapp: Call, tmp_path: Path, home: Home, ending: str) -> None:
    file = tmp_path / f"out{ending}"
    code, out, _ = quizapp("export", str(DATA / "every-type.yaml"), str(file))
    assert code == 0 and "7 cards" in out
    written = file.read_bytes()
    code, _, err = quizapp("export", str(DATA / "every-type.yaml"), str(file))
    assert code == 1 and "stays as it is" in err and file.read_bytes() == written
    code, out, _ = quizapp("import", str(file))
    deck = home.decks / "out.yaml"
    assert code == 0 and f"{deck}: 7 cards" in out
    deck.write_text(deck.read_text() + "  # my own comment\n")
    text = deck.read_text()
    code, out, _ = quizapp("import", str(file))
    assert code == 0 and "0 new, 0 changed, 7 as they were" in out and deck.read_text() == text
    errors = "8 errors" if ending == ".md" else "0 errors"  # of the exercise that the deck names, before as after
    assert errors in quizapp("check", str(deck))[1]
    assert sorted(tmp_path.iterdir()) == sorted([file, home.root])


def test_an_export_leaves_a_link_as_it_is_wherever_it_leads(quizapp: Call, tmp_path: Path) -> None:
    (tmp_path / "out.csv").symlink_to("nowhere")
    code, _, err = quizapp("export", str(DATA / "every-type.yaml"), str(tmp_path / "out.csv"))
    assert code == 1 and "stays as it is" in err
    assert (tmp_path / "out.csv").is_symlink() and not (tmp_path / "nowhere").exists()


def test_what_changed_is_updated_and_what_is_ones_own_stays(quizapp: Call, tmp_path: Path) -> None:
    source, deck = tmp_path / "notes.csv", tmp_path / "deck.yaml"
    source.write_text("id,q,a\none,What?,That.\n")
    assert quizapp("import", str(source), "-o", str(deck))[0] == 0
    deck.write_text(deck.read_text() + "    why: Mine.  # mine\n  - {id: own, q: Own?, a: Own.}\n")
    source.write_text("id,q,a\none,What?,This.\ntwo,Who?,She.\n")
    code, out, _ = quizapp("import", str(source), "-o", str(deck))
    assert code == 0 and "1 new, 1 changed, 0 as they were" in out
    loaded, faults = load(deck)
    assert loaded is not None and not faults
    assert [(card.id, card.a.en, card.why.en) for card in loaded.cards] == [
        ("one", "This.", "Mine."), ("own", "Own.", ""), ("two", "She.", "")
    ]  # fmt: skip
    assert "# mine" in deck.read_text()


def test_a_file_without_cards_a_wrong_ending_and_a_broken_deck_are_said(quizapp: Call, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    code, _, err = quizapp("import", str(empty))
    assert code == 1 and "no card" in err
    code, _, err = quizapp("import", str(tmp_path / "x.pdf"))
    assert code == 1 and ".apkg, .colpkg" in err
    code, _, err = quizapp("import", str(tmp_path / "gone.csv"))
    assert code == 1 and "cannot be read" in err
    code, _, err = quizapp("export", "nothing", str(tmp_path / "x.csv"))
    assert code == 2 and "five-questions" in err
    code, _, err = quizapp("export", "five-questions", str(tmp_path / "x.pdf"))
    assert code == 1 and "x.pdf" in err and not list(tmp_path.glob(".*"))
    source, deck = tmp_path / "a.csv", tmp_path / "deck.yaml"
    source.write_text("Q?,A.\n")
    deck.write_text("cards: [\n")
    code, _, err = quizapp("import", str(source), "-o", str(deck))
    assert code == 1 and f"{deck}: line" in err and deck.read_text() == "cards: [\n"
    assert quizapp("import", str(source), "-o", str(tmp_path / "deck.txt"))[0] == 2


@pytest.mark.parametrize("ending", [".txt", ".csv", ".md"])
@given(
    data=st.one_of(
        st.binary(max_size=80),
        st.lists(
            st.sampled_from(BITS),
            max_size=40,
        ).map(lambda parts: "".join(parts).encode()),
    )
)
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, ending: str, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{ending}"
    path.write_bytes(data)
    try:
        found = read_file(path)
    except (Foreign, Unreadable):
        return
    deck = tmp_path_factory.getbasetemp() / "any.yaml"
    deck.write_text(new_text(found.title, found.entries, "x"), encoding="utf-8")
    loaded, faults = load(deck)
    assert not faults and loaded is not None
    assert {card.id for card in loaded.cards} == {entry["id"] for entry in found.entries}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_damaged_package_is_read_or_refused(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    import zipfile

    with zipfile.ZipFile(DATA / "anki-legacy.apkg") as archive:
        data = bytearray(archive.read("collection.anki21"))
    for at, byte in changes:
        data[at % len(data)] = byte
    path = tmp_path / "bad.apkg"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("collection.anki2", bytes(data))
    try:
        assert read_file(path).entries
    except Foreign as error:
        assert str(path) in str(error)


def test_nothing_that_is_imported_is_written_anywhere_else(quizapp: Call, tmp_path: Path, home: Home) -> None:
    shutil.copy(DATA / "anki-new.apkg", tmp_path)
    assert quizapp("import", str(tmp_path / "anki-new.apkg"))[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["anki-new.apkg", home.root.name]


def test_a_vault_is_one_deck_whose_cards_are_tagged_with_their_folders(
    quizapp: Call, tmp_path: Path, home: Home
) -> None:
    vault = tmp_path / "My vault"
    (vault / "Deep Learning" / "Attention").mkdir(parents=True)
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian" / "hidden.md").write_text("no::never\n")
    (vault / "one.md").write_text("---\ntags: [basics]\n---\nOne::First\nprose\n")
    (vault / "Deep Learning" / "Attention" / "two.md").write_text("One::Another answer\n\nA ==key== and a ==value==.\n")
    (vault / "Deep Learning" / "bad.md").write_bytes(b"\xff\xfe\x00")
    (vault / "Deep Learning" / "link.md").symlink_to(vault / "one.md")
    code, out, _ = quizapp("import", str(vault), "--dry-run")
    assert (
        code == 0 and "3 cards" in out and "Nothing was written" in out and not (home.decks / "My vault.yaml").exists()
    )
    code, out, _ = quizapp("import", str(vault))
    assert code == 0 and "  1  files that cannot be read" in out and "  1  lines outside of cards (prose)" in out
    deck, faults = load(home.decks / "My vault.yaml")
    assert deck is not None and not faults and deck.title.en == "My vault"
    assert [(card.q.en or "gap", card.tags) for card in deck.cards] == [
        ("One", ("basics",)), ("One", ("Deep_Learning::Attention",)), ("gap", ("Deep_Learning::Attention",)),
        ("gap", ("Deep_Learning::Attention",)),
    ]  # fmt: skip
    (vault / "one.md").write_text("One::First of all\n")
    code, out, _ = quizapp("import", str(vault), "--dry-run")
    assert code == 0 and "new" in out and "Nothing was written" in out


def test_an_export_says_what_is_not_in_it(quizapp: Call, tmp_path: Path) -> None:
    source = tmp_path / "d.yaml"
    text = (DATA / "every-type.yaml").read_text()
    source.write_text(text.replace("cards:\n", "start: [scale-rule]\ncards:\n  - {id: bad}\n", 1))
    _, out, _ = quizapp("export", str(source), str(tmp_path / "a.md"))
    assert out.splitlines()[1:] == [
        "not in it:", "  1  cards with a fault: quizapp check names it",
        "  3  cards whose experiment or exercise is a file of its own: they name it",
    ]  # fmt: skip
    _, out, _ = quizapp("export", str(source), str(tmp_path / "a.csv"))
    assert out.splitlines()[1:] == [
        "not in it:", "  1  cards with a fault: quizapp check names it",
        "  3  cards that were judged (choice, number, order) and are only read there",
        "  1  cards that ask for code: it stands there as text, without cases, hints and steps",
        "  2  cards whose points are a list there, not ticked", "  2  experiments",
        "  2  cards with a time to answer", "  1  cards with prerequisites or follow-ups",
        "  1  cards with earlier ids", "  1  cards of the first session",
        "  7  cards of which only one language is there",
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_cloze_gains_nothing_each_time_it_goes_out_and_in(tmp_path: Path, ending: str) -> None:
    text = "cards:\n  - {id: c, type: cloze, text: 'A {{c1::gap}}.', why: Because.}\n"
    for turn in range(3):
        (tmp_path / f"d{turn}.yaml").write_text(text)
        deck, _ = load(tmp_path / f"d{turn}.yaml")
        assert deck is not None
        write_file(deck, tmp_path / f"d{turn}{ending}", "en")
        found = read_file(tmp_path / f"d{turn}{ending}")
        text = new_text(found.title, found.entries, "")
    assert found.entries[0]["why"].strip() == "Because." and "Why" not in text
