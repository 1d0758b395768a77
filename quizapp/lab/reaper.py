"""The process above a run (Linux): forks the demo, and leaves nothing of it behind.

Whatever the demo starts, in whatever session, becomes the reaper's child when it is orphaned; the reaper ends when all
of it has ended. It holds the run's output open until then, so the end of the output is the end of the run. The app
stops a run by closing the control pipe, and so does its death. Standard library only.
"""

import fcntl
import itertools
import math
import os
import select
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from quizapp.lab.child import Message, read_job, reporter, run_confined
from quizapp.lab.hoard import remove, too_much

_SUBREAPER, _DEATH_SIGNAL = 36, 1  # linux/prctl.h
POLL_MS = 25  # how often the processes are counted
MEASURE = 8  # every so many counts, also what they hold


def run_reaped(control: int, output: int, file: int) -> NoReturn:
    """Run the job in `file` with its output to `output` until it ends or `control` is closed; then leave."""
    report = reporter(file)
    demo, scratch = 0, ""
    try:
        _prctl(_SUBREAPER, 1)
        job = read_job(file)
        scratch = job["scratch"]
        os.mkdir(scratch, 0o700)  # noqa: PTH102
        wake, woken = os.pipe()
        alive, life = os.pipe()
        os.set_blocking(woken, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(woken)
        demo = os.fork()
        if demo == 0:
            signal.set_wakeup_fd(-1)
            _demo(job, file, output, alive, (control, wake, woken, life))
        os.close(alive)
        exit_code = _watch(demo, control, wake, job, report)
        _end_all(demo)
        report({"exit": exit_code})
    except BaseException as error:
        report({"error": {"code": "not_started", "why": str(error)}})
        _end_all(demo)
    finally:
        remove(scratch)
        os.closerange(1, max(output, 2) + 1)  # the end of the output need not wait until this process is taken down
        os._exit(0)


def _demo(job: Message, file: int, output: int, alive: int, close: tuple[int, ...]) -> NoReturn:
    """The demo's process: a session of its own, no input, its output to the pipe, limits, then the script.

    When the reaper is gone, however it went, the other end of `alive` closes, and the kernel ends the whole group.
    """
    code = 70
    try:
        os.setsid()
        _prctl(_DEATH_SIGNAL, signal.SIGKILL)  # should the demo have closed `alive`
        fcntl.fcntl(alive, fcntl.F_SETOWN, -os.getpid())
        fcntl.fcntl(alive, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(alive, fcntl.F_SETFL, os.O_ASYNC)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for descriptor in close:
            os.close(descriptor)
        null = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((null, 0), (output, 1), (output, 2)):
            os.dup2(source, target)
            os.set_inheritable(target, True)  # where source was target, it is not
        for descriptor in {null, output} - {0, 1, 2}:
            os.close(descriptor)
        code = run_confined(job, reporter(file))
    except BaseException as error:
        reporter(file)({"error": {"code": "not_started", "why": repr(error)}})
    finally:
        os._exit(code)


def _watch(demo: int, control: int, wake: int, job: Message, report: Callable[[Message], None]) -> int:
    """Wait until the demo ends or is to be stopped; its exit code, negative for a signal."""
    most, bounds = job["processes"], [job[name] for name in ("scratch_files", "scratch_mb", "memory_mb")]
    poll = select.poll()
    poll.register(control, select.POLLIN | select.POLLHUP)
    poll.register(wake, select.POLLIN)
    for turn in itertools.count(1):
        ready = dict(poll.poll(POLL_MS))
        if wake in ready:
            os.read(wake, 512)
        ended = os.waitid(os.P_PID, demo, os.WEXITED | os.WNOHANG | os.WNOWAIT)  # its number stays taken: see _end_all
        if ended is not None:
            return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        if control in ready:
            break
        processes = _descendants(most)
        held = too_much(job["scratch"], processes, *bounds) if turn % MEASURE == 0 else ""
        if held or len(processes) > most:
            report({"held": held} if held else {"crowd": most})
            break
        if _threads(processes) > job["threads"]:
            report({"threads": job["threads"]})
            break
    return -signal.SIGKILL


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208
            with open(f"/proc/{pid}/task/{task}/children") as file:  # noqa: PTH123
                found += map(int, file.read().split())
    except OSError:
        pass  # gone, or a kernel that does not tell
    return found


def _descendants(most: float = math.inf) -> list[int]:
    """All processes below this one, the nearest first; stops looking past `most`."""
    found = _children(os.getpid())
    for pid in found:
        if len(found) > most:
            break
        found += _children(pid)
    return found


def _threads(pids: list[int]) -> int:
    found = 0
    for pid in pids:
        try:
            found += os.stat(f"/proc/{pid}/task").st_nlink - 2  # noqa: PTH116
        except OSError:
            pass  # gone
    return found


def _end_all(demo: int) -> None:
    """Kill all that is below this process, and wait for it.

    The demo's group at once, so that no fork escapes; then whatever has left it. A bomb that also changes its session
    is outrun because what is killed can fork no more.
    """
    left = [demo] if demo else []
    while left:
        for pid in left:
            for kill in (os.killpg, os.kill):
                try:
                    kill(pid, signal.SIGKILL)
                except OSError:
                    pass
        try:
            os.waitpid(-1, 0)
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        left = _descendants()


def _prctl(option: int, value: int) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def reap() -> NoReturn:
    """Of a cold run: control is standard input, output standard output, the job's descriptor the last argument."""
    run_reaped(0, 1, int(sys.argv[-1]))
