"""What is shown before a yes: every source, what changed, and the data that no yes covers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from leftovers import MakeDemo

from quizapp.lab import review as reviews
from quizapp.lab.review import review
from quizapp.lab.script import read_script


def test_every_file_is_shown_the_demo_first(demo: MakeDemo) -> None:
    script = demo("return {}", before="import a", a="import zed\n# \u202e\n", zed="z = 1\n")
    found = review(script, None)
    assert [name for name, _ in found.files] == ["demo.py", "a.py", "zed.py"]
    assert [text for _, text in found.files] == [script.text, "import zed\n# \\u202e\n", "z = 1\n"]
    assert found.lines == script.text.count("\n") + 3
    assert (found.changes, found.data) == ("", ())
    assert str(found.may).startswith("It can ") and found.hides


def test_what_changed_is_a_diff_in_which_nothing_hides(demo: MakeDemo) -> None:
    script = demo("return {}", before="import a, b", a="x = 1\n", b="")
    before = {"demo.py": script.source, "a.py": b"x = 2\x1b[2J\n", "gone.py": b"y = 1\n"}
    assert review(script, before).changes.split("\n") == [
        *("--- a.py", "+++ a.py", "@@ -1 +1 @@", "-x = 2\\u001b[2J", "+x = 1"),
        *("--- (new)", "+++ b.py", "(only line ends, or characters that show as escapes)"),
        *("--- gone.py", "+++ (gone)", "@@ -1 +0,0 @@", "-y = 1"),
    ]


def test_a_change_that_shows_nothing_is_told(demo: MakeDemo) -> None:
    script = demo("return {}", before="import a", a="x = 1\n")
    before = {"demo.py": script.source, "a.py": b"x = 1\r\n"}
    assert "(only line ends" in review(script, before).changes
    assert review(script, before, "zh").changes.split("\n")[2:] == ["（只有行尾，或以转义形式显示的字符不同）"]


@pytest.mark.parametrize(
    ("old", "new"), [("abcdef", "abXdef"), ("abc", "abcabc"), ("aaaa", "aa"), ("", "ab"), ("ab", ""), ("abc", "xyz")]
)
def test_a_long_file_is_compared_as_one_piece(
    demo: MakeDemo, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    monkeypatch.setattr(reviews, "MAX_COMPARED", 1)
    script = demo("return {}", before="import a", a="".join(f"{c}\n" for c in new))
    changes = review(script, {"demo.py": script.source, "a.py": "".join(f"{c}\n" for c in old).encode()}).changes
    lines = changes.split("\n")[3:]
    assert "".join(line[1:] for line in lines if line[0] in " -") in old
    assert "".join(line[1:] for line in lines if line[0] in " +") in new
    assert [line for line in lines if line[0] == "+"] or [line for line in lines if line[0] == "-"]


@pytest.mark.parametrize(("old", "new", "whole"), [(3, 2, True), (4, 1, False), (1, 4, False)])
def test_one_long_side_is_enough_to_compare_no_more(
    demo: MakeDemo, monkeypatch: pytest.MonkeyPatch, old: int, new: int, whole: bool
) -> None:
    compared: list[tuple[list[str], ...]] = []
    monkeypatch.setattr(reviews, "MAX_COMPARED", 3)

    def watched(*sides: list[str], **_: object) -> Iterator[str]:
        compared.append(sides)
        return iter(())

    monkeypatch.setattr(reviews, "unified_diff", watched)
    script = demo("return {}", before="import a", a="x\n" * new)
    review(script, {"demo.py": script.source, "a.py": b"x\n" * old})
    assert bool(compared) == whole


def test_data_is_named_and_not_all_of_it(demo: MakeDemo) -> None:
    script = demo("return {}")
    data = script.path.parent / "data"
    data.mkdir()
    (data / "a\x1b.npz").touch()
    assert not review(script, None).hides
    assert review(script, None).data == ("data/a\\u001b.npz",)
    for i in range(20):
        (data / f"b{i}.npz").touch()
    assert len(review(script, None).data) == reviews.MAX_NAMED + 1
    assert review(read_script(script.path), None).data[-1] == "…"


def test_names_are_seen(demo: MakeDemo, tmp_path: Path) -> None:
    script = demo("return {}", before="import package")
    (script.path.parent / "package").mkdir()
    (script.path.parent / "package" / "a\u202e\x07.py").write_text("")
    assert review(read_script(script.path), None).files[1][0] == "package/a\\u202e\\u0007.py"
