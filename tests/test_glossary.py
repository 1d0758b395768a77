"""What is written in Chinese keeps to docs/glossary.md."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import quizapp.texts
from quizapp.cards.library import read_library
from quizapp.cards.lint import texts_of
from quizapp.lab.script import read_script
from quizapp.paths import BUNDLED_DECKS, BUNDLED_DEMOS
from quizapp.texts import room

GLOSSARY = (Path(__file__).parents[1] / "docs" / "glossary.md").read_text("utf-8")
APP, SUBJECT = GLOSSARY.split("\n## The subject\n")
ROOMS = sorted(path.stem for path in Path(quizapp.texts.__file__).parent.glob("[a-z]*.py"))
# What is no prose: code, what stands for something, a name in brackets, what is typed.
LITERAL = re.compile(r"```.*?```|`[^`]*`|\{[^{}]*\}|（[a-z_]+）|'[^']*'|[\w.]*_\w+", re.DOTALL)


def refused(table: str) -> dict[str, str]:
    """The words below "not", each with the term that takes its place."""
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|([^|]*)\|$", table, re.MULTILINE)
    return {
        word.strip(): term for term, words in rows for word in words.split(",") if word.strip(" -") not in ("", "not")
    }


def wrong(text: str, words: dict[str, str]) -> list[str]:
    """Those of `words` that `text` has. `label smoothing` is a name."""
    prose = LITERAL.sub("·", text)
    latin = r"(?<![A-Za-z-]){}(?![A-Za-z]| smoothing)"
    return [
        word for word in words if re.search(latin.format(re.escape(word)) if word.isascii() else re.escape(word), prose)
    ]


def cards() -> Iterator[tuple[str, str]]:
    for deck in read_library([], user=None, bundled=BUNDLED_DECKS).decks:
        yield deck.name, deck.title.zh
        yield from ((f"{card.key} {path}", words.zh) for card in deck.cards for path, words in texts_of(card))


def demos() -> Iterator[tuple[str, str]]:
    for path in sorted(BUNDLED_DEMOS.glob("*.py")):
        if "def main(" in path.read_text("utf-8"):
            script = read_script(path)
            labels = (label.words for label in script.labels_in("zh").values())
            yield path.name, "\n".join((script.title_in("zh"), script.about_in("zh"), *labels))


def sentences() -> Iterator[tuple[str, str]]:
    for name in ROOMS:
        if name != "starter":  # files of the reader's own
            yield from ((id, text.zh) for id, text in room(name).items())


def readme() -> Iterator[tuple[str, str]]:
    yield "README.zh-CN.md", (Path(__file__).parents[1] / "README.zh-CN.md").read_text("utf-8")


def test_a_word_is_found_where_it_stands() -> None:
    words = refused(SUBJECT)
    assert len(words) > 15 and words["label"] == "标签" and "学习步骤" in refused(APP)
    assert wrong("用 label 训练，label smoothing 也是；per-channel、`demo`、{label}", words) == ["label"]
    assert wrong("老师带着学生", words) == ["老师", "学生"]


@pytest.mark.parametrize("texts", [cards, demos, sentences, readme])
def test_one_term_for_one_thing(texts: Callable[[], Iterator[tuple[str, str]]]) -> None:
    words = refused(GLOSSARY if texts in (sentences, readme) else SUBJECT)
    found = [(place, bad) for place, text in texts() if (bad := wrong(text, words))]
    assert found == [], "docs/glossary.md says what to write instead"
