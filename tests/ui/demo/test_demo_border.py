"""What stands in the border of an experiment has room there."""

from pathlib import Path

import pytest

from quizapp.lab.script import Script
from quizapp.ui.demo.border import demo_state, demo_title
from quizapp.ui.demo.experiment import Experiment, begun
from quizapp.ui.demo.find import Demo


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Sparse storage: when zeros shrink a file, and when they do not.", "Sparse storage"),
        ("稀疏存储：零什么时候能让文件变小。", "稀疏存储"),
        ("Compare 2:4 with others", "Compare 2:4 with others"),
    ],
)
def test_the_title_is_what_stands_before_its_colon(title: str, shown: str) -> None:
    now = begun(Demo(Script("q", title, "", Path("/q.py"), b"", "q", (), (), ())), lambda _: True)
    assert demo_title(now, "en") == shown
    assert demo_title(now.veil(), "en") == "Experiment"


def test_it_says_for_how_long_it_has_been_running() -> None:
    now = Experiment(phase="running")
    assert demo_state(now, ".", "en").plain == "running, . stops it"
    assert demo_state(now, ".", "en", 12).plain == "running for 12 s, . stops it"
