"""Sentences by id: every id used is there, every id that is there is used, and both languages say the same of it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import quizapp
import quizapp.texts
from quizapp.texts import Plural, Sentence, Text, UserError, listing, os_sentence, room, span, tag_name, tell, text
from quizapp.words import Words, same

PACKAGE = Path(quizapp.__file__).parent
ROOMS = sorted(path.stem for path in (PACKAGE / "texts").glob("*.py") if path.stem != "__init__")
CATALOGUE: dict[str, Text] = {id: found for name in ROOMS for id, found in room(name).items()}
CALLS = {"tell", "text", "Sentence"}


def forms(found: Text) -> tuple[str, ...]:
    return (found.one, found.other, found.zh) if isinstance(found, Plural) else (found.en, found.zh)


def placeholders(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name != "texts" or path.stem == "__init__":
            yield path, ast.parse(path.read_text("utf-8"))


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Where a sentence is made with an id that is written there: the place, the id, the call."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            id = node.args[0].value
            if name in CALLS and isinstance(id, str) and id.partition(".")[0] in ROOMS:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", id, node


def test_every_id_stands_in_the_module_of_its_room() -> None:
    for name in ROOMS:
        wrong = [id for id in room(name) if id.partition(".")[0] != name]
        assert wrong == []


@pytest.mark.parametrize("name", ROOMS)
def test_both_languages_say_it_with_the_same_placeholders(name: str) -> None:
    for id, found in room(name).items():
        first, *others = forms(found)
        assert all(form.strip() for form in (first, *others)), id
        if isinstance(found, Plural):  # one of a thing need not say how many
            assert placeholders(first) | {"n"} == placeholders(found.other) == placeholders(found.zh) | {"n"}, id
        else:
            assert placeholders(found.en) == placeholders(found.zh), id
        for form in (first, *others):
            assert all(name.isidentifier() for name in placeholders(form)), id


def test_every_id_that_code_names_is_there_with_its_parameters() -> None:
    for place, id, call in calls():
        assert id in CATALOGUE, f"{place}: there is no text {id}"
        if any(word.arg is None for word in call.keywords) or (
            isinstance(call.func, ast.Name) and call.func.id == "Sentence"
        ):
            continue
        given = {word.arg for word in call.keywords}
        wanted = set().union(*map(placeholders, forms(CATALOGUE[id])))
        if isinstance(CATALOGUE[id], Plural):
            wanted.add("n")
        assert given == wanted, f"{place}: {id} takes {sorted(wanted)}, not {sorted(map(str, given))}"


def test_every_text_is_used() -> None:
    """An id stands somewhere as it is, or an f-string begins like it."""
    constants: set[str] = set()
    beginnings: set[str] = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    beginnings = {start for start in beginnings if "." in start and start.partition(".")[0] in ROOMS}
    unused = [id for id in CATALOGUE if id not in constants and not any(map(id.startswith, beginnings))]
    assert unused == []


def test_a_sentence_is_said_in_either_language_with_what_is_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    room.cache_clear()
    common = {
        **room("common"),
        "common.cards": Plural("{n} card", "{n:,} cards", "{n:,} 张卡片"),
        "common.found": Words("{what} in {file}: write {{c1::it}}", "{file} 里有 {what}：请写 {{c1::它}}"),
    }
    monkeypatch.setattr("quizapp.texts.common.TEXTS", common)
    room.cache_clear()
    inner = tell("common.cards", n=1200)
    said = tell("common.found", what=inner, file="{0.__class__}")
    assert str(said) == "1,200 cards in {0.__class__}: write {c1::it}"
    assert said.says("zh") == "{0.__class__} 里有 1,200 张卡片：请写 {c1::它}"
    assert (text("common.cards", "en", n=1), text("common.cards", "zh", n=1)) == ("1 card", "1 张卡片")
    assert said == tell("common.found", what=inner, file="{0.__class__}")
    assert str(UserError(inner)) == "1,200 cards"
    room.cache_clear()


def test_things_in_a_row() -> None:
    assert [str(listing(["a", "b", "c"][:n])) for n in (1, 2, 3)] == ["a", "a and b", "a, b and c"]
    assert listing(["a", "b", "c"], "or").says("zh") == "a、b 或 c"
    assert str(listing([])) == ""


def test_in_chinese_a_space_parts_what_is_put_in_from_latin_only() -> None:
    assert (listing(["甲", "乙"]).says("zh"), listing(["甲", "b"]).says("zh")) == ("甲和乙", "甲和 b")
    no_deck = [tell("commands.quiz.no_deck", name=name, hint="“否”").says("zh") for name in ("量化", "int8", "量化 b")]
    assert no_deck == ["没有题库量化。“否”", "没有题库 int8。“否”", "没有题库量化 b。“否”"]
    row = tell("commands.due.row", name="甲  ", new=1, learning=20, due=3).says("zh")
    assert row == "甲    新卡    1  学习中   20  待复习    3"  # columns stay
    assert tell("commands.quiz.there_are", known="a-b, --c, .d").says("zh") == "现有：a-b、--c、.d。"
    assert tell("commands.quiz.there_are", known="a=1, b").says("zh") == "现有：a=1, b。"
    assert tell("lab.knob.not_taken", name="n", allowed="甲", text="乙").says("zh") == "`n` 可取甲；不能是 '乙'"


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (1, "<1 min", "<1 分钟"),
        (60, "1 min", "1 分钟"),
        (600, "10 min", "10 分钟"),
        (3570, "1 h", "1 小时"),
        (3600, "1 h", "1 小时"),
        (86400, "1 d", "1 天"),
        (8 * 86400, "8 d", "8 天"),
        (76 * 86400, "2.5 mo", "2.5 个月"),
        (438 * 86400, "1.2 y", "1.2 年"),
    ],
)
def test_a_length_of_time_is_short_in_both_languages(seconds: float, en: str, zh: str) -> None:
    assert (str(span(seconds)), span(seconds).says("zh")) == (en, zh)


def test_a_tag_of_ours_has_a_name_in_either_language_and_any_other_its_own() -> None:
    assert (tag_name("pruning"), tag_name("kv-cache").zh) == (Words("pruning", "剪枝"), "KV cache")
    assert tag_name("我的 {x}") == same("我的 {x}") and tag_name("") == same("")


def test_what_the_system_refuses_is_said_in_the_language_of_the_reader() -> None:
    full = OSError(28, "No space left on device", "/home/x/journal")
    assert str(os_sentence(full)) == "/home/x/journal: No space left on device."
    assert os_sentence(full).says("zh") == "/home/x/journal：磁盘已满。"
    assert str(os_sentence(OSError("odd"))) == "odd."
    with pytest.raises(KeyError):
        str(Sentence("nowhere.at_all"))
    with pytest.raises(KeyError):
        str(Sentence("quizapp.texts.x"))


def test_it_stands_alone() -> None:
    """Every room may say something, so it knows none of them."""
    tree = ast.parse(Path(quizapp.texts.__file__).read_text("utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in modules if name and name.startswith("quizapp")} == {"quizapp.words"}
