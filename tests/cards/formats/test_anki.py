"""Packages that Anki's own library made (see ../data/make_anki.py), and packages that mean harm."""

import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.cards.formats import Foreign, anki_message, anki_package, listed, read_file
from quizapp.paths import Home

Call = Callable[..., tuple[int, str, str]]
DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize("name", ["anki-legacy.apkg", "anki-new.apkg"])
def test_a_package_of_anki_is_read_with_all_that_a_deck_has_a_place_for(name: str) -> None:
    found = read_file(DATA / name)
    basic, cloze, there, back, media = found.entries
    assert found.title == "ML::Compression"
    assert basic["q"] == "What does **int8** cost?"
    assert basic["a"] == "About *6 dB* per bit\n\n- one\n- two"
    assert basic["tags"] == ["quant::int8", "x"]
    assert cloze["text"] == "A {{c1::teacher}} teaches a {{c2::student::who?}}" and cloze["why"] == "Hinton 2015"
    assert (there["q"], there["a"]) == ("KL", "Kullback–Leibler") == (back["a"], back["q"])
    assert media["q"] == "Look [image: the curve]" and media["a"] == "$a_b * c$"
    assert len({entry["id"] for entry in found.entries}) == 5
    assert found.marks == ((basic["id"], "flagged"), (media["id"], "suspended"))
    assert {str(what).split()[0]: count for what, count in found.lost.items()} == {"images": 1, "sounds": 1}
    assert [review.what for review in found.reviews] == ["good"] * 3


def test_suspended_cards_stay_so_once_and_what_is_lost_is_listed(quizapp: Call, home: Home) -> None:
    code, out, _ = quizapp("import", str(DATA / "anki-new.apkg"))
    assert code == 0
    assert (
        "3 reviews and resets came along" in out
        and "not carried over:" in out
        and "  1  images (their descriptions stay)" in out
    )
    assert "2 cards are suspended or flagged" in out
    deck = home.decks / "anki-new.yaml"
    due = json.loads(quizapp("due", str(deck), "--json")[1])["total"]
    assert due["new"] == 1  # of six cards three are learned, one is suspended, and of a text's gaps one a day is asked
    assert quizapp("undo")[0] == 0  # the user takes a suspension back
    assert quizapp("import", str(DATA / "anki-new.apkg"))[0] == 0
    assert json.loads(quizapp("due", str(deck), "--json")[1])["total"]["new"] == 2  # it is not done again


def package(path: Path, collection: bytes, name: str = "collection.anki2") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, collection)
    return path


def database(path: Path, *statements: str) -> bytes:
    with sqlite3.connect(path) as tables:
        for statement in statements:
            tables.execute(statement)
    tables.close()
    return path.read_bytes()


def of_a_kind(tmp_path: Path, front: str, back: str, fields: str, *, cloze: bool = False) -> Path:
    """A package with one note of four fields, and a note type with these templates."""
    kind = {"type": int(cloze), "flds": [{"name": name, "ord": nth} for nth, name in enumerate("ABCD")],
            "tmpls": [{"ord": 0, "qfmt": front, "afmt": back}]}  # fmt: skip
    data = database(
        tmp_path / "db",
        "CREATE TABLE col (models, decks, conf)",
        f"INSERT INTO col VALUES ('{json.dumps({'1': kind})}', '{{}}', '')",
        "CREATE TABLE notes (id, guid, mid, tags, flds)",
        f"INSERT INTO notes VALUES (1, 'g', 1, '', '{fields.replace('|', chr(31))}')",
        "CREATE TABLE cards (id, nid, did, ord, queue, flags, type, odid)",
        "INSERT INTO cards VALUES (1, 1, 1, 0, 0, 0, 0, 0)",
    )
    return package(tmp_path / "x.apkg", data)


@pytest.mark.parametrize(
    ("front", "back", "asked", "answered"),
    [
        ("{{A}}<br>{{B}}", "{{FrontSide}}<hr>{{C}}", "a\n\nb", "c"),
        ("{{#D}}{{hint:D}}{{/D}} {{A}}", "{{B}}", "a", "**B**: b\n\n**D**: d"),
        ("{{B}}{{type:A}}", "{{FrontSide}}<hr>{{type:A}}", "b", "a"),
        ("[latex]{{A}}[/latex]", "[$]{{B}}[/$]", "$$a$$", "$$b$$"),
        (r"What is \({{A}}\)?", r"\[{{B}}\]", "$$a$$", "$$b$$"),
        ("no field", "{{none}}", "a", "**B**: b\n\n**C**: c\n\n**D**: d"),
    ],
)
def test_what_the_front_shows_is_asked_and_what_it_hides_answers(
    tmp_path: Path, front: str, back: str, asked: str, answered: str
) -> None:
    found = read_file(of_a_kind(tmp_path, front, back, "a|b|c|d"))
    assert [(entry["q"], entry["a"]) for entry in found.entries] == [(asked, answered)]


def test_what_a_template_says_around_the_fields_is_named(tmp_path: Path) -> None:
    front = "<style>.x {y: z}</style><!-- n --><p class=word>What is {{A}}&nbsp;for?</p>"
    back = "{{FrontSide}}<hr id=answer>{{B}}<script>let x = 1"
    found = read_file(of_a_kind(tmp_path, front, back, "a|b||"))
    ((n, what),) = listed(found)
    assert (n, str(what)) == (1, "card templates with words of their own, around the fields (What is for?)")


def test_cards_that_a_deck_cannot_hold_are_named(tmp_path: Path) -> None:
    for cloze, fields, said in (
        (True, "{{c1::image-occlusion:rect:left=.1}}|<img src=a.png>||", "that hide a part of an image"),
        (True, "a {{c1::b {{c2::c}}}}|||", "with a gap in a gap (a {{c1::b {{c2::c}}}}): 1"),
        (True, "no gap|||", "without a gap (no gap): 1"),
        (False, "\x1b[31malone " + "and long " * 9 + "|||", "without an answer in text (alone and long and"),
    ):
        with pytest.raises(Foreign) as refused:
            read_file(of_a_kind(tmp_path, "{{A}}", "{{B}}", fields, cloze=cloze))
        assert f"cards {said}" in str(refused.value) and len(str(refused.value)) < 300 + len(str(tmp_path))
        (tmp_path / "db").unlink()


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "C:evil", "..\\evil"])
def test_a_name_that_leaves_the_package_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.apkg"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("collection.anki2", b"")
        archive.writestr(name, b"")
    with pytest.raises(Foreign, match="nothing was read"):
        read_file(path)


@pytest.mark.parametrize("packed", [False, True])
def test_a_bomb_is_refused_before_it_fills_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    import zstandard

    monkeypatch.setattr(anki_package, "MOST_DATABASE_BYTES", 1 << 20)
    bomb = bytes(50 << 20)
    name = "collection.anki21b" if packed else "collection.anki21"
    path = package(tmp_path / "x.apkg", zstandard.compress(bomb) if packed else bomb, name)
    assert path.stat().st_size < 100_000
    with pytest.raises(Foreign, match="larger than 1 MB"):
        read_file(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_bounds_is_refused(tmp_path: Path, method: int) -> None:
    path = tmp_path / "x.apkg"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("collection.anki2", bytes(1 << 20))
    with pytest.raises(Foreign, match="packed in a way that Anki does not use"):
        read_file(path)


def test_a_package_that_lists_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.apkg"
    with zipfile.ZipFile(path, "w") as archive:
        for name in range(100):
            archive.writestr(str(name), b"")
    monkeypatch.setattr(anki_package, "MOST_INDEX_BYTES", 100 * 48)
    with pytest.raises(Foreign, match="holds no collection"):
        read_file(path)
    monkeypatch.setattr(anki_package, "MOST_INDEX_BYTES", 100 * 47)
    with pytest.raises(Foreign, match="lists more files"):
        read_file(path)


@pytest.mark.parametrize(
    ("collection", "name"),
    [
        (b"", "collection.anki2"),
        (b"not a database", "collection.anki21"),
        (b"not zstd", "collection.anki21b"),
        (b"", "other"),
    ],
)
def test_what_is_no_collection_is_said(tmp_path: Path, collection: bytes, name: str) -> None:
    with pytest.raises(Foreign, match=r"x\.apkg"):
        read_file(package(tmp_path / "x.apkg", collection, name))
    (tmp_path / "y.apkg").write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(Foreign, match="not an Anki package"):
        read_file(tmp_path / "y.apkg")


def test_a_card_in_a_filtered_deck_is_tagged_with_the_one_where_it_is_at_home(tmp_path: Path) -> None:
    kind = {"type": 0, "flds": [{"name": name, "ord": nth} for nth, name in enumerate("AB")],
            "tmpls": [{"ord": 0, "qfmt": "{{A}}", "afmt": "{{B}}"}]}  # fmt: skip
    decks = {str(number): {"name": name} for number, name in enumerate(("One", "Two", "Cram"), 1)}
    data = database(
        tmp_path / "db",
        "CREATE TABLE col (models, decks, conf)",
        f"INSERT INTO col VALUES ('{json.dumps({'1': kind})}', '{json.dumps(decks)}', '')",
        "CREATE TABLE notes (id, guid, mid, tags, flds)",
        *(f"INSERT INTO notes VALUES ({n}, 'g{n}', 1, '', 'q{n}{chr(31)}a')" for n in (1, 2)),
        "CREATE TABLE cards (id, nid, did, ord, queue, flags, type, odid)",
        "INSERT INTO cards VALUES (1, 1, 3, 0, 0, 0, 0, 1), (2, 2, 2, 0, 0, 0, 0, 0)",
    )
    found = read_file(package(tmp_path / "x.apkg", data))
    assert [entry["tags"] for entry in found.entries] == [["One"], ["Two"]]


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


def test_a_view_that_poses_as_a_table_is_refused(tmp_path: Path) -> None:
    data = database(
        tmp_path / "db",
        "CREATE TABLE col (models, decks)",
        "CREATE TABLE cards (id, nid, did, ord, queue, flags, type, odid)",
        f"CREATE VIEW notes AS {ENDLESS} SELECT i AS id, i AS guid, 1 AS mid, '' AS tags, '' AS flds FROM n",
    )
    with pytest.raises(Foreign, match="no notes"):
        read_file(package(tmp_path / "x.apkg", data))


@pytest.mark.parametrize(
    "notes",
    [
        "CREATE TABLE notes (id, guid, mid, tags, flds AS ('aaaa' LIKE '%a%a%a%b'))",
        "CREATE TABLE notes (id, guid, mid, tags, flds AS (hex(id)) STORED)",
        "CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, tags, flds)",
        "CREATE VIRTUAL TABLE notes USING rtree(id, guid, mid, tags, flds)",
    ],
)
def test_a_table_that_computes_what_it_holds_is_refused(tmp_path: Path, notes: str) -> None:
    data = database(
        tmp_path / "db",
        "CREATE TABLE col (models, decks)",
        "CREATE TABLE cards (id, nid, did, ord, queue, flags, type, odid)",
        notes,
        "INSERT INTO notes (id, guid, mid, tags) VALUES (1, 'g', 1, '')",
    )
    with pytest.raises(Foreign, match="no notes"):
        read_file(package(tmp_path / "x.apkg", data))


def test_settings_that_are_too_long_are_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = of_a_kind(tmp_path, "{{A}}", "{{B}}", "a|b||")
    assert len(read_file(path).entries) == 1
    monkeypatch.setattr(anki_message, "MOST_SETTINGS", 100)
    for package in (path, DATA / "anki-new.apkg"):
        with pytest.raises(Foreign, match="settings are too long"):
            read_file(package)


def test_only_the_colours_of_flags_are_flags(tmp_path: Path) -> None:
    path = of_a_kind(tmp_path, "{{A}}", "{{B}}", "a|b||")
    for flags, marked in ((0, ()), (8, ()), (7, ("flagged",)), (12, ("flagged",))):  # the rest is Anki's own
        package(path, database(tmp_path / "db", f"UPDATE cards SET flags = {flags}"))
        assert tuple(mark for _, mark in read_file(path).marks) == marked


def test_too_many_rows_and_too_much_time_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = database(
        tmp_path / "db",
        "CREATE TABLE col (models, decks)",
        "INSERT INTO col VALUES ('{}', '{}')",
        "CREATE TABLE notes (id, guid, mid, tags, flds)",
        "CREATE TABLE cards (id, nid, did, ord, queue, flags, type, odid)",
        f"INSERT INTO cards {ENDLESS} SELECT i, 1, 1, 0, 0, 0, 0, 0 FROM n LIMIT 2000",
    )
    path = package(tmp_path / "x.apkg", data)
    monkeypatch.setattr(anki_package, "MOST_ROWS", 1000)
    with pytest.raises(Foreign, match="more than 1,000"):
        read_file(path)
    monkeypatch.setattr(anki_package, "MOST_SECONDS", -1)
    monkeypatch.setattr(anki_package, "MOST_ROWS", 10**9)
    package(
        path, database(tmp_path / "db", f"INSERT INTO cards {ENDLESS} SELECT i, 1, 1, 0, 0, 0, 0, 0 FROM n LIMIT 50000")
    )
    with pytest.raises(Foreign, match="takes longer than -1 s"):
        read_file(path)
    stopped = iter([KeyboardInterrupt])

    class Clock:
        """Ctrl+C is pressed when SQLite asks for the time."""

        asked = 0

        def monotonic(self) -> int:
            self.asked += 1
            if self.asked == 2:
                raise next(stopped)
            return 0

    monkeypatch.setattr(anki_package, "MOST_SECONDS", 60)
    monkeypatch.setattr(anki_package, "time", Clock())
    with pytest.raises(KeyboardInterrupt):
        read_file(path)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(Foreign, match=r"pip install .*\[formats\]"):
        read_file(DATA / "anki-new.apkg")
