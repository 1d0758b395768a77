"""A home of its own and an English locale for every test."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.cli import main
from quizapp.paths import Home


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "QUIZAPP_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def quizapp(home: Home, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command in this process: quizapp("due", "--json") → exit code, standard output, standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(["--home", str(home.root), *words])
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 2
        out, err = capsys.readouterr()
        return code, out, err

    return call


needs_torch = pytest.mark.skipif(
    "torch" not in sys.modules and __import__("importlib.util").util.find_spec("torch") is None,
    reason="torch is not installed",
)
