"""Pictures and sounds that come along and go out again, in all layouts of Anki's packages and in Markdown; and
packages that mean harm with them."""

import json
import os
import stat
import struct
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import zstandard
from test_anki import of_a_kind

from quizapp.cards.formats import FileContents, Foreign, anki_media, carried, listed, read_file
from quizapp.cards.formats.carried import bring

Call = Callable[..., tuple[int, str, str]]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
MP3 = b"ID3\x04" + bytes(300)
FILES = {"heap 1.png": PNG, "图.png": PNG + b"!", "b.mp3": MP3}
FIELDS = "Look <img src=heap%201.png alt=the.curve>|<img src=图.png> [sound:b.mp3]||"


def named(names: Mapping[str, str]) -> bytes:
    """Anki's list of files as protobuf, with their sizes."""
    entries = [b"\x0a" + bytes([len(name.encode())]) + name.encode() + b"\x10\x05" for name in names.values()]
    return b"".join(b"\x0a" + bytes([len(entry)]) + entry for entry in entries)


def packed(tmp_path: Path, fields: str, files: Mapping[str, bytes], layout: str = "collection.anki2") -> Path:
    """A package with one note and these files, in a layout of Anki's: the name of its database."""
    path = of_a_kind(tmp_path, "{{A}}", "{{B}}", fields)
    with zipfile.ZipFile(path) as archive:
        database = archive.read("collection.anki2")
    squeeze = zstandard.compress if layout.endswith("b") else bytes
    names = dict(zip(map(str, range(len(files))), files, strict=True))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(layout, squeeze(database))
        archive.writestr("media", squeeze(named(names) if layout.endswith("b") else json.dumps(names).encode()))
        for number, name in names.items():
            archive.writestr(number, squeeze(files[name]))
    (tmp_path / "db").unlink()
    return path


def said(found: FileContents) -> dict[str, int]:
    return {str(what): n for n, what in listed(found)}


def there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


HELD = {"heap_1.png": PNG, "图.png": PNG + b"!", "b.mp3": MP3}


@pytest.mark.parametrize("layout", ["collection.anki2", "collection.anki21", "collection.anki21b"])
def test_they_come_from_each_layout_of_a_package(tmp_path: Path, layout: str) -> None:
    found = read_file(packed(tmp_path, FIELDS, FILES, layout))
    (entry,) = found.entries
    assert (entry["q"], entry["a"]) == ("Look ![the.curve](heap_1.png)", "![](图.png) ![](b.mp3)") and not found.lost
    bring(found.media, tmp_path / "heap.yaml")
    folder = tmp_path / "heap.media"
    assert there(folder) == HELD and not any(path.stat().st_mode & 0o111 for path in folder.iterdir())


def test_they_go_out_again_with_every_byte(tmp_path: Path, quizapp: Call) -> None:
    source, deck = packed(tmp_path, FIELDS, FILES), tmp_path / "in" / "heap.yaml"
    deck.parent.mkdir()
    code, out, _ = quizapp("import", str(source), "-o", str(deck), "--dry-run")
    assert code == 0 and "3 pictures and sounds came along" in out and not [*deck.parent.iterdir()]
    code, out, _ = quizapp("import", str(source), "-o", str(deck))
    assert code == 0 and "3 pictures and sounds came along" in out and "not carried over" not in out
    for ending in (".apkg", ".md"):
        code, out, _ = quizapp("export", str(deck), str(tmp_path / f"out{ending}"))
        assert code == 0 and "not in it" not in out
        again = tmp_path / f"again{ending}" / "heap.yaml"
        again.parent.mkdir()
        assert quizapp("import", str(tmp_path / f"out{ending}"), "-o", str(again))[0] == 0
        assert there(again.with_suffix(".media")) == there(deck.with_suffix(".media")) == HELD
        assert again.read_text().split("\n", 1)[1] == deck.read_text().split("\n", 1)[1]


def test_what_no_card_names_stays_and_what_is_none_is_named(tmp_path: Path) -> None:
    files = {"a.png": PNG, "unused.png": PNG, "d.svg": b"<svg onload=x>", "e.html": b"<p>", "v.mp4": b"\0\0\0 ftypisom",
             "page.png": b"<html>", "sound.png": MP3}  # fmt: skip
    fields = (
        "q <img src=a.png>|" + "".join(f"<img src={name}>" for name in [*files, "gone.png"][2:]) + "[sound:no.mp3] x||"
    )
    found = read_file(packed(tmp_path, fields, files))
    assert [file.name for file in found.media] == ["a.png"]
    kinds = "files of a kind that is not taken: no picture or sound, or one that can hold a program, as SVG can"
    assert said(found) == {
        f"{kinds} (d.svg; e.html; v.mp4)": 3,
        "files that are not what their names say (page.png; sound.png)": 2,
        "images (their descriptions stay)": 1,
        "sounds": 1,
        "media files that no card names": 1,
    }
    assert found.entries[0]["a"].startswith("[image: d.svg][image: e.html]")


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("../../../evil.png", "evil.png"), ("/etc/evil.png", "evil.png"), ("..\\evil.png", "evil.png"),
        ("C:\\evil.png", "evil.png"), ("-rf.png", "rf.png"), (".hidden.png", "hidden.png"), ("con.png", "file_con.png"),
        ("a\x1b[2J.png", "a_2J.png"), ("evil.png\u202egnp", ""), ("x" * 300 + ".png", "x" * 60 + ".png"),
    ],
)  # fmt: skip
def test_a_name_in_a_package_says_only_what_it_is_called(tmp_path: Path, name: str, becomes: str) -> None:
    found = read_file(packed(tmp_path, f'q|x <img src="{name}">||', {name: PNG}))
    deck = tmp_path / "below" / "decks" / "heap.yaml"
    bring(found.media, deck)
    assert [file.name for file in found.media] == ([becomes] if becomes else [])
    written = {path.name for path in tmp_path.rglob("*") if path.is_file()} - {"x.apkg"}
    assert written == {becomes} - {""} and (not becomes or there(deck.with_suffix(".media")) == {becomes: PNG})


def test_two_files_of_one_name_stay_two_whatever_their_case(tmp_path: Path) -> None:
    files = {"a/heap.png": PNG, "b/Heap.png": PNG + b"2", "c/heap.png": PNG}
    found = read_file(packed(tmp_path, "q|" + " ".join(f"<img src={name}>" for name in files) + "||", files))
    first, second = (file.name for file in found.media)
    assert first == "heap.png" and second.startswith("Heap-") and second.casefold() != first
    assert found.entries[0]["a"] == f"![]({first}) ![]({second}) ![]({first})"
    bring(found.media, tmp_path / "heap.yaml")
    assert there(tmp_path / "heap.media") == {first: PNG, second: PNG + b"2"}


def test_no_picture_of_another_import_gives_way(tmp_path: Path, quizapp: Call) -> None:
    deck = tmp_path / "heap.yaml"
    for name, data in {"one": PNG, "two": PNG + b"2"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "heap.png").write_bytes(data)
        (tmp_path / name / "a.md").write_text(f"{name}?::![](heap.png) it\n")
    for name in ("one", "two", "two", "one"):
        assert quizapp("import", str(tmp_path / name / "a.md"), "-o", str(deck))[0] == 0
    _, out, _ = quizapp("import", str(tmp_path / "two" / "a.md"), "-o", str(deck))
    assert "0 new, 0 changed, 1 as they were" in out
    held = there(deck.with_suffix(".media"))
    (other,) = {*held} - {"heap.png"}
    assert held == {"heap.png": PNG, other: PNG + b"2"} and f"![]({other}) it" in deck.read_text()


@pytest.mark.parametrize("layout", ["collection.anki2", "collection.anki21b"])
def test_a_bomb_does_not_come_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str) -> None:
    for module in (carried, anki_media):
        monkeypatch.setattr(module, "MOST_FILE_BYTES", 1 << 20)
    bomb = packed(
        tmp_path, "q <img src=a.png>|<img src=b.png>||", {"a.png": PNG + bytes(50 << 20), "b.png": PNG}, layout
    )
    assert bomb.stat().st_size < 200_000
    tracemalloc.start()
    try:
        found, (_, peak) = read_file(bomb), tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10 << 20
    assert said(found) == {"pictures and sounds of more than 1 MB (a.png)": 1}
    assert [file.name for file in found.media] == ["b.png"]


def test_what_cannot_be_read_is_not_unpacked_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried, "MOST_MEDIA_BYTES", 8 << 20)
    broken = b"\x28\xb5\x2f\xfd broken"
    files = {f"{i}.png": broken + bytes([i]) for i in range(9)}
    found = read_file(packed(tmp_path, "q|x " + "".join(f"<img src={name}>" for name in files) + "||", files))
    assert sorted(n for n, _ in listed(found)) == [3, 6]  # not read; and then not tried


def test_the_longest_names_can_be_written(tmp_path: Path) -> None:
    name = "\U00020000" * 80 + ".webp"
    files = {f"a/{name}": b"RIFF1234WEBP", f"b/{name}": b"RIFF1234WEBP2"}
    found = read_file(packed(tmp_path, "q|" + " ".join(f"<img src={name}>" for name in files) + "||", files))
    bring(found.media, tmp_path / "heap.yaml")
    assert len(there(tmp_path / "heap.media")) == 2


def test_a_source_that_changes_meanwhile_brings_nothing_else(tmp_path: Path) -> None:
    package = packed(tmp_path, "q|<img src=a.png>||", {"a.png": PNG})
    found, deck = read_file(package), tmp_path / "heap.yaml"
    packed(tmp_path, "q|<img src=a.png>||", {"a.png": b"<html>"})
    assert bring(found.media, deck) == 0 and not deck.with_suffix(".media").exists()
    package.write_bytes(b"half of it")
    with pytest.raises(Foreign, match=r"x\.apkg"):
        bring(found.media, deck)


def test_all_together_and_their_number_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"{i}.png": PNG + bytes([i]) for i in range(9)}
    path = packed(tmp_path, "q|" + "".join(f"<img src={name}>" for name in files) + "||", files)
    for bound, most in (("MOST_MEDIA", 3), ("MOST_MEDIA_BYTES", 2 * len(PNG) + 10)):
        with monkeypatch.context() as patch:
            patch.setattr(carried, bound, most)
            found = read_file(path)
        assert len(found.media) == 3 and [n for n, _ in listed(found)] == [6]


@pytest.mark.parametrize(
    "media",
    [b"", b"[[", b"{", b"[1]", b'{"0": 1, "9": "a.png", "../x": "a.png"}', b"\x28\xb5\x2f\xfd broken", b"\x0a\xff",
     b"\x0b", b"\xff" * 40, b"[" * 100_000, b"{" + b" " * (5 << 20)],
    ids=range(11),
)  # fmt: skip
def test_a_list_of_files_that_lies_costs_the_pictures_only(tmp_path: Path, media: bytes) -> None:
    path = packed(tmp_path, "q|x <img src=a.png>||", {})
    with zipfile.ZipFile(path) as archive:
        database = archive.read("collection.anki2")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", database)
        archive.writestr("media", media)
        archive.writestr("0", PNG)
    found = read_file(path)
    assert len(found.entries) == 1 and found.media == ()
    assert said(found) == {"images (their descriptions stay)": 1, "media files that no card names": 1}


@pytest.mark.parametrize("harm", ["bzip2", "encrypted", "crc", "zstd"])
def test_a_file_that_cannot_be_unpacked_is_named(tmp_path: Path, harm: str) -> None:
    path = packed(tmp_path, "q|x <img src=a.png>||", {})
    with zipfile.ZipFile(path) as archive:
        database = archive.read("collection.anki2")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("collection.anki2", database)
        archive.writestr("media", b'{"0": "a.png"}')
        data = b"\x28\xb5\x2f\xfd" + PNG if harm == "zstd" else PNG
        archive.writestr("0", data, zipfile.ZIP_BZIP2 if harm == "bzip2" else zipfile.ZIP_STORED)
    raw = bytearray(path.read_bytes())
    entry = raw.rindex(b"PK\x01\x02")
    if harm == "encrypted":
        raw[entry + 8] |= 1
    if harm == "crc":
        struct.pack_into("<I", raw, entry + 16, 7)
    path.write_bytes(raw)
    assert said(read_file(path)) == {"pictures and sounds that cannot be read (a.png)": 1}


def test_nothing_is_written_through_a_link(tmp_path: Path, quizapp: Call) -> None:
    source, deck = packed(tmp_path, FIELDS, FILES), tmp_path / "heap.yaml"
    outside = tmp_path / "outside"
    outside.mkdir()
    deck.with_suffix(".media").symlink_to(outside)
    code, _, err = quizapp("import", str(source), "-o", str(deck))
    assert code == 1 and "is a link" in err and not deck.exists() and not [*outside.iterdir()]
    deck.with_suffix(".media").unlink()
    deck.with_suffix(".media").mkdir()
    (tmp_path / "mine").write_bytes(b"mine")
    (deck.with_suffix(".media") / "b.mp3").symlink_to(tmp_path / "mine")
    assert quizapp("import", str(source), "-o", str(deck))[0] == 0
    assert (tmp_path / "mine").read_bytes() == b"mine" and there(deck.with_suffix(".media"))["b.mp3"] == MP3


def vault(root: Path) -> Path:
    (root / "notes").mkdir(parents=True)
    (root / "attachments" / "deep").mkdir(parents=True)
    (root / "attachments" / "deep" / "Tree one.png").write_bytes(PNG + b"tree")
    (root / "attachments" / "b.mp3").write_bytes(MP3)
    (root / "notes" / "heap.png").write_bytes(PNG)
    (root / ".hidden").mkdir()
    (root / ".hidden" / "hidden.png").write_bytes(PNG)
    (root.parent / "secret.png").write_bytes(PNG)
    (root / "notes" / "link.png").symlink_to(root.parent / "secret.png")
    (root / "out").symlink_to(root.parent)
    return root


def test_markdown_and_a_vault(tmp_path: Path) -> None:
    root = vault(tmp_path / "vault")
    (root / "notes" / "a.md").write_text(
        'see ![c](heap.png "A heap")::![[Tree one.png|200]] ![[b.mp3]] [sound:../attachments/b.mp3]\n\n'
        "Q: one ![](<../attachments/deep/Tree%20one.png>)\nA: two ![](../notes/heap.png)\n",
        encoding="utf-8",
    )
    found = read_file(root)
    assert [(entry["q"], entry["a"]) for entry in found.entries] == [
        ("see ![c](heap.png)", "![](Tree_one.png) ![](b.mp3) ![](b.mp3)"),
        ("one ![](Tree_one.png)", "two ![](heap.png)"),
    ]
    assert not found.lost and len(found.media) == 3
    bring(found.media, tmp_path / "vault.yaml")
    assert there(tmp_path / "vault.media") == {"heap.png": PNG, "Tree_one.png": PNG + b"tree", "b.mp3": MP3}
    alone = read_file(root / "notes" / "a.md")  # what lies above a single file is not looked for
    assert [file.name for file in alone.media] == ["heap.png"]


@pytest.mark.parametrize(
    "written",
    ["../../secret.png", "../../../secret.png", "link.png", "../out/secret.png", "hidden.png", "heap.png/..", "",
     "../.hidden/../../secret.png", "https://x.example/heap.png", "//x.example/heap.png", "C:/heap.png", "gone.png"],
)  # fmt: skip
def test_no_text_reaches_out_of_its_folder(tmp_path: Path, written: str) -> None:
    root = vault(tmp_path / "vault")
    (root / "notes" / "a.md").write_text(f"q ![c]({written})::a\n")
    found = read_file(root)
    assert found.media == () and sum(found.lost.values()) == 1
    absolute = tmp_path / "secret.png"
    (root / "notes" / "a.md").write_text(f"q ![c]({absolute})::a ![[{absolute}]]\n")
    assert read_file(root).media == ()


@pytest.mark.parametrize("name", ["x" * 300, "%E4%BD%A0" * 40, "x" * 300 + "/heap"], ids=range(3))
def test_a_name_too_long_for_any_file_costs_the_picture_only(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_text(f"q ![c]({name}.png)::a\n")
    found = read_file(tmp_path / "a.md")
    assert [entry["q"] for entry in found.entries] == ["q (image: c)"] and found.media == ()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize(
    ("name", "tags"), [(b"a\xff \x1b[31mb", ["a_b"]), (b"\xff", None), ("\u202ea".encode(), ["a"])]
)
def test_the_name_of_a_folder_is_text(tmp_path: Path, quizapp: Call, name: bytes, tags: list[str] | None) -> None:
    below = tmp_path / "vault" / os.fsdecode(name)
    below.mkdir(parents=True)
    (below / "a.md").write_text("q ![](b.png)::a\n")
    (below / "b.png").write_bytes(PNG)
    (entry,) = read_file(tmp_path / "vault").entries
    assert entry.get("tags") == tags and entry["q"] == "q ![](b.png)"
    assert quizapp("import", str(tmp_path / "vault"), "-o", str(tmp_path / "x.yaml"))[0] == 0


def test_a_card_keeps_its_id_when_its_picture_comes_along(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("see ![c](d.png)::e\n")
    before = read_file(tmp_path / "a.md").entries[0]
    (tmp_path / "d.png").write_bytes(PNG)
    after = read_file(tmp_path / "a.md").entries[0]
    assert (before["q"], after["q"]) == ("see (image: c)", "see ![c](d.png)") and before["id"] == after["id"]


def test_a_card_that_answers_with_a_picture_is_one_if_that_comes_along(tmp_path: Path) -> None:
    found = read_file(packed(tmp_path, "q|<img src=a.png>||", {"a.png": PNG}))
    assert found.entries[0]["a"] == "![](a.png)"
    with pytest.raises(Foreign, match="nothing but an image"):
        read_file(packed(tmp_path, "q|<img src=b.png>||", {"a.png": PNG}))


def test_a_page_holds_what_is_small_and_names_the_rest(tmp_path: Path, quizapp: Call) -> None:
    deck = tmp_path / "heap.yaml"
    deck.write_text(
        "cards:\n- id: one\n  q: 'q ![\"><script>](a.png)'\n"
        "  a: '![\" onplay=\"x](b.mp3) ![](big.png) ![](gone.png) ![](fake.png) ![x](https://x/y.png)'\n"
    )
    folder = deck.with_suffix(".media")
    folder.mkdir()
    big = PNG + bytes(2 << 20)
    for name, data in {"a.png": PNG, "b.mp3": MP3, "big.png": big, "fake.png": b"<html>"}.items():
        (folder / name).write_bytes(data)
    code, out, _ = quizapp("export", str(deck), str(tmp_path / "x.html"))
    assert code == 0 and "1  large pictures and sounds" in out and "2  pictures and sounds without a file" in out
    page = (tmp_path / "x.html").read_text()
    assert page.count("<img ") == 1 == page.count("<audio ") and 'src="data:image/png;base64,' in page
    assert (
        "<script" not in page
        and ' onplay="' not in page
        and "▣ big.png" in page
        and "▣ gone.png" in page
        and "▣ fake.png" in page
    )
    code, out, _ = quizapp("export", str(deck), str(tmp_path / "x.csv"))
    assert "3  pictures and sounds: only their names" in out and "](b.mp3)" in (tmp_path / "x.csv").read_text()


def test_an_export_replaces_no_folder(tmp_path: Path, quizapp: Call) -> None:
    deck = tmp_path / "heap.yaml"
    deck.write_text("cards:\n- {id: one, q: q, a: '![](a.png)'}\n")
    deck.with_suffix(".media").mkdir()
    (deck.with_suffix(".media") / "a.png").write_bytes(PNG)
    (tmp_path / "x.media").mkdir()
    code, _, err = quizapp("export", str(deck), str(tmp_path / "x.md"))
    assert code == 1 and "x.media is there already" in err and not (tmp_path / "x.md").exists()
    assert quizapp("export", str(deck), str(tmp_path / "heap.md"))[0] == 0  # beside the deck its folder is there
    assert "![](heap.media/a.png)" in (tmp_path / "heap.md").read_text()
    assert stat.S_ISDIR((tmp_path / "heap.media").lstat().st_mode) and len(there(tmp_path / "heap.media")) == 1
