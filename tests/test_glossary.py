"""What is written in Chinese keeps to docs/glossary.md: its terms, its signs and its numbers."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import quizapp.texts
from quizapp.cards.library import read_library
from quizapp.cards.lint import texts_of
from quizapp.lab.exercise import find_exercises, read_exercise
from quizapp.lab.script import read_script
from quizapp.paths import BUNDLED_CODE, BUNDLED_DECKS, BUNDLED_DEMOS
from quizapp.texts import room, tell
from quizapp.words import Words

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


def exercises() -> Iterator[tuple[str, str]]:
    yield from ((path.name, read_exercise(path).doc.zh) for path in find_exercises([BUNDLED_CODE]))


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


@pytest.mark.parametrize("texts", [cards, demos, exercises, sentences, readme])
def test_one_term_for_one_thing(texts: Callable[[], Iterator[tuple[str, str]]]) -> None:
    words = refused(GLOSSARY if texts in (sentences, readme) else SUBJECT)
    found = [(place, bad) for place, text in texts() if (bad := wrong(text, words))]
    assert found == [], "docs/glossary.md says what to write instead"


_HAN = "\u4e00-\u9fff"
_TYPED = re.compile(r"```.*?```|`[^`\n]*`|\$[^$\n]*\$|\{[^{}]*\}|'[^']*'|\[[^\[\]]*\]", re.DOTALL)  # formulas too
_HALF_WIDTH = re.compile(
    rf"(?<=[{_HAN}])[,;:?!](?!:)|(?<![:、])[,;:?!](?=[{_HAN}])|[{_HAN}]\.(?![\w./])"
    rf'|(?<=[{_HAN}])\([^()]*[{_HAN}]|"(?=[{_HAN}])|\d %'
)
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,]|\.\d)")


def signs(text: str) -> list[str]:
    """Half-width signs in Chinese prose, each with what is around it, and a percent sign apart from its number."""
    prose = _TYPED.sub("·", text)
    return [prose[max(0, found.start() - 6) : found.end() + 6] for found in _HALF_WIDTH.finditer(prose)]


def numbers(words: Words) -> list[str]:
    """The numbers of five digits or more that the English groups, and the Chinese says as one string of digits."""
    en, zh = (_TYPED.sub("·", text) for text in (words.en, words.zh))
    plain = {number.replace(",", "") for number in _GROUPED.findall(en)}
    said = re.findall(r"(?<![\w.,^/-])(?<![/×] )\d{5,}(?![\w,/]|\.\d| [/×])", zh)  # but in a calculation
    return [number for number in said if number in plain]


def test_a_sign_and_a_number_are_found_where_they_stand() -> None:
    for wrong_one in ("对,", "错: ", "是?不", "60 %", "例(括号)", '写"引"', "完.", "int8,好"):
        assert signs(wrong_one)
    assert signs("对，exp(旧 - 新) 是 60%，`a,b`，见 x.py。kl_div(p, q)：题 [下限, 上限]") == []
    assert numbers(Words("has 57,344 and 32,767, 1,000", "有 57344 和 32,767，1000；57344 × 2")) == ["57344"]


@pytest.mark.parametrize("texts", [cards, demos, exercises, sentences])
def test_signs_in_chinese_sentences_are_full_width(texts: Callable[[], Iterator[tuple[str, str]]]) -> None:
    assert [(place, found) for place, text in texts() if (found := signs(text))] == []


def test_both_languages_group_a_number_alike() -> None:
    decks = read_library([], user=None, bundled=BUNDLED_DECKS).decks
    texts = ((card.key, path, words) for deck in decks for card in deck.cards for path, words in texts_of(card))
    assert [(key, path, found) for key, path, words in texts if (found := numbers(words))] == []
    assert tell("commands.files", n=1200).words == Words("1,200 files", "1,200 个文件")
    assert (
        str(tell("commands.import.unreadable_line", file="a", deck="b", line=1200, what="c")) == "a → b: line 1200: c"
    )
