"""Pictures and sounds beside a deck: what may be one, and where a text names one."""

from pathlib import Path
from time import process_time

import pytest

from quizapp.cards.media import (
    KINDS,
    is_media_name,
    kind_found,
    media_file,
    media_folder,
    media_in,
    media_kept,
    media_said,
    name_for,
)

PNG = b"\x89PNG\r\n\x1a\n and more"
MP3 = b"ID3\x04 and more"


@pytest.mark.parametrize("name", ["heap.png", "图_1.JPG", "a.b-c.mp3", "_x.webp", "console.png", "0.gif"])
def test_a_plain_name_may_stand_there(name: str) -> None:
    assert is_media_name(name)


@pytest.mark.parametrize(
    "name",
    ["../a.png", "a/b.png", "a\\b.png", ".a.png", "-a.png", "", ".png", "a.svg", "a.html", "a.png.exe", "a.mp4",
     "a b.png", "c:a.png", "a.png\n", "a\0.png", "con.png", "NUL.x.mp3", "Com1.png", "x" * 110 + ".png", "\u202ea.png",
     "LPT².png", "x.gıf", "x.opuſ"],
)  # fmt: skip
def test_no_other_name_may(name: str) -> None:
    assert not is_media_name(name)


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [
        ("heap 1.png", "image/png", "heap_1.png"),
        ("../../etc/x.PNG", "image/png", "x.png"),
        ("..\\..\\x.png", "image/png", "x.png"),
        ("paste-1.jpg", "image/png", "paste-1.png"),  # what Anki calls what was pasted
        ("a.JPEG", "image/jpeg", "a.jpeg"),
        ("-rf.png", "image/png", "rf.png"),
        (".png", "image/png", "file.png"),
        ("con.png", "image/png", "file_con.png"),
        ("e\u0301.png", "image/png", "é.png"),
        ("a\x1b[31m\u202e(b).mp3", "audio/mpeg", "a_31m_b_.mp3"),
        ("图" * 200 + ".png", "image/png", "图" * 60 + ".png"),
    ],
)
def test_a_name_is_made_into_one_that_may(written: str, kind: str, name: str) -> None:
    assert name_for(written, kind) == name and is_media_name(name)


def test_a_file_is_what_it_begins_as() -> None:
    begins = [PNG, b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF1234WEBP", b"\0\0\0 ftypavif", MP3, b"\xff\xfb\x90", b"OggS\0",
              b"RIFF1234WAVE", b"fLaC", b"\0\0\0 ftypM4A "]  # fmt: skip
    assert {kind_found(data) for data in begins} == {*KINDS.values()}
    for data in (
        b"",
        b"<svg/>",
        b"<html>",
        b"MZ",
        b"\x7fELF",
        b"#!/bin/sh",
        b"%PDF",
        b"PK\3\4",
        b" " + PNG,
        b"ID3<!DOCTYPE html>",
        b"OggS<html>",
    ):
        assert kind_found(data) == ""


def test_a_file_is_found_beside_its_deck_and_nowhere_else(tmp_path: Path) -> None:
    deck = tmp_path / "heap.yaml"
    folder = media_folder(deck)
    folder.mkdir()
    (folder / "a.png").write_bytes(PNG)
    (folder / "page.png").write_bytes(b"<html>")
    (folder / "sound.png").write_bytes(MP3)
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "folder.png").mkdir()
    assert media_file(deck, "a.png") == folder / "a.png"
    for name in ("../secret.png", "page.png", "sound.png", "link.png", "folder.png", "gone.png", "x\0.png"):
        assert media_file(deck, name) is None
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert media_file(deck, "a.png") is None


def test_a_text_names_what_stands_in_it_but_not_in_code() -> None:
    text = "a ![the curve](a.png) `![](b.png)` ![](c.mp3)\n```\n![](d.png)\n```\n![](https://x/e.png) ![](../f.png)"
    assert media_in([text, "![](g.gif)"]) == ["a.png", "c.mp3", "g.gif"]
    said = media_said(text)
    assert said.startswith("a ▣ a.png (the curve) `![](b.png)` ♪ c.mp3\n```\n![](d.png)") and "![](../f.png)" in said
    assert (
        media_kept("*x* ![w](a.png)\ue0020\ue003", str.upper, lambda words, name: f"<{words}|{name}>")
        == "*X* <w|a.png>0"
    )


def test_signs_that_begin_no_code_cost_no_time() -> None:
    begun = process_time()
    assert media_in(["`" * 20_000 + " ![](a.png)", "".join("`" * i + "a" for i in range(1, 150)) + "![](b.png)"]) == [
        "a.png",
        "b.png",
    ]
    assert process_time() - begun < 1
