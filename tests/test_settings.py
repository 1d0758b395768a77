from datetime import date
from pathlib import Path

import pytest

from quizapp.settings import Settings, SettingsError, read_settings, save_setting


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.yaml") == Settings()


def test_values_are_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("new_per_day: 5\nlearning_steps: [1, 5, 20]\nlanguage: zh\n")
    settings = read_settings(path)
    assert (settings.new_per_day, settings.learning_steps, settings.shown) == (5, (1, 5, 20), "zh")
    assert settings.rules().learning_steps == (60, 300, 1200)


@pytest.mark.parametrize(
    ("text", "on"), [("2026-12-20", date(2026, 12, 20)), ("'2026-12-20'", date(2026, 12, 20)), ("", None)]
)
def test_the_interview_is_a_date_or_nothing(tmp_path: Path, text: str, on: date | None) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(f"interview: {text}\n")
    assert read_settings(path).interview == on


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("new_per_dya: 5", "Did you mean new_per_day?"),
        ("new_per_day: many", "a number from 0 to 9999"),
        ("retention: 1.5", "0.7 to 0.99"),
        ("rollover: 3.5", "int"),
        ("learning_steps: 5", "a list of minutes"),
        ("learning_steps: [0]", "a list of minutes"),
        ("language: fr", "language"),
        ("interview: soon", "a date such as 2026-12-20"),
        ("interview: 2026-12-20 10:00:00", "a date such as 2026-12-20"),
        ("interview: 5", "a date such as 2026-12-20"),
        ("interview: 2026-02-30", "day is out of range"),
        ("[", "not YAML"),
        ("- 1", "new_per_day: 20"),
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
