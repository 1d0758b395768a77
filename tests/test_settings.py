import os
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.memory.schedule import Rules
from quizapp.settings import ASKED, FIELDS, Settings, UnfitSetting, kind_of, typed, written
from quizapp.settings_file import SettingsError, read_settings, save_setting, settings_of
from quizapp.study.desk import rules_of
from quizapp.words import LANGUAGES


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.yaml") == Settings()


def test_values_are_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(
        "new_per_day: 5\nlearning_steps: [1, 5, 20]\nrelearning_steps: [2.5]\nretention: 0.8\nrollover: 6\n"
        "language: zh\n"
    )
    settings = read_settings(path)
    assert (settings.new_per_day, settings.learning_steps, settings.shown) == (5, (1, 5, 20), "zh")
    assert rules_of(settings) == Rules(
        retention=0.8, rollover=6, learning_steps=(60, 300, 1200), relearning_steps=(150,), weights=Rules().weights
    )


@pytest.mark.parametrize(
    ("text", "on"), [("2026-12-20", date(2026, 12, 20)), ("'2026-12-20'", date(2026, 12, 20)), ("", None)]
)
def test_the_interview_is_a_date_or_nothing(tmp_path: Path, text: str, on: date | None) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(f"interview: {text}\n")
    assert read_settings(path).interview == on
    save_setting(path, "interview", on)
    assert read_settings(path).interview == on


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("new_per_dya: 5", "Did you mean new_per_day?"),
        ("new_per_day: many", "a whole number from 0 to 9999"),
        ("retention: 1.5", "0.7 to 0.99"),
        ("rollover: 3.5", "a whole number from 0 to 23, but is 3.5"),
        ("learning_steps: 5", "a list of minutes"),
        ("learning_steps: [0]", "a list of minutes"),
        ("language: fr", "language"),
        ("interview: soon", "a date such as 2026-12-20"),
        ("interview: 2026-12-20 10:00:00", "a date such as 2026-12-20"),
        ("interview: 5", "a date such as 2026-12-20"),
        ("interview: 2026-02-30", "a date such as 2026-12-20"),
        ("[", "settings.yaml:2:1: "),
        ("- 1", "new_per_day: 20"),
        ("# ä\n\nmotion: perhaps", "settings.yaml:3: motion should be true or false, but is perhaps."),
        ("language: fr", "auto, en, zh or both, but is fr"),
        ("language: en\nlanguage: zh", "written twice"),
        ("keys: [a]", "answer.good: g"),
        ("keys: {answer.good: {}}", "answer.good: g"),
        ("rollover: 25\nretention: 2", "1 more lines"),
    ],
)
def test_what_is_wrong_is_said_with_the_file(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    with pytest.raises(SettingsError) as error:
        read_settings(path)
    assert says in str(error.value)
    assert str(path) in str(error.value)


def test_bytes_that_are_not_text_are_an_error_too(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError):
        read_settings(path)


def test_what_is_no_file_of_settings_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.symlink_to("/dev/zero")
    with pytest.raises(SettingsError, match="it is no file"):
        read_settings(path)
    path.unlink()
    with path.open("wb") as file:
        file.truncate(10**9)
    with pytest.raises(SettingsError, match="larger than 1000 kB"):
        read_settings(path)


@pytest.mark.parametrize("text", ["# - # " * 100, "#" * 10_000, "[" * 10_000, "a: " * 10_000, "{a: " * 10_000])
def test_a_file_that_is_made_to_take_for_ever_does_not(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(f"{text}\nrollover: 5\n")
    start = time.process_time()
    with suppress(SettingsError):
        save_setting(path, "rollover", 6)
    assert time.process_time() - start < 2


def test_saving_one_setting_keeps_every_other_line(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.yaml"
    save_setting(path, "language", "zh")
    path.write_text("# mine\nnew_per_day: 5  # few\nlanguage: zh\n\n# end")
    save_setting(path, "language", "both")
    save_setting(path, "theme", "nord")
    assert path.read_text() == "# mine\nnew_per_day: 5  # few\nlanguage: both\n\n# end\ntheme: nord\n"
    assert read_settings(path).new_per_day == 5


@pytest.mark.parametrize(("locale", "shown"), [("zh_CN.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("C", "en")])
def test_the_locale_decides_the_language(monkeypatch: pytest.MonkeyPatch, locale: str, shown: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert Settings().shown == shown


def test_of_the_locale_s_variables_the_first_that_is_set_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["LC_ALL", "LC_MESSAGES", "LANG"]
    for at, name in enumerate(names):
        for other in names:
            monkeypatch.setenv(other, "" if names.index(other) < at else "en_US.UTF-8")
        monkeypatch.setenv(name, "zh_TW.UTF-8")
        assert Settings().shown == "zh", name
    assert Settings(language="en").shown == "en"


def test_every_setting_says_what_it_is_in_both_languages_and_reads_what_it_writes() -> None:
    default = Settings()
    assert list(FIELDS) == list(Settings.__struct_fields__)
    assert set(FIELDS) - set(ASKED) == {"tour"}
    for name, field in FIELDS.items():
        if name in ASKED:
            assert all(field.title.says(language) and field.about.says(language) for language in LANGUAGES)
            assert field.about.says("zh") != field.about.says("en")
        value = getattr(default, name)
        assert typed(name, written(name, value)) == value
        if kind_of(name) in ("int", "number"):
            assert field.low is not None and field.high is not None
            for right in (field.low, field.high):
                assert typed(name, f"{right:g}") == right
            for wrong in (field.low - 1, field.high + 1):
                with pytest.raises(UnfitSetting, match=f"“{field.title}” should be a"):
                    typed(name, str(wrong))


def test_a_limit_is_written_once() -> None:
    """Minutes are bounded as their field says, in the value and in the sentence."""
    for name in ("learning_steps", "relearning_steps"):
        high = FIELDS[name].high or 0
        assert typed(name, [f"{high:g}"]) == (high,)
        with pytest.raises(UnfitSetting) as error:
            typed(name, [f"{high + 1:g}"])
        assert f"each up to {high:g}, but is [{high + 1:g}]." in str(error.value)
        assert f"每个最大 {high:g}" in error.value.sentence.says("zh")


def test_what_is_wrong_is_said_in_the_language_of_the_user(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("rollover: 25\nlanguage: fr\n")
    with pytest.raises(SettingsError) as error:
        read_settings(path)
    assert error.value.sentence.says("zh") == (
        f"{path}:1：rollover 应为 0 到 23 的整数，现在是 25。（还有 1 行有误。）"
    )


def test_a_fifo_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.yaml")
    with pytest.raises(SettingsError, match="it is no file"):
        read_settings(tmp_path / "settings.yaml")


def test_what_is_right_holds_though_another_line_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("language: zh\nrollover: 25\n")
    with pytest.raises(SettingsError) as error:
        read_settings(path)
    assert error.value.settings == Settings(language="zh")


@pytest.mark.parametrize("text", ["language: zh\nrollover: 25\n", "[", "- 1\n", "a: &b 1\n"])
def test_a_broken_file_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(text)
    with pytest.raises(SettingsError):
        save_setting(path, "theme", "nord")
    assert path.read_text() == text
    assert list(tmp_path.iterdir()) == [path]


def test_what_would_break_the_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    with pytest.raises(SettingsError):
        save_setting(path, "rollover", 25)
    assert not path.exists()


def test_a_link_stays_a_link_and_line_ends_stay(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "mine.yaml").write_bytes("\ufeffrollover: 5  # 早\r\n".encode())
    path = tmp_path / "settings.yaml"
    path.symlink_to(tmp_path / "dotfiles" / "mine.yaml")
    save_setting(path, "rollover", 6)
    save_setting(path, "keys", ("g", "f5"), "answer.good")
    assert path.is_symlink()
    assert path.read_bytes().decode() == '\ufeffrollover: 6  # 早\r\nkeys:\r\n  answer.good: ["g", f5]\r\n'
    assert read_settings(path) == Settings(rollover=6, keys={"answer.good": ("g", "f5")})
    save_setting(path, "keys", None, "answer.good")
    assert read_settings(path) == Settings(rollover=6)


line = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["rollover:", "theme:", "language: ", " rollover: ", "x: ", "", "- ", "motion :"]),
    st.sampled_from(["", " ", "\t"]),
    st.sampled_from(
        ["5", "nord", "1_0", "a.b", "yes", "012", "a b", "'5'", "1:30", "#no", "[1]", "{", "null", "--", "-1"]
    ),
    st.sampled_from(["", " ", " # why", "# no", " #\t", " # é", "\r"]),
)


@given(st.lists(line, max_size=4))
def test_plain_lines_mean_without_a_parser_what_they_mean_with_one(lines: list[str]) -> None:
    def meaning(text: str) -> tuple[Settings, bool]:
        try:
            return settings_of(text.encode(), Path("s")), True
        except SettingsError as error:
            return error.settings, False

    text = "\n".join(lines)
    assert meaning(text) == meaning(text + "\n# \u6587")
