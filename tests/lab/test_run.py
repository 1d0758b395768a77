"""Runs: what comes back of one that goes well, of each kind that does not, and that nothing is left of either."""

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from leftovers import Go, Lacking, Left, MakeDemo, descriptors, linux, settled

from quizapp.lab import job
from quizapp.lab import run as runs
from quizapp.lab.run import Limits, run, torch_hint, torch_missing
from quizapp.lab.sandbox import FULL, SANDBOX_LEVELS
from quizapp.lab.script import read_script


async def test_a_run_streams_and_returns(demo: MakeDemo, go: Go, left: Left) -> None:
    script = demo(
        """
        print("bits", bits, scale, seed)
        return {"sqnr_db": 6 * bits, "curve": {"x": [1, 2], "y": (3, 4)}}
        """,
        before="from typing import Annotated, Literal",
        knobs='bits: Annotated[int, range(2, 9)] = 4, scale: Literal["a", "b"] = "a", seed: int = 0',
    )
    finished, text = await go(script, scale="b", bits=3)
    assert text == "bits 3 b 0\n"
    assert finished.result == {"sqnr_db": 18, "curve": {"x": [1, 2], "y": [3, 4]}}
    assert (finished.error, finished.exit, finished.dropped) == (None, 0, 0)
    assert finished.sandbox in SANDBOX_LEVELS and finished.seconds > 0
    assert left() == []


async def test_a_demo_is_at_home(demo: MakeDemo, go: Go) -> None:
    """Its own file, its folder off the path, no input, not __main__, and a type of its own can be looked up."""
    script = demo(
        """
        import pathlib, typing
        print(__name__, sys.argv == [__file__], "" in sys.path or os.getcwd() in sys.path)
        print(str(pathlib.Path(__file__).parent) in sys.path)
        print(repr(sys.stdin.read()), helper.where(), typing.get_type_hints(Box))
        return {"one": helper.one}
        """,
        before="import os, sys, helper\nclass Box:\n    size: 'Box'",
        helper="one = 1\ndef where(): return __file__.rpartition('/')[2]",
    )
    finished, text = await go(script)
    assert finished.result == {"one": 1}, finished.error
    assert text == "demo True False\nFalse\n'' helper.py {'size': <class 'demo.Box'>}\n"


async def test_what_a_demo_starts_has_its_streams(demo: MakeDemo, go: Go) -> None:
    script = demo(
        """
        code = "import os; os.write(1, b'in ' + os.read(0, 9)); os.write(2, b'said')"
        return {"code_x": subprocess.run([sys.executable, "-c", code]).returncode}
        """,
        before="import subprocess, sys",
    )
    finished, text = await go(script)
    assert (finished.result, text) == ({"code_x": 0}, "in said"), finished.error


async def test_what_was_read_is_what_runs(demo: MakeDemo, go: Go) -> None:
    script = demo("return {'a': helper.a, 'b': package.deep.b}", before="import helper, package.deep", helper="a = 1")
    for name, text in {"package/__init__.py": "", "package/deep.py": "b = 1"}.items():
        (script.path.parent / name).parent.mkdir(exist_ok=True)
        (script.path.parent / name).write_text(text)
    script = read_script(script.path)
    for path in [script.path, *script.beside]:
        path.write_text("raise SystemExit('changed after it was read')")
    assert (await go(script))[0].result == {"a": 1, "b": 1}


@pytest.mark.parametrize("put_on_path", ["", "sys.path.insert(0, folder)", "sys.path.append(folder + '/package')"])
@pytest.mark.parametrize("code", ["import_module('added')", "__import__('package.added')", "exec('import added')"])
async def test_what_was_not_shown_is_not_imported(demo: MakeDemo, go: Go, put_on_path: str, code: str) -> None:
    script = demo(
        f"folder = os.path.dirname(__file__)\n{put_on_path}\n{code}\nreturn {{'ran': 1}}",
        before="import os, sys, package\nfrom importlib import import_module",
    )
    folder = script.path.parent
    for name in ("package/__init__.py", "package/shown.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("")
    script = read_script(script.path)
    for name in ("added.py", "package/added.py"):
        (folder / name).write_text("")
    finished, _ = await go(script)
    assert finished.result is None
    name = "package" if "package" in code else "added"
    assert f"import it with a plain `import {name}` at the top" in str(finished.error)


@pytest.mark.parametrize("kind", ["so", "pyc"])
async def test_a_module_without_a_source_is_not_imported(demo: MakeDemo, go: Go, kind: str, tmp_path: Path) -> None:
    import importlib.machinery
    import py_compile

    before = "import sys; sys.path.insert(0, __file__.rpartition('/')[0])\nimport other"
    script = demo("return {'ran': other.a}", before=before)
    if kind == "so":
        (script.path.parent / f"other{importlib.machinery.EXTENSION_SUFFIXES[0]}").write_bytes(b"\x7fELF")
    else:
        (tmp_path / "other.py").write_text("a = 1")
        py_compile.compile(str(tmp_path / "other.py"), str(script.path.parent / "other.pyc"))
    finished, _ = await go(script)
    assert "No module named 'other'" in str(finished.error)


async def test_what_appears_beside_a_demo_shadows_nothing(demo: MakeDemo, go: Go) -> None:
    script = demo("return {'mean': statistics.mean([1, 3])}", before="import statistics")
    for name in ("fractions", "decimal", "numbers"):
        (script.path.parent / f"{name}.py").write_text("raise SystemExit('not shown')")
    assert (await go(script))[0].result == {"mean": 2}


async def test_a_working_folder_is_on_no_path(
    demo: MakeDemo, go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stray.py").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep)
    finished, _ = await go(demo("import stray"))
    assert "No module named 'stray'" in str(finished.error)


async def test_a_package_without_an_init_and_the_text_that_was_read(demo: MakeDemo, go: Go) -> None:
    script = demo("return {'a': deep.x.a, 'b': len('é')}", before="import deep.x")
    (script.path.parent / "deep").mkdir()
    (script.path.parent / "deep" / "x.py").write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    assert (await go(read_script(script.path)))[0].result == {"a": 1, "b": 1}


async def test_a_companion_may_have_the_name_of_a_module_in_use(demo: MakeDemo, go: Go) -> None:
    finished, _ = await go(demo("return {'a': json.a}", before="import json", json="a = 1"))
    assert finished.result == {"a": 1}, finished.error


async def test_text_comes_while_the_demo_runs(demo: MakeDemo) -> None:
    script, heard = demo("print('first'); import time; time.sleep(60)"), asyncio.Event()
    task = asyncio.create_task(run(script, {}, lambda _: heard.set()))
    async with asyncio.timeout(20):
        await heard.wait()
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@linux
async def test_cancelling_leaves_nothing(demo: MakeDemo, left: Left) -> None:
    script = demo(
        """
        for new_session in (False, True):
            if os.fork() == 0:
                if new_session:
                    os.setsid()
                    if os.fork():
                        os._exit(0)
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                open(os.path.join(os.environ["TMPDIR"], f"by {os.getpid()}"), "w").close()
                time.sleep(60)
        print("up", flush=True)
        time.sleep(60)
        """,
        before="import os, signal, time",
    )
    heard, open_before = asyncio.Event(), descriptors()
    task = asyncio.create_task(run(script, {}, lambda _: heard.set()))
    async with asyncio.timeout(20):
        await heard.wait()
    assert len(left()) >= 4
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert left() == []
    assert descriptors() == open_before


async def test_an_error_of_the_listener_is_not_lost(demo: MakeDemo, left: Left) -> None:
    def broken(_: str) -> None:
        raise LookupError("the panel")

    with pytest.raises(LookupError, match="the panel"):
        await run(demo("print('x')\nimport time; time.sleep(60)"), {}, broken)
    assert left() == []


async def test_a_demo_that_writes_into_the_answer_gets_nothing_past_the_contract(demo: MakeDemo, go: Go) -> None:
    script = demo(
        """
        lies = [{"result": {"a": 1, "b": "<s>", "c": {"x": 3}}}, {"sandbox": "none"}, [1], 5]
        for descriptor in range(3, 1024):
            try:
                os.write(descriptor, b"\\n".join(json.dumps(lie).encode() for lie in lies) + b"\\n{")
            except OSError:
                pass
        os._exit(0)
        """,
        before="import json, os",
    )
    finished, _ = await go(script)
    assert finished.result == {"a": 1}
    assert finished.sandbox in SANDBOX_LEVELS


def test_of_an_answer_without_end_so_much_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "MAX_ANSWER", 40)
    file = job.JobFile({}, named=False)
    os.write(file.fileno(), b'{"exit": 3}\n{"error": "' + b"e" * 1_000 + b'"}\n')
    try:
        assert file.answer() == {"exit": 3}
    finally:
        file.close()


async def test_a_sentence_is_clean(demo: MakeDemo, go: Go) -> None:
    finished, _ = await go(demo("raise ValueError('\x1b]0;title\x07a\u202eb')"))
    assert str(finished.error) == "The experiment stopped in demo.py, line 4: ValueError: ab"


# What demos do wrong, each with the sentence it gets


@pytest.mark.parametrize(
    ("body", "says", "code"),
    [
        ("os._exit(3)", "ended its own process with exit code 3", 3),
        ("sys.exit(4)", "left with sys.exit(4)", 1),
        ("raise ValueError('no [x]\\nmore')", "stopped in demo.py, line 4: ValueError: no [x]", 1),
        ("helper.fail()", "stopped in helper.py, line 2: KeyError: 'k'", 1),
        ("raise KeyboardInterrupt", "stopped in demo.py, line 4: KeyboardInterrupt", 1),
        ("def deep(): deep()\ndeep()", "RecursionError", 1),
        ("import not_installed", "No module named 'not_installed'", 1),
        ("return 1", "main() returned an int", 1),
        ("return {'loss': float('nan')}", "loss is nan", 1),
        ("return {'loss': [1, float('inf')]}", "loss is inf", 1),
        ("return {'net': object()}", "net is an object", 1),
        ("return {'sub': {'x': [1], 'y': [1, 2]}}", "1 values in", 1),
    ],
)
async def test_a_failure_is_a_sentence(demo: MakeDemo, go: Go, left: Left, body: str, says: str, code: int) -> None:
    finished, _ = await go(demo(body, before="import ctypes, os, sys, helper", helper="def fail():\n    {}['k']"))
    assert says in str(finished.error)
    assert "\n" not in str(finished.error)
    assert finished.exit == code
    assert not finished.result
    assert left() == []


@linux
@pytest.mark.parametrize(
    ("body", "says", "code"),
    [
        ("ctypes.string_at(0)", "crashed with SIGSEGV: it touched memory that is not its own", -11),
        ("os.kill(os.getpid(), 9)", "crashed with SIGKILL", -9),
        ("os.abort()", "crashed with SIGABRT", -6),
        ("os.closerange(0, 4096)", "ended its own process with exit code 0", 0),
    ],
)
async def test_a_crash_is_a_sentence(demo: MakeDemo, go: Go, left: Left, body: str, says: str, code: int) -> None:
    finished, _ = await go(demo(f"{body}\nreturn {{'a': 1}}", before="import ctypes, os"))
    assert (says in str(finished.error), finished.exit, finished.result) == (True, code, None)
    assert left() == []


async def test_a_traceback_shows_the_demos_own_lines_as_they_were_read(demo: MakeDemo, go: Go) -> None:
    script = demo("helper.parse('{')", before="import helper", helper="import json\ndef parse(s):\n    json.loads(s)")
    for path in [script.path, *script.beside]:
        path.write_text("# changed meanwhile\n" * 20)
    _, text = await go(script)
    assert "helper.parse('{')" in text and "json.loads(s)" in text
    assert "decoder.py" not in text and "quizapp" not in text
    assert text.splitlines()[-1].startswith("json.decoder.JSONDecodeError: ")


async def test_a_closed_stdout_loses_no_result(demo: MakeDemo, go: Go) -> None:
    finished, text = await go(
        demo("print('a'); sys.stdout.close(); os.close(1); return {'a': 1}", before="import os, sys")
    )
    assert (finished.result, finished.error, text) == ({"a": 1}, None, "a\n")


async def test_output_that_is_no_text(demo: MakeDemo, go: Go) -> None:
    body = (
        r"os.write(1, b'\xff\x1b]0;t\x07\x00ok\r\n'); print('\ud800'); print('err', file=sys.stderr); return {'a': 1}"
    )
    finished, text = await go(demo(body, before="import os, sys"))
    assert (finished.error, text) == (None, "�ok\n?\nerr\n")


async def test_a_flood_is_cut_and_counted(demo: MakeDemo, go: Go) -> None:
    finished, text = await go(demo("print('y' * 5_000_000); return {'a': 1}"), Limits(output_bytes=1000))
    assert finished.result == {"a": 1}
    assert finished.dropped == 5_000_001 - 1000
    assert text == "y" * 1000 + "\n… 4,999,001 more bytes were printed and are not shown\n"


async def test_an_endless_flood_leaves_the_loop_free_and_ends_in_time(demo: MakeDemo, go: Go, left: Left) -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0.01)
            turns += 1

    counting = asyncio.create_task(count())
    finished, text = await go(demo("while True: print('y' * 100)"), Limits(seconds=2, output_bytes=10_000))
    counting.cancel()
    assert "after 2 seconds" in str(finished.error) and finished.dropped > 0
    assert len(text) < 11_000
    assert turns > 5
    assert left() == []


async def test_endless_sleep_is_stopped(demo: MakeDemo, go: Go, left: Left) -> None:
    finished, text = await go(demo("print('up'); time.sleep(1e6)", before="import time"), Limits(seconds=2))
    assert str(finished.error) == "The experiment was stopped after 2 seconds, the limit of a run"
    assert text == "up\n"
    assert left() == []


@linux
@pytest.mark.parametrize("missing", [[], ["keep_home"]])
async def test_an_orphaned_grandchild_ends_with_the_run(
    demo: MakeDemo, go: Go, left: Left, lacking: Lacking, missing: list[str]
) -> None:
    """Also where nothing keeps it from a session of its own."""
    lacking(*missing)
    script = demo(
        """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(60)
            os._exit(0)
        os.wait()
        return {"a": 1}
        """,
        before="import os, time",
    )
    finished, _ = await go(script)
    assert (finished.result, finished.error) == ({"a": 1}, None)
    assert left() == []


UNTOLD = """
import os, time
from quizapp.lab import reaper
reaper._prctl(reaper._SUBREAPER, 1)
reaper._children = lambda pid: []
demo = os.fork()
if demo == 0:
    os.setsid()
    if os.fork() == 0:
        print(os.getpid(), flush=True)
    time.sleep(60)
    os._exit(0)
time.sleep(0.2)
reaper._end_all(demo)
os.write(1, b"ended")
os._exit(0)
"""


@linux
def test_where_the_kernel_does_not_tell_of_children_the_group_is_ended() -> None:
    done = subprocess.run([sys.executable, "-c", UNTOLD], stdout=subprocess.PIPE, timeout=60, text=True)
    child, said = done.stdout.split("\n")  # all of the output: nobody holds it open
    assert said == "ended"
    until = time.monotonic() + 20
    with suppress(FileNotFoundError, ProcessLookupError):  # or dead, and process 1 has not asked for it yet
        while "State:\tZ" not in Path(f"/proc/{child}/status").read_text(encoding="utf-8"):
            assert time.monotonic() < until
            time.sleep(0.01)


@linux
@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("if os.fork() == 0: time.sleep(60)", []),
        ("os.closerange(3, 1024)", []),
        ("os.closerange(3, 1024)", ["keep_home", "keep_files"]),
    ],
)
async def test_a_run_ends_with_its_reaper(
    demo: MakeDemo, go: Go, left: Left, lacking: Lacking, body: str, missing: list[str]
) -> None:
    """However the reaper ends: here it is killed from outside."""
    lacking(*missing)
    script = demo(f"{body}\nprint(os.getppid(), flush=True)\ntime.sleep(60)", before="import os, time")
    async with asyncio.timeout(20):
        finished = await run(script, {}, lambda text: os.kill(int(text.split()[0]), signal.SIGKILL))
    assert str(finished.error) == "The experiment ended without a word; it may have stopped the process that watches it"
    await settled(left)


@linux
async def test_a_run_is_one_group_whatever_it_asks_for(demo: MakeDemo, go: Go) -> None:
    script = demo(
        """
        group, pipe = os.getpgid(0), os.pipe()
        if os.fork() == 0:
            os.setpgid(0, 0)
            os.setsid()
            os.write(pipe[1], f"{os.getpgid(0)} {os.getsid(0)}".encode())
            os._exit(0)
        return {"same": os.read(pipe[0], 99).decode() == f"{group} {group}"}
        """,
        before="import os",
    )
    assert (await go(script))[0].result == {"same": 1}


@linux
@pytest.mark.parametrize(("children", "stopped"), [(2, False), (3, True)])
async def test_so_many_processes_and_no_more(demo: MakeDemo, go: Go, children: int, stopped: bool) -> None:
    body = f"for _ in range({children}):\n    if os.fork() == 0: time.sleep(60)\ntime.sleep({9 if stopped else 0.3})"
    finished, _ = await go(demo(f"{body}\nreturn {{'a': 1}}", before="import os, time"), Limits(processes=3))
    assert (finished.result is None) == stopped
    assert (str(finished.error) == "The experiment was stopped: it had started more than 3 processes") == stopped


@linux
@pytest.mark.parametrize(("each", "stopped"), [("bytes(10**7)", False), ("bytearray(b'x') * (8 * 10**7)", True)])
async def test_the_memory_of_all_processes_is_limited_too(demo: MakeDemo, go: Go, each: str, stopped: bool) -> None:
    """What a child has of its parent is counted once."""
    script = demo(
        f"""
        held = bytearray(b"x") * (6 * 10**7)
        for _ in range(4):
            if os.fork() == 0:
                more = {each}
                time.sleep(60)
        time.sleep(3 if {stopped} else 1)
        return {{"a": 1}}
        """,
        before="import os, time",
    )
    finished, _ = await go(script, Limits(memory_mb=140))
    assert (finished.result is None) == stopped
    assert ("out of memory" in str(finished.error)) == stopped


@linux
async def test_so_many_threads_and_no_more(demo: MakeDemo, go: Go) -> None:
    body = "for _ in range(40): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\ntime.sleep(9)"
    finished, _ = await go(demo(f"{body}\nreturn {{'a': 1}}", before="import threading, time"), Limits(threads=20))
    assert str(finished.error) == "The experiment was stopped: it had started more than 20 threads"


@linux
@pytest.mark.parametrize("own", [True, False])
async def test_folders_in_folders_are_removed_however_deep(
    demo: MakeDemo, go: Go, lacking: Lacking, left: Left, own: bool
) -> None:
    if not own:
        lacking("own_memory_given", value="False")
    body = "for _ in range(1_200):\n    os.mkdir('d')\n    os.chdir('d')\nopen('file', 'w').close()\nreturn {'a': 1}"
    finished, _ = await go(demo(body, before="import os"))
    assert finished.result == {"a": 1}
    assert left() == []


@linux
async def test_a_crash_leaves_no_core(demo: MakeDemo, go: Go) -> None:
    script = demo("return {'core': resource.getrlimit(resource.RLIMIT_CORE)}", before="import resource")
    assert (await go(script))[0].result == {"core": [0, 0]}


STOPPED = {"code": "stopped", "why": "e", "file": "d.py", "line": 4}


@pytest.mark.parametrize(
    ("said", "late", "sentence"),
    [
        (
            {"crowd": 3, "held": "files", "error": STOPPED},
            True,
            "The experiment was stopped: it had started more than 3 processes",
        ),
        ({"held": "files"}, True, "The experiment was stopped: a run may keep at most 256 MB in 10,000 files"),
        ({"held": "memory", "exit": -9}, False, "The experiment ran out of memory; the limit of a run is 2,048 MB"),
        ({"error": STOPPED, "exit": 1}, True, "The experiment was stopped after 30 seconds, the limit of a run"),
        ({"error": STOPPED, "exit": 3}, False, "The experiment stopped in d.py, line 4: e"),
        ({"error": {"code": "stopped"}, "exit": 3}, False, "The experiment ended its own process with exit code 3"),
        ({"error": "e", "exit": 3}, False, "The experiment ended without a word"),
        ({"exit": 3}, False, "The experiment ended its own process with exit code 3 before `main` returned"),
        ({"exit": -31}, False, "The experiment crashed with SIGSYS: it made a system call that no experiment may make"),
        ({"exit": -77}, False, "The experiment crashed with signal 77"),
        ({"result": {"a": 1}, "exit": 3}, False, None),
        ({"result": {"a": 1, "b": "x"}}, False, "main() returned a value that cannot be used: b is a str, neither a"),
        ({"error": {"code": "stopped", "why": "é\n" * 600}}, False, "The experiment stopped: " + "é " * 149 + "é…"),
    ],
)
def test_the_first_reason_is_the_sentence(said: dict[str, object], late: bool, sentence: str | None) -> None:
    error = runs._finished(runs.RunEnd(said, 1.0, late=late), Limits()).error
    assert str(error or "").startswith(sentence or "") and (error is None) == (sentence is None)
    assert len(str(error)) <= 500


@linux
@pytest.mark.parametrize("session", ["", "os.setsid()"])
@pytest.mark.parametrize("missing", [[], ["keep_home"]])
async def test_a_fork_bomb_is_stopped(
    demo: MakeDemo, go: Go, left: Left, session: str, lacking: Lacking, missing: list[str]
) -> None:
    lacking(*missing)
    # bounded from within, too: eight levels, should nothing stop it
    body = f"for _ in range(8):\n    if os.fork() == 0:\n        {session or 'pass'}\ntime.sleep(20)"
    finished, _ = await go(demo(body, before="import os, time"), Limits(seconds=10, processes=20))
    assert str(finished.error) == "The experiment was stopped: it had started more than 20 processes"
    assert left() == []


@linux
@pytest.mark.parametrize(
    "body",
    ["x = bytearray(10**9)", "x = []\nwhile True: x.append(bytearray(10**7))", "x = mmap.mmap(-1, 10**9, 0x22)"],
)
async def test_a_memory_bomb_is_stopped(demo: MakeDemo, go: Go, left: Left, body: str) -> None:
    finished, _ = await go(demo(f"{body}\nreturn {{'a': 1}}", before="import mmap"), Limits(memory_mb=100))
    assert finished.result is None
    assert str(finished.error).startswith("The experiment ran out of memory in demo.py, line ")
    assert str(finished.error).endswith("; the limit of a run is 100 MB")
    assert left() == []


@linux
async def test_a_large_file_is_stopped(demo: MakeDemo, go: Go, left: Left) -> None:
    script = demo("open('big', 'wb').write(bytes(3_000_000)); return {'a': 1}")
    finished, _ = await go(script, Limits(file_mb=1))
    assert "File too large" in str(finished.error)
    assert left() == []


@linux
async def test_the_sandbox_keeps_the_demo_in(demo: MakeDemo, go: Go, left: Left, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    script = demo(
        f"""
        tried = 0
        for act in [
            lambda: open({str(tmp_path / "new")!r}, "w"),
            lambda: open({str(tmp_path / "mine")!r}, "a"),
            lambda: os.truncate({str(tmp_path / "mine")!r}, 0),
            lambda: os.unlink({str(tmp_path / "mine")!r}),
            lambda: os.rename({str(tmp_path / "mine")!r}, {str(tmp_path / "stolen")!r}),
            lambda: os.mkdir({str(tmp_path / "folder")!r}),
            lambda: socket.create_connection(("127.0.0.1", 9)),
            lambda: socket.socket().bind(("127.0.0.1", 0)),
            lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
            lambda: os.kill(os.getppid(), 0),
            lambda: os.kill({os.getpid()}, 0),
        ]:
            try:
                act()
            except PermissionError:
                tried += 1
        open("kept", "w").write("x")
        open(os.path.join(tempfile.gettempdir(), "also"), "w").write("x")
        open("/dev/null", "w").write("x")
        return {{"refused": tried, "files": len(os.listdir())}}
        """,
        before="import os, socket, tempfile",
    )
    if ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) < 1:
        pytest.skip("this kernel has no Landlock")
    finished, _ = await go(script)
    assert finished.sandbox == FULL
    assert finished.result == {"refused": 11, "files": 2}, finished.error
    assert (tmp_path / "mine").read_text() == "mine"
    assert left() == []


@linux
async def test_the_app_killed_at_any_moment_leaves_nothing(demo: MakeDemo, left: Left) -> None:
    script = demo("print('up', flush=True)\nif os.fork() == 0: os.setsid()\ntime.sleep(60)", before="import os, time")
    app = f"""
import asyncio, pathlib, tempfile
from quizapp.lab.run import run
from quizapp.lab.script import read_script
tempfile.tempdir = {os.environ.get("TMPDIR") or str(script.path.parent.parent / "tmp")!r}
asyncio.run(run(read_script(pathlib.Path({str(script.path)!r})), {{}}, lambda text: print(text, end="", flush=True)))
"""
    with subprocess.Popen([sys.executable, "-c", app], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"up\n"
        assert len(left()) >= 3
        process.send_signal(signal.SIGKILL)
    await settled(left)


async def test_without_torch_the_sentence_says_how_to_install_it(
    demo: MakeDemo, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "hint", "pip install {}".format)
    script = demo("return {}", before="raise ModuleNotFoundError('No module named torch', name='torch')")
    error = (await go(script))[0].error
    assert str(error) == "This experiment needs PyTorch, which is not installed: pip install demos"
    assert error == torch_hint()


def test_torch_is_looked_for_and_not_imported() -> None:
    code = "import sys; from quizapp.lab.run import torch_missing; torch_missing(); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert isinstance(torch_missing(), bool)


async def test_no_process_to_be_had(demo: MakeDemo, go: Go, monkeypatch: pytest.MonkeyPatch, left: Left) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    finished, _ = await go(demo("return {'a': 1}"))
    assert str(finished.error).startswith("The experiment could not be started: No such file")
    assert left() == []
