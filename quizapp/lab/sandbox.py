"""What a run may take and touch, set by the demo's process on itself: rlimits and, on Linux, what `kernel` has."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

FULL, FILES, LIMITS, BARE = "sandboxed", "no writes", "limits only", "process only"
SANDBOX_LEVELS = (FULL, FILES, LIMITS, BARE)

# Read by Python, its libraries and torch wherever they are installed; nothing here is a person's own
_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store", "/gnu/store", "/home/linuxbrew/.linuxbrew"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/timezone"),
    *("/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf"),
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/vm/overcommit_memory"),
    *("/sys/devices/system/cpu", "/sys/devices/system/node", "/dev/urandom", "/dev/random"),
)


def confine(job: Mapping[str, Any]) -> str:
    """Limit this process for good, as `run.Limits` says in the job, and say which of the SANDBOX_LEVELS was reached.

    The demo's folder may be read; but only `data` in it, if one of the job's closed folders lies below it, or is it.
    Where either is a link, it is not: the link may lead to anything. Nothing in the job's hidden folders is read,
    though they lay beside Python's modules; only the names there can be listed.
    """
    if sys.platform == "win32":
        return BARE
    _limit(job["memory_mb"], job["file_mb"])
    if sys.platform != "linux":
        return LIMITS
    from quizapp.lab import copied, kernel

    _die_first()
    written = [job["scratch"]]
    if may_own_memory():
        written.append("/dev/shm")
        kernel.own_memory(written, job["scratch_mb"], job["scratch_files"])
        os.chdir(job["scratch"])
    kernel.drop_powers()
    own = [path for path in (job["folder"], os.path.join(job["folder"], "data")) if os.path.realpath(path) == path]  # noqa: PTH118
    read = [*_python(), *own]
    read = [*_SYSTEM, *_open(read, job["closed"])]
    hidden = [os.path.realpath(path) for path in job.get("hidden", ())]
    files = (
        _done(kernel.keep_files, written, *_beside(read, hidden)) if hidden else _done(kernel.keep_files, written, read)
    )
    home = _done(kernel.keep_home)
    if home:
        copied.install()
    return _level(kernel.landlock() if files else 0, home)


@cache
def expected() -> str:
    """The level that a run will reach on this system, as far as it can be told without one."""
    if sys.platform == "win32":
        return BARE
    if sys.platform != "linux":
        return LIMITS
    from quizapp.lab import kernel

    return _level(kernel.landlock(), kernel.seccomp())


def prepare() -> None:
    """Ask once, in a server, what all the runs that it forks need to know."""
    for ask in (expected, may_own_memory, _python):
        ask()


@cache
def may_own_memory() -> bool:
    """Whether a run can have a scratch folder and a /dev/shm of its own. Asked first where a fork is quick."""
    from quizapp.lab import kernel

    return kernel.own_memory_given()


def _level(landlock: int, seccomp: bool) -> str:
    from quizapp.lab import kernel

    if landlock and seccomp:
        return FULL
    return FILES if landlock >= kernel.TRUNCATES else LIMITS  # before, files could be emptied that it may only read


@cache
def _python() -> tuple[str, ...]:
    """Where the modules and libraries are, links followed."""
    found = [*sys.path, *os.environ.get("LD_LIBRARY_PATH", "").split(":")]
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix}:
        found += [os.path.join(prefix, name) for name in ("lib", "lib64", "bin", "pyvenv.cfg", "share/zoneinfo")]  # noqa: PTH118
    return tuple(dict.fromkeys(os.path.realpath(path) for path in found if path.startswith("/")))


def _open(paths: Iterable[str], closed: Iterable[str]) -> list[str]:
    """Of some paths those that are, and hold, no closed one."""
    below = [os.path.realpath(path) + "/" for path in closed]
    return [path for path in paths if path and not any(place.startswith(path.rstrip("/") + "/") for place in below)]


def _beside(paths: Iterable[str], hidden: list[str]) -> tuple[list[str], list[str]]:
    """What of some paths lies beside the hidden folders, and the folders above these."""
    beside: dict[str, None] = {}
    above: dict[str, None] = {}
    waiting = list(paths)
    while waiting:
        path = os.path.realpath(waiting.pop())
        if path in above or path in beside:
            continue
        if not any(f"{place}/".startswith(path.rstrip("/") + "/") for place in hidden):
            beside[path] = None
            continue
        above[path] = None
        if path not in hidden and os.path.isdir(path):  # noqa: PTH112
            waiting += (os.path.join(path, name) for name in os.listdir(path))  # noqa: PTH118, PTH208
    return list(beside), list(above)


def _done(restrict: Callable[..., None], *args: object) -> bool:
    try:
        restrict(*args)
    except OSError:
        return False  # a kernel without it, or a container that forbids it
    return True


def _limit(memory_mb: int, file_mb: int) -> None:
    import resource

    base = 0
    if sys.platform == "linux":
        with open("/proc/self/statm") as file:  # noqa: PTH123
            base = int(file.read().split()[5]) * resource.getpagesize()
    # RLIMIT_DATA, not RLIMIT_AS: torch maps gigabytes of its libraries, and only what is written counts
    wanted = {
        resource.RLIMIT_DATA: base + memory_mb * 2**20,
        resource.RLIMIT_FSIZE: file_mb * 2**20,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 1024,  # the reaper looks at each
    }
    for limit, value in wanted.items():
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):
            pass  # macOS refuses some


def _die_first() -> None:
    """If memory runs out, the kernel takes this process, not the app."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:  # noqa: PTH123
            file.write("1000")
    except OSError:
        pass
