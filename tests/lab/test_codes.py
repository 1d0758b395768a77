"""What a demo's process may tell: codes with their parameters become sentences, all else nothing."""

import re
from pathlib import Path

import pytest

from quizapp import lab
from quizapp.lab.codes import MAX_PARAMETER, MAX_WHY, Coded, sentence_of
from quizapp.texts import room, tell

LAB = Path(lab.__path__[0])
FILES = tell("lab.run.most_files", mb=256, files=10_000)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ({"code": "stopped", "why": "e"}, "The experiment stopped: e"),
        ({"code": "stopped", "why": "e", "file": "d.py", "line": 3}, "The experiment stopped in d.py, line 3: e"),
        ({"code": "disk_full", "why": "e"}, "The experiment stopped: e; a run may keep at most 256 MB in 10,000 files"),
        ({"code": "no_memory"}, "The experiment ran out of memory; the limit of a run is 2,048 MB"),
        ({"code": "no_dict", "kind": "NoneType"}, "main() returned None; it must return a dict, such as {"),
        ({"code": "no_dict", "kind": "int"}, "main() returned an int; it must"),
        ({"code": "no_dict", "kind": "list"}, "main() returned a list; it must"),
        ({"code": "value", "why": "only_x", "name": "a"}, 'main() returned a value that cannot be used: a has "x"'),
    ],
)
def test_a_code_becomes_a_sentence(code: Coded, says: str) -> None:
    found = sentence_of(code, mb=2048, files=FILES)
    assert found is not None and str(found).startswith(says)
    assert re.search("[\u4e00-\u9fff]", found.says("zh"))


@pytest.mark.parametrize(
    "code",
    [
        {},
        {"code": "other"},
        {"code": "stopped"},
        {"code": 3},
        {"code": "{why.__class__}", "why": "e"},
        {"code": "value", "why": "other", "name": "a"},
        {"code": "value", "why": "many", "name": "a", "n": "many", "most": 3},
        {"code": "value.many", "n": 3, "most": 3},
        {"code": "../lab.stopped"},
    ],
)
def test_what_is_no_code_with_its_parameters_is_nothing(code: Coded) -> None:
    assert sentence_of(code) is None


def test_parameters_are_cleaned_and_cut_and_are_no_format() -> None:
    code: Coded = {
        "code": "stopped",
        "why": "\x1b]0;t\x07{0}\n\u202e" + "e" * 9_000,
        "file": "f" * 9_000,
        "line": 10**30,
    }
    said = str(sentence_of(code))
    assert said.startswith("The experiment stopped in " + "f" * (MAX_PARAMETER - 1) + "…, line inf: {0} eee")
    assert len(said) < MAX_WHY + MAX_PARAMETER + 50


def test_every_code_that_is_sent_has_a_sentence() -> None:
    """And no sentence stands there for a code that nobody sends."""
    sources = "".join((LAB / f"{name}.py").read_text() for name in ("child", "result", "reaper", "alone"))
    sent = set(re.findall(r'"code": "(\w+)"', sources)) | set(re.findall('"(disk_full)" if', sources))
    sent |= {"stopped"}
    texts = {id.removeprefix("lab.demo.") for id in room("lab") if id.startswith("lab.demo.")}
    assert texts == sent - {"value", "no_torch"}
    whys = set(re.findall(r'ShapeError\("(\w+)"', sources)) | {"many_labels", "many_lines"}
    assert {id.removeprefix("lab.value.") for id in room("lab") if id.startswith("lab.value.")} == whys
