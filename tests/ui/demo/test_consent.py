"""What the panel says before a yes."""

from pathlib import Path

import pytest

from quizapp.lab.review import HIDES, review
from quizapp.lab.script import read
from quizapp.ui.demo.consent import consent_text
from quizapp.ui.wording import say
from quizapp.words import Language

DEMO = "def main(seed: int = 0) -> dict:\n    return {}  # %s\n"


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("hidden", [True, False])
def test_characters_that_hide_something_are_spoken_of(tmp_path: Path, spoken: Language, hidden: bool) -> None:
    (tmp_path / "demo.py").write_text(DEMO % ("\u202e" if hidden else "plain"), encoding="utf-8")
    script = read(tmp_path / "demo.py")
    assert (say(HIDES, spoken) in consent_text(script, review(script, None), "y", spoken).plain) == hidden
