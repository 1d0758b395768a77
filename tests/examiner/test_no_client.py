"""The client is imported when an examiner is asked, and in no start."""

import subprocess
import sys

CHECK = """
import sys
import quizapp.cli, quizapp.ui.app
import quizapp.examiner.ask, quizapp.examiner.record
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"httpx", "httpcore", "anyio", "keyring"}))
"""


def test_a_start_imports_no_client() -> None:
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("\n", "")
