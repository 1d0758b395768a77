"""The words that a demo has for its names: each names something that there is, and in Chinese nothing is left out."""

import ast
import re
from pathlib import Path

import pytest

from quizapp.lab.script import Script, read_script

DEMOS = Path(__file__).parents[2] / "demos"
SCRIPTS = [
    read_script(path) for path in sorted(DEMOS.glob("*.py")) if re.search(r"^def main\(", path.read_text("utf-8"), re.M)
]


def test_every_demo_has_words() -> None:
    assert len(SCRIPTS) > 40
    assert [script.name for script in SCRIPTS if not script.words.keys() >= {"en", "zh"}] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_word_is_for_a_name_of_the_demo(script: Script) -> None:
    """A name stands in the source as a knob, or as a text: a measure, a line, or a part of `accuracy_by_bits`; or it is
    what a switch shows."""
    source = script.text.partition("\nLABELS =")[0].partition("\nZH =")[0]
    constants = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    switched = {knob.show(value) for knob in script.knobs if knob.kind == "bool" for value in knob.values()}
    texts = {value for value in constants if isinstance(value, str)} | {knob.name for knob in script.knobs}
    names = texts | switched | {part for text in texts for part in text.split("_by_")}
    built = re.findall(r'f"([^"{]*)\{[^"}]*\}([^"]*)"', source)  # f"{name}_errors"
    for language, words in script.words.items():
        unknown = [
            name
            for name in words.labels
            if name not in names
            and not any(name.startswith(start) and name.endswith(end) and (start or end) for start, end in built)
            and not re.search(rf"\b{re.escape(name)}\s*=", source)  # of dict(...)
        ]
        assert unknown == [], language


def test_what_a_clock_measures_is_marked() -> None:
    for script in SCRIPTS:
        timed = {name for name, label in script.labels_in("en").items() if label.timed}
        assert bool(timed) == ("perf_counter" in script.text), script.name
        assert timed >= {n for n in script.labels_in("zh") if "speed" in n} or script.name == "roofline"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_in_chinese_title_about_and_all_knobs_are_there(script: Script) -> None:
    words = script.words["zh"]
    assert re.search("[\u4e00-\u9fff]", words.title) and len(words.about) > 60
    assert {knob.name for knob in script.knobs} <= words.labels.keys()
    said = [words.title, words.about, *(label.words for label in words.labels.values())]
    assert not [one for one in said if re.search("[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", one)]
