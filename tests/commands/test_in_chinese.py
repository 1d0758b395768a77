"""What a reader of Chinese gets of the commands: no English sentence, of a help or of a wrong call neither; and --json
is the same for everybody."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizapp.cli import COMMANDS, main
from quizapp.commands import user_language
from quizapp.paths import BUNDLED_DECKS, Home
from quizapp.texts import Plural, room

Call = Callable[..., tuple[int, str, str]]
KEY = "five-questions/distillation-and-unlabelled-data"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DEMO = '''"""甲。"""

from typing import Annotated


def main(n: Annotated[int, range(1, 9)] = 2) -> dict:
    return {"cube": n**3}
'''
DECK = "cards:\n  - {id: x, q: 问, a: 答, why: 因为}\n  - {id: y, q: 问二, a: 答二, why: 所以}\n"

# What may stay as it is: a command to type, a path, an option with what it takes, a list of what may be written
_LITERAL = re.compile(
    r"'[^']*'|`[^`]*`|“[^”]*”|\S*[/.\\]\S*|\{[^}]*\}|\[[^\]]*\]|(?<![A-Za-z])--?[a-z]+(?: [A-Z]+)?|quizapp(?: [a-z]+)?"
)
_WORD = re.compile(r"(?<![A-Za-z_-])[A-Za-z][a-z'-]*[a-z](?![A-Za-z_])")  # what stands for something is in capitals
# Names of programs and formats, the fields of a deck, and the terms that engineers say in English.
LATIN = {
    *(
        "quizapp",
        "git",
        "zip",
        "env",
        "keyring",
        "shell",
        "bash",
        "zsh",
        "fish",
        "eval",
        "Anki",
        "Markdown",
        "Schema",
        "Python",
        "None",
    ),
    *("id", "level", "cards", "hard", "seed", "int", "tensor", "Transformer", "kd_loss", "quantization", "no-such"),
    *("plain", "cold", "student", "teacher", "labels", "alpha", "torch", "progress", "my"),
}


def english(text: str, *own: str) -> list[str]:
    """The Latin words but names and terms, and those that the call itself has."""
    known = LATIN.union(*(re.findall("[A-Za-z][A-Za-z'-]+", one) for one in own))
    return [word for line in text.splitlines() for word in _WORD.findall(_LITERAL.sub("·", line)) if word not in known]


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


@pytest.fixture
def files(home: Home, tmp_path: Path) -> dict[str, str]:
    """What the commands below are called with."""
    home.decks.mkdir(parents=True)
    (home.decks / "mine.yaml").write_text(DECK, encoding="utf-8")
    (tmp_path / "shared").mkdir()
    (tmp_path / "cube.py").write_text(DEMO, encoding="utf-8")
    (tmp_path / "notes.csv").write_text("问三,答三\n", encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("cards:\n  - {id: x, q: 问, level: hard}\n", encoding="utf-8")
    (tmp_path / "not.zip").write_text("x")
    return {
        name: str(tmp_path / name)
        for name in (
            "shared",
            "cube.py",
            "notes.csv",
            "bad.yaml",
            "not.zip",
            "new.zip",
            "a.yaml",
            "a.csv",
            "mine-too.yaml",
        )
    }


def test_english_is_found_where_it_stands() -> None:
    assert english("没有卡片 x。'quizapp next' 会给出一张。--bits 是 NAME 的参数，如 mine。", "mine") == []
    assert english("Nothing was saved；什么都没有保存") == ["Nothing", "was", "saved"] and english("x: the name.")


CALLS = [
    (["due"], 0, "合计"),
    (["due", "{nowhere}.yaml"], 2, "没有题库"),
    (["next"], 0, "良好 10 分钟"),
    (["show", "mine/z"], 2, "没有卡片 mine/z。是不是 mine/"),
    (["show", "mine/x"], 0, "答"),
    (["grade", "mine/x", "good"], 0, "mine/x：良好，10 分钟后再出现"),
    (["undo"], 0, "mine/x：已撤销"),
    (["undo"], 1, "没有可以撤销的操作"),
    (["grade", "mine/x", "easy"], 0, "简单，10 天后再出现"),
    (["stats"], 0, "复习"),
    (["plan"], 0, "还没有设定面试日期"),
    (["plan", "--date", "2099-01-01"], 2, "计划最多排到 732 天后"),
    (["plan", "--date", "2026-12-20"], 0, "当天的预期回忆概率"),
    (["optimize"], 1, "满 400 次才能拟合"),
    (["check"], 0, "0 个错误"),
    (["check", "{bad.yaml}"], 1, "1 个错误"),
    (["quiz", "--decks", "{bad.yaml}"], 2, "这个级别和标签"),
    (["new", "{a.yaml}"], 0, "已写好"),
    (["new", "{a.yaml}"], 1, "已存在"),
    (["new", "--demo", "{a.yaml}"], 2, "不能作为实验"),
    (["export", "mine", "{a.csv}"], 0, "2 张卡片"),
    (["export", "mine", "{a.csv}"], 1, "已存在"),
    (["export", "yours", "{a.csv}"], 2, "没有题库 yours"),
    (["import", "{notes.csv}"], 0, "1 张卡片"),
    (["import", "{notes.csv}"], 0, "新增 0 张，更新 0 张，不变 1 张"),
    (["sync", "{shared}"], 0, "送出 1 份"),
    (["sync", "{shared}-of-nobody"], 2, "没有文件夹"),
    (["backup", "{new.zip}"], 0, "已备份"),
    (["restore", "{new.zip}"], 0, "取回了"),
    (["restore", "{not.zip}"], 1, "不是 quizapp 的备份"),
    (["restore", "{a.csv}-not"], 1, "没有这个文件或文件夹"),
    (["doctor"], 0, "一切正常"),
    (["doctor", "--mend"], 0, "已修复"),
    (["demo", "{cube.py}"], 1, "不是 quizapp 自带的实验"),
    (["demo", "quantise_layer"], 2, "没有实验 quantise_layer"),
    (["demo", "quantize_layer", "--m", "3"], 2, "没有参数 --m"),
    (["code", "kd_los"], 2, "是不是 kd_loss？"),
    (["code", "kd_loss", "{shared}"], 2, "是一个文件夹"),
    (["trust", "{cube.py}"], 1, "这里无法询问你"),
    (["trust", "{cube.py}", "--yes"], 0, "可以运行了"),
    (["trust", "{cube.py}"], 0, "已经允许运行"),
    (["demo", "{cube.py}", "--n", "3"], 0, "27"),
    (["demo", "{cube.py}", "--sweep", "m"], 2, "没有参数 m"),
    (["study", "yours"], 2, "没有题库 yours"),
    (["quiz", "--tag", "quantizations"], 2, "没有标签 quantizations。是不是 quantization？"),
    (["quiz", "--decks", "mine"], 2, "无法自动判分"),
    (["interview", "--decks", "mine", "--level", "basic"], 2, "这个级别和标签"),
    (["study", "mine"], 2, "需要在终端里运行"),
    (["serve", "--cert", "{a.csv}"], 2, "要一起给出"),
    (["serve", "--host", "0.0.0.0"], 2, "窃听"),
    (["no-such"], 2, "没有文件或文件夹"),
    (["browse", "yours"], 2, "现有：注意力与显存、"),
    (["code", "kd_loss"], 0, "请在里面写出解法"),
    (["code", "kd_loss", "kd_loss.py"], 1, "结果：得到 None"),
    (["new", "{mine-too.yaml}", "--code", "my_softmax"], 0, "验证它"),
    (["check", "{bad.yaml}", "--run"], 1, "可选值中没有"),
    (["completion"], 2, "哪种 shell"),
    (["examiner"], 0, "还没有设置考官"),
    (["examiner", "--test"], 2, "还没有设置考官"),
    (["examiner", "--address", "http://localhost:1/v1", "--model", "m", "--key", "env:NO_KEY"], 0, "这里没有设置"),
    (["examiner", "--key", "m"], 2, "env:"),
    (["examiner", "--test"], 1, "这里无法询问你是否发送"),
    (["examiner", "--test", "--yes"], 1, "结果已保存"),
]


def test_every_command_speaks_chinese(
    quizapp: Call, chinese: None, files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.commands.local_now", lambda: NOW)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    monkeypatch.chdir(Path(files["shared"]).parent)
    for words, code, says in CALLS:
        called = [re.sub(r"\{(.*?)\}", lambda found: files.get(found[1], found[1]), word) for word in words]
        found, out, err = quizapp(*called)
        assert (found, says in out + err) == (code, True), (words, out, err)
        assert english((out + err).replace(DEMO, ""), *called, "mine notes cube") == [], (words, out, err)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_help_speaks_chinese(quizapp: Call, chinese: None, command: str) -> None:
    code, out, err = quizapp(*([command] if command else []), "--help")
    examples = out.partition("\n例如：\n")  # which are the same for everybody
    assert (code, err, english(examples[0], *COMMANDS)) == (0, "", [])
    assert out.startswith("用法：") and "\n选项：\n" in out and "显示这份帮助" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["due", "--nope"], "quizapp due：错误：无法识别的参数：--nope"),
        (["grade"], "缺少参数：KEY, grade"),
        (["grade", "x", "great"], "参数 grade：没有 'great' 这个选项（可选：'again', 'hard', 'good', 'easy'）"),
        (["quiz", "--seed", "x"], "参数 --seed：'x' 不是有效的 int"),
        (["quiz", "--level"], "参数 --level：至少需要一个值"),
        (["quiz", "-n", "0"], "参数 -n：需要 1 到 1000 之间的数，而不是 '0'"),
        (["plan", "--date"], "参数 --date：需要一个值"),
        (["due", "--json=1"], "参数 --json：不接受值 '1'"),
    ],
)
def test_a_wrong_call_is_told_in_chinese(quizapp: Call, chinese: None, words: list[str], says: str) -> None:
    code, out, err = quizapp(*words)
    assert (code, out) == (2, "") and err.startswith("用法：") and err.splitlines()[-1].endswith(says)


def test_what_argparse_says_has_the_same_places_in_both_languages() -> None:
    for id, text in room("cli").items():
        assert not isinstance(text, Plural)
        assert sorted(re.findall(r"%(?:\(\w+\))?[sr]", text.en)) == sorted(re.findall(r"%(?:\(\w+\))?[sr]", text.zh)), (
            id
        )


@pytest.mark.parametrize(
    ("settings", "locale", "language"),
    [
        (None, "zh_CN.UTF-8", "zh"),
        (None, "en_US.UTF-8", "en"),
        ("language: zh\n", "en_US.UTF-8", "zh"),
        ("language: en\n", "zh_CN.UTF-8", "en"),
        ("language: both\n", "zh_CN.UTF-8", "zh"),
        ("language: both\n", "C.UTF-8", "en"),
        ("language: zh\nnew_per_day: lots\n", "C.UTF-8", "zh"),
        ("language: [\n", "zh_CN.UTF-8", "zh"),
    ],
)
def test_the_settings_or_the_locale_say_which_language(
    quizapp: Call, home: Home, monkeypatch: pytest.MonkeyPatch, settings: str | None, locale: str, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    home.root.mkdir()
    if settings is not None:
        home.settings.write_text(settings)
    assert quizapp("--help")[1].startswith("用法" if language == "zh" else "usage")
    assert user_language() == language


@pytest.mark.parametrize(
    "words",
    [
        ["due"],
        ["next"],
        ["show", KEY],
        ["plan", "--date", "2026-12-20"],
        ["stats"],
        ["check"],
        ["doctor"],
        ["demo"],
        ["examiner"],
    ],
    ids=lambda words: words[0],
)
def test_json_is_the_same_in_both_languages(
    quizapp: Call, home: Home, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setattr("quizapp.commands.local_now", lambda: NOW)
    home.decks.mkdir(parents=True)
    (home.decks / "bad.yaml").write_text("cards:\n  - {id: x, q: 问, a: 答, level: hard}\n", encoding="utf-8")
    quizapp("grade", KEY, "good")
    journal = next((home.root / "journal").glob("*.jsonl"))
    journal.with_name("0a.jsonl").write_text("no journal\n")
    code, out, _ = quizapp(*words, "--json")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert json.loads(out) is not None and quizapp(*words, "--json")[:2] == (code, out)


def test_a_help_begins_with_a_capital_and_leaves_names_as_they_are(quizapp: Call) -> None:
    assert "\nMake or update a deck from Anki, CSV or Markdown.\n" in quizapp("import", "--help")[1]


def test_a_home_that_cannot_be_found_keeps_no_help_away(
    capsys: pytest.CaptureFixture[str], chinese: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_HOME", "~nobody-of-this-name/x")
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0 and capsys.readouterr().out.startswith("用法：")


def test_no_words_are_looked_up_where_none_are_said(home: Home) -> None:
    check = "import sys; from quizapp.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", check, "--home", str(home.root), "due", "--json", str(BUNDLED_DECKS)],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert not [name for name in done.stderr.split() if name.startswith("quizapp.texts.")]
