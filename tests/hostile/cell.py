"""Runs commands, each in a process of its own with little memory and little time:
`python cell.py HOME MB ROWS REVIEWS < jobs.json`; the numbers are what a package may hold.

A job is {"name", "argv", "cwd"}. Prints a JSON object by name: {"code", "out", "seconds", "megabytes"}; a code of None
is a command that had to be stopped. The processes are forked from one that has imported everything, so that a
hundred of them take seconds.
"""

import json
import os
import resource
import signal
import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from typing import TypedDict

MOST_BYTES = 3 << 30  # of address space: threads and libraries reserve more than they use
MOST_SECONDS = 60


class Job(TypedDict):
    name: str
    argv: list[str]
    cwd: str


class Ended(TypedDict):
    code: int | None
    out: str
    seconds: float
    megabytes: int


def run(job: Job, home: str) -> Ended:
    with tempfile.TemporaryFile() as out:
        pid = os.fork()
        if pid == 0:
            os.chdir(job["cwd"])
            for stream in (1, 2):
                os.dup2(out.fileno(), stream)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            with suppress(ValueError, OSError):  # not every system has this limit
                resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
            signal.alarm(MOST_SECONDS)
            code = 70
            try:
                from quizapp.cli import main

                code = main(["--home", home, *job["argv"]])
            except SystemExit as leaving:
                code = leaving.code if isinstance(leaving.code, int) else 2
            except BaseException:
                import traceback

                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        _, status, used = os.wait4(pid, 0)
        out.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else None,
            "out": out.read().decode("utf-8", errors="backslashreplace"),
            "seconds": round(used.ru_utime + used.ru_stime, 2),  # its own, however busy the machine is
            "megabytes": used.ru_maxrss // (1024 if sys.platform == "linux" else 1024**2),
        }


if __name__ == "__main__":
    for name in ("cards.check", "cards.explain", "cards.formats.anki", "cards.formats.markdown", "cards.formats.text",
                 "cards.load", "cards.write", "commands.check", "commands.import", "commands.next", "memory.schedule",
                 "study.rewrite"):  # fmt: skip
        import_module(f"quizapp.{name}")
    for name in ("markdownify", "rich.cells", "traceback", "unicodedata", "zstandard"):
        import_module(name)
    from quizapp.cards.formats import anki_history, anki_package

    packed_mb, anki_package.MOST_ROWS, anki_history.MOST_REVIEWS = map(int, sys.argv[2:])
    anki_package.MOST_DATABASE_BYTES = packed_mb << 20
    print(json.dumps({job["name"]: run(job, sys.argv[1]) for job in json.load(sys.stdin)}))
