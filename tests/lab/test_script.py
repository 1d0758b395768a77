"""Reading demos: titles, knobs, companions, the hash, and what is said of a file that is no demo."""

import hashlib
import sys
from pathlib import Path

import pytest
from leftovers import MakeDemo

from quizapp.lab import source as sources
from quizapp.lab.script import NoMainError, ScriptError, find, read_demos, read_script

MAIN = "def main(seed: int = 0): return {}\n"


def test_the_docstring_is_title_and_about(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text('"""Quantize one layer.\n\nEach bit costs 6 dB.\nSo it goes.\n"""\n' + MAIN)
    script = read_script(tmp_path / "one.py")
    assert (script.name, script.title) == ("one", "Quantize one layer")
    assert script.about == "Each bit costs 6 dB.\nSo it goes."
    assert script.source == (tmp_path / "one.py").read_bytes()
    (tmp_path / "two_words.py").write_text(MAIN)
    assert read_script(tmp_path / "two_words.py").title == "two words"


def test_nothing_of_a_script_runs(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("raise SystemExit\nimport helper\n" + MAIN)
    (tmp_path / "helper.py").write_text("raise SystemExit")
    assert read_script(tmp_path / "one.py").beside == (tmp_path / "helper.py",)
    assert "helper" not in sys.modules


def test_knobs_keep_their_order(demo: MakeDemo) -> None:
    script = demo("return {}", knobs="loud: bool = True, seed: int = 3")
    assert script.defaults() == {"loud": True, "seed": 3}
    assert script.typed({"seed": "7"}) == {"loud": True, "seed": 7}
    with pytest.raises(ValueError, match="no knob `sede`; did you mean `seed`"):
        script.typed({"sede": "7"})
    with pytest.raises(ValueError, match="no knob `q`; there is loud, seed"):
        script.typed({"q": "7"})


def test_of_two_mains_the_knobs_are_those_of_the_last_which_runs(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(MAIN + "def main(loud: bool = True): return {}\n")
    assert read_script(tmp_path / "one.py").defaults() == {"loud": True}


def test_companions_are_found_wherever_and_however_they_are_imported(tmp_path: Path) -> None:
    for name, text in {
        "one": "import os, a\n" + MAIN + "    # local\ndef f():\n    from b import x\n",
        "a": "import c.deep\nimport one",
        "b": "x = 1",
        "c/__init__": "from . import other",
        "c/deep": "",
        "c/other": "import d",
        "d": "",
        "unused": "",
    }.items():
        (tmp_path / f"{name}.py").parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.py").write_text(text)
    names = [path.relative_to(tmp_path).as_posix() for path in read_script(tmp_path / "one.py").beside]
    assert names == ["a.py", "b.py", "c/__init__.py", "c/deep.py", "c/other.py", "d.py"]


def test_the_hash_covers_the_script_and_its_companions_and_not_the_folder(tmp_path: Path) -> None:
    def write(folder: str, main: str, helper: str, name: str = "helper") -> str:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "one.py").write_text(f"import {name}\n{main}")
        (tmp_path / folder / f"{name}.py").write_text(helper)
        return read_script(tmp_path / folder / "one.py").sha256

    first = write("a", MAIN, "x = 1")
    assert write("b", MAIN, "x = 1") == first
    assert write("b", MAIN, "x = 2") != first
    assert write("b", MAIN + "#", "x = 1") != first
    assert write("b", MAIN, "x = 1", name="other") != first


def test_the_hash_covers_the_names_of_companions(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("import helper, json\n" + MAIN)
    (tmp_path / "helper.py").write_text("x = 1")
    before = read_script(tmp_path / "one.py").sha256
    (tmp_path / "helper.py").rename(tmp_path / "json.py")
    assert read_script(tmp_path / "one.py").sha256 != before


def test_a_script_alone_has_the_hash_that_sha256sum_prints(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(MAIN)
    assert read_script(tmp_path / "one.py").sha256 == hashlib.sha256(MAIN.encode()).hexdigest()


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"x = 1", "nothing to run"),
        (b"def main(:", ":1: is not valid Python"),
        (b"x = 1\n\x00", ":2: holds the character U+0000"),
        (b"x = 1 # \rimport os\n" + MAIN.encode(), ":1: holds the character U+000D"),
        (b"x = 1\r\n\rimport os\n" + MAIN.encode(), ":2: holds the character U+000D"),
        (b"x = 1\n\x0cimport os\n" + MAIN.encode(), ":2: holds the character U+000C"),
        (b"x = 1\n# \x0bimport os\n" + MAIN.encode(), ":2: holds the character U+000B"),
        ("x = 1\n# \x85import os\n".encode() + MAIN.encode(), ":2: holds the character U+0085"),
        ("x = '\u2028'\n".encode() + MAIN.encode(), ":1: holds the character U+2028"),
        (b"#!x\n# vim: set fileencoding=utf_7 :\n" + MAIN.encode(), ":2: must be UTF-8"),
        (b"# -*- coding: unicode_escape -*-\n" + MAIN.encode(), ":1: must be UTF-8"),
        (b"#" * 5001 + b"\n" + MAIN.encode(), ":1: is a line of more than 5,000"),
        (b"x = [[[[]]]]\n" * 3_400 + MAIN.encode(), "more than 30,000 operators"),
        (b"a\n" * 30_001 + MAIN.encode(), "more than 30,000 operators"),
        (b'x = f"""' + b"{a}\n" * 20_001 + b'"""\n' + MAIN.encode(), "more than 20,000 braces"),
        (b"def main(seed: int = 0x" + b"f" * 4900 + b"): ...", ":1: the knobs of `main` cannot be read"),
        (b"def main(x: Annotated[int, range(10 ** 400)] = 1): ...", ":1: the range of `x`"),
        (b"def main(x: Annotated[int, range(0x1" + b"0" * 40 + b")] = 1): ...", "the knobs of `main` cannot be read"),
        (b"def main(x: '\\0' = 1): ...", ":1: "),
        (b"def main(x: '" + b"(" * 4000 + b"' = 1): ...", ":1: "),
        (b"def main(" + b"".join(b"a%d: bool = True, " % i for i in range(21)) + b"): ...", "21 knobs; give it 20"),
        (b"def main(x: Literal[" + b",".join(b"%d" % i for i in range(101)) + b"] = 1): ...", "too many choices"),
        (b"\xff\xfe", "must be UTF-8"),
        (b"# coding: utf-7\n" + MAIN.encode(), "must be UTF-8"),
        (b"# coding: nonsense\n" + MAIN.encode(), ":1: must be UTF-8"),
        (b"x = " + b"(" * 4000, "is not valid Python"),
        (b"\nasync def main(seed: int = 0): ...", ":2: `main` must be a plain function"),
        (b"def main(): ...", ":1: `main` has no knob"),
        (b"def main(*all): ...", ":1: `main` takes knobs by name"),
        (b"def main(seed: int = 0, /): ...", ":1: `main` takes knobs by name"),
        (b"\n\ndef main(seed: int = 0, n=3): ...", ":3: the type of `n`"),
        (b"#\n" * 150_001, "larger than 300 KB"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_demo_says_why(tmp_path: Path, source: bytes, says: str) -> None:
    (tmp_path / "one.py").write_bytes(source)
    with pytest.raises(ScriptError) as error:
        read_script(tmp_path / "one.py")
    assert str(error.value).startswith(str(tmp_path / "one.py"))
    assert says in str(error.value)


@pytest.mark.parametrize(
    "source",
    [
        b"def main(" + b"".join(b"a%d: bool = True, " % i for i in range(20)) + b"): ...",
        ((b"#" + b"x" * 98 + b"\n") * 3_000)[len(MAIN) :] + MAIN.encode(),
        b"#" + b"x" * 4999 + b"\n" + MAIN.encode(),
    ],
    ids=["knobs", "bytes", "line"],
)
def test_as_much_as_a_demo_may_have_is_a_demo(tmp_path: Path, source: bytes) -> None:
    (tmp_path / "one.py").write_bytes(source)
    assert read_script(tmp_path / "one.py").source == source


@pytest.mark.parametrize("line", ["# coding: UTF-8", "# -*- coding: Utf_8 -*-", "# vim: set fileencoding=utf8 :"])
def test_utf_8_may_be_said_as_python_takes_it(tmp_path: Path, line: str) -> None:
    (tmp_path / "one.py").write_text(f"{line}\n{MAIN}")
    assert read_script(tmp_path / "one.py").text == f"{line}\n{MAIN}"


def test_a_missing_or_broken_companion(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="there is no such file"):
        read_script(tmp_path / "none.py")
    (tmp_path / "one.py").write_text("import helper\n" + MAIN)
    (tmp_path / "helper.py").write_text("def")
    with pytest.raises(ScriptError, match=r"helper\.py:1: is not valid Python"):
        read_script(tmp_path / "one.py")


def test_too_many_companions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_BESIDE", 2)
    (tmp_path / "one.py").write_text("import a, b, c\n" + MAIN)
    for name in "abc":
        (tmp_path / f"{name}.py").write_text("")
    with pytest.raises(ScriptError, match="more than 2 files beside it"):
        read_script(tmp_path / "one.py")


def test_companions_of_too_many_bytes(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("import a, b, c, d\n" + MAIN)
    for name in "abcd":
        (tmp_path / f"{name}.py").write_text(("#" + "x" * 78 + "\n") * 3_500)
    with pytest.raises(ScriptError, match="more than 1,000 KB beside it"):
        read_script(tmp_path / "one.py")


def test_a_package_that_is_a_link_or_has_no_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_ENTRIES", 20)
    (tmp_path / "one.py").write_text("import deep\n" + MAIN)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "deep").symlink_to("elsewhere")
    with pytest.raises(ScriptError, match="deep: is a link"):
        read_script(tmp_path / "one.py")
    (tmp_path / "deep").unlink()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "again").symlink_to(tmp_path)
    assert read_script(tmp_path / "one.py").beside == ()
    for i in range(21):
        (tmp_path / "deep" / f"{i}.txt").touch()
    with pytest.raises(ScriptError, match=r"deep: holds more than 20 files"):
        read_script(tmp_path / "one.py")


def test_a_name_too_long_for_a_file_is_no_companion(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(f"import {'a' * 300}\n" + MAIN)
    assert read_script(tmp_path / "one.py").beside == ()
    assert find("a" * 300, [tmp_path]) is None


def test_a_link_is_the_file_that_it_leads_to(tmp_path: Path) -> None:
    """Its companions lie there, not beside the link."""
    for folder, value in (("real", 1), ("deck", 2)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "helper.py").write_text(f"a = {value}")
    (tmp_path / "real" / "one.py").write_text("import helper\n" + MAIN)
    (tmp_path / "deck" / "mine.py").symlink_to("../real/one.py")
    script = read_script(tmp_path / "deck" / "mine.py")
    assert (script.name, script.path) == ("mine", tmp_path / "real" / "one.py")
    assert script.sources == (b"a = 1",)
    (tmp_path / "deck" / "loop.py").symlink_to("loop.py")
    with pytest.raises(ScriptError, match=r"loop\.py"):
        read_script(tmp_path / "deck" / "loop.py")


@pytest.mark.parametrize("shape", ["{a}", "{a=}", "{'a'}", "{a:{b}}"])
def test_what_takes_the_parser_long_is_refused(tmp_path: Path, shape: str) -> None:
    for text in (f'x = f"{shape * 40_000}"\n', 'x = f"""' + (shape * 500 + "\n") * 80 + '"""\n'):
        (tmp_path / "one.py").write_text(text + MAIN)
        with pytest.raises(ScriptError, match=r"is a line of more|braces"):
            read_script(tmp_path / "one.py")


def test_the_shown_source_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_bytes(
        "\ufeff# a\u202eb\x1b[8m c \u3164\U000e0100\U0001d173\r\n".encode() + MAIN.encode()
    )
    assert read_script(tmp_path / "one.py").text == "# a\\u202eb\\u001b[8m c \\u3164\\U000e0100\\U0001d173\n" + MAIN


def test_the_first_folder_wins_and_helpers_are_no_demos(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for folder, name, text in [
        (mine, "one", '"""Mine."""\n' + MAIN),
        (theirs, "one", '"""Theirs."""\n' + MAIN),
        (theirs, "two", MAIN),
        (theirs, "helper", "x = 1"),
        (theirs, "Capital", MAIN),
        (theirs, "broken", "def main("),
    ]:
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.py").write_text(text)
    found, faults = read_demos([tmp_path / "missing", mine, theirs])
    assert [script.name for script in found] == ["one", "two"]
    assert found[0].title == "Mine"
    assert len(faults) == 1 and "broken.py:1" in str(faults[0])
    assert find("one", [mine, theirs]) == mine / "one.py"
    assert find("two", [mine, theirs]) == theirs / "two.py"
    assert find("three", [mine, theirs]) is None


@pytest.mark.parametrize("name", ["", "../one", "one.py", "One", "_one", "a b", "ünder", "1a", "a\n"])
def test_a_name_never_leaves_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "one.py").write_text(MAIN)
    (tmp_path / "sub").mkdir()
    assert find(name, [tmp_path / "sub"]) is None


def test_a_helper_is_told_from_a_broken_demo(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("x = 1")
    with pytest.raises(NoMainError):
        read_script(tmp_path / "one.py")
