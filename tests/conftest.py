"""A home of its own and an English locale for every test, and a net under every module: what it takes, it lets go."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings

from quizapp.cards import library
from quizapp.cards.cache import Loaded, load_cached
from quizapp.cli import main
from quizapp.commands import user_language
from quizapp.memory.journal import Journal
from quizapp.paths import BUNDLED_DECKS, Home

settings.register_profile("default", deadline=None)  # the machine may be busy
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "default")


LONG = (  # these take their time and guard what rarely changes: .ci/run runs them, as `QUIZAPP_SEEDS=1 pytest -m long`
    "hostile/test_hostile.py",
    "journeys/test_hostile_home.py",
    "journeys/test_killed_grades.py",
    "journeys/test_code_terminal.py",
    "journeys/test_interview_terminal.py",
    "journeys/test_air.py::test_no_text_touches",
    "journeys/test_before_the_answer.py::test_of_no_experiment_more",
    "journeys/test_everywhere.py::test_no_colour",
    "journeys/test_everywhere.py::test_every_place_at_every_size",
    "journeys/test_settings_screen.py::test_a_broken_file_is_shown",
    "journeys/test_settings_screen.py::test_the_mouse_switches",
    "journeys/test_lab.py::test_of_much_output",
    "journeys/test_lab.py::test_what_a_run_says_and_draws",
    "journeys/test_quiz_screen.py::test_by_mouse",
    "commands/test_doctor.py::test_damage_is_named",
    "test_house.py::test_a_command_imports_neither_textual_nor_torch",
    "memory/test_kill.py",
    "journeys/test_everywhere.py::test_code_a_strangers",
    "journeys/test_interview_screen.py::test_every_page_at_odd_sizes",
    "journeys/test_stage.py",
    "journeys/test_first_minutes.py::test_left_at_any_step",
    "journeys/test_code.py::test_in_an_interview_its_last_question_is_run_once",
    "journeys/test_code.py::test_forgotten_and_mended",
    "journeys/test_examiner_asks.py::test_asked_back_killed",
    "journeys/test_examined.py::test_without_a_place",
    "journeys/test_interview_screen.py::test_a_whole_interview_killed",
    "journeys/test_add_card.py::test_two_languages",
    "commands/test_completion.py::test_bash_completes",
    "ui/code/test_code_editor.py::test_lines_are_seen_from_their_beginnings",
    "journeys/test_code.py::test_a_file_saved_elsewhere",
    "journeys/test_code.py::test_what_another_device",
    "memory/test_fit.py::test_the_optimizer_itself",
    "memory/test_crash.py::test_a_crash_at_any_moment",
    "memory/test_crash.py::test_a_crash_while_recovering",
    "lab/test_warm.py::test_two_hundred_runs",
    "lab/test_warm.py::test_the_figures_are_the_same",
    "lab/test_judging.py::test_a_case_that_hangs",
    "demos/test_distillation.py::test_teacher_of_distillation",
    "commands/test_code_command.py::test_a_file_is_judged_whenever",
    "test_docs.py::test_it_is_proven",
    "test_docs.py::test_the_first_example_of_a_page",
    "cards/formats/test_formulas_kept.py::test_out_and_back[.apkg]",
    "lab/test_hoard.py::test_what_lies_deeper",
    "commands/test_serve_command.py::test_a_grade_outlives_the_server_and_the_app_does_not[1]",
    "commands/test_code_command.py::test_check_proves",
    "commands/test_in_chinese.py::test_every_command_speaks",
    "commands/test_in_chinese.py::test_json_is_the_same_in_both_languages[check]",
    "journeys/test_examined.py::test_what_goes_wrong_is_said",
    "demos/test_distillation.py::test_tinybert_needs",
    "test_typed_answers.py::test_general_talk_marks",
    "journeys/test_help.py::test_every_key_of_a_card_with_a_demo_is_there_with_a_phrase[zh]",
    "journeys/test_quiz_screen.py::test_misses_are_retried",
    "journeys/test_interview_screen.py::test_where_its_deck_is_not_open",
    "journeys/test_add_card.py::test_every_type_has_its_form",
    "journeys/test_reload.py::test_a_demo_that_changes",
    "journeys/test_settings_screen.py::test_every_setting_has_a_row_and_a_line_about_it[zh-size1]",
    "commands/test_stray.py::test_the_demos_that_come",
    "examiner/test_parse.py::test_the_whole_confirms",
    "journeys/test_lab.py::test_a_sweep_can_be_stopped",
    "journeys/test_everywhere.py::test_a_card_comes_behind_a_command",
    "journeys/test_examiner_asks.py::test_without_consent",
    "journeys/test_reload.py::test_work_that_fails",
    "journeys/test_help.py::test_a_click_on_a_line",
    "journeys/test_help.py::test_every_key_of_a_card_with_a_demo_is_there_with_a_phrase[en]",
    "journeys/test_terminal.py::test_a_killed_app_or_a_closed_terminal_loses_no_grade[close]",
    "journeys/test_formulas.py::test_the_latex_of_a_card",
    "commands/test_examiner_command.py::test_the_whole_test",
    "journeys/test_quiz_screen.py::test_leaving_early_shows",
    "journeys/test_code.py::test_a_strangers_exercise_asks",
    "journeys/test_summary.py::test_the_hard_cards_scroll",
    "journeys/test_home.py::test_a_click_on_a_panel",
    "journeys/test_yes.py::test_every_file_is_shown",
    "journeys/test_settings_screen.py::test_settings_hold_in_the_sitting",
    "journeys/test_help.py::test_no_line_is_cut",
    "journeys/test_interview_screen.py::test_leaving_and_ending_ask_first",
    "journeys/test_study.py::test_every_type_of_card_is_shown",
    "journeys/test_before_the_answer.py::test_settings_and_decks_may_change",
    "journeys/test_browse.py::test_the_demo_runs_beside",
    "journeys/test_lab.py::test_search_run_turn",
    "commands/test_doctor.py::test_a_card_that_got_another_id",
    "commands/test_doctor.py::test_a_hostile_home",
    "commands/test_say.py::test_outputs_that_take_nothing",
    "commands/test_fix.py::test_a_folder_that_is_a_link",
    "cards/test_write.py::test_a_deck_that_is_brought_up",
    "cards/test_library.py::test_whatever_lies_in_a_clone",
)


USUAL = (80, 24)  # the size that a test of several sizes has in any case


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is long, and skips it where nobody asked for more seeds than one."""
    usual = {name_of(item) for item in items if size_of(item) == USUAL}
    for item in items:
        other = name_of(item) in usual and size_of(item) != USUAL
        chinese = "/journeys/" in item.nodeid and item.nodeid.endswith("-zh]")
        if other or chinese or any(name in item.nodeid for name in LONG):
            item.add_marker(pytest.mark.long)
            if "QUIZAPP_SEEDS" not in os.environ:
                item.add_marker(pytest.mark.skip(reason="long: QUIZAPP_SEEDS=1 pytest -m long"))


def name_of(item: pytest.Item) -> str:
    """The name of a test, whatever it is given."""
    return item.nodeid.partition("[")[0]


def size_of(item: pytest.Item) -> object:
    """The size of the screen that a test is given, if any."""
    return item.callspec.params.get("size") if isinstance(item, pytest.Function) and hasattr(item, "callspec") else None


def held() -> set[str]:
    """What this process holds of the system: its open descriptors, with what they lead to, and its child processes."""
    gc.collect()
    found = set()
    for fd in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one of the listing
            found.add(f"{fd.name} → {fd.readlink()}")
    for children in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread that has ended
            found |= {f"process {pid}" for pid in children.read_text().split()}
    return found


@pytest.fixture(scope="module", autouse=True)
def _lets_go_of_what_it_takes(request: pytest.FixtureRequest) -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    before = held()
    yield
    end = time.monotonic() + 20  # a daemon that was told to stop may still be looking into a folder
    while (left := held() - before) and time.monotonic() < end:
        time.sleep(0.05)
    assert not left, f"{request.node.name} leaves open: {', '.join(sorted(left))}"


@pytest.fixture(scope="module")
def dropped_is_closed() -> Iterator[None]:
    """A recorder that a test drops lets go of its journal, as it does when its process ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Journal, "__del__", Journal.close, raising=False)
        yield
        gc.collect()


@pytest.fixture(scope="session", autouse=True)
def _bundled_decks_are_read_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Of every home that a test makes they would be read anew: a third of the time of all tests."""
    kept: dict[tuple[object, ...], Loaded] = {}
    folder = tmp_path_factory.mktemp("decks")

    def load(path: Path, home: Path, *, bundled: bool = False) -> Loaded:
        if path.parent != BUNDLED_DECKS:
            return load_cached(path, home, bundled=bundled)
        name = (path, bundled, path.stat().st_mtime_ns)
        return kept[name] if name in kept else kept.setdefault(name, load_cached(path, folder, bundled=bundled))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "load_cached", load)
        yield


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "QUIZAPP_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    user_language.cache_clear()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def quizapp(home: Home, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command in this process: quizapp("due", "--json") → exit code, standard output, standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        user_language.cache_clear()  # a process makes one call, and has one language
        try:
            code = main(["--home", str(home.root), *words])
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 2
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture(scope="module")
def examiner_server() -> Iterator[str]:
    """The address of a server that speaks as examiners do, in a process of its own: tests/examiner/server.py has its
    models. What it was sent: GET {address}/seen."""
    path = Path(__file__).parent / "examiner" / "server.py"
    with subprocess.Popen(
        [sys.executable, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()
