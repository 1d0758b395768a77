"""What a run may take and touch, set by the demo's process on itself: rlimits and, on Linux, what `kernel` has."""

import sys
from collections.abc import Callable

FULL, FILES, LIMITS, BARE = "sandboxed", "no writes", "limits only", "process only"
LEVELS = {
    FULL: "It may write only to a scratch folder, has no network, and its time, memory and files are limited.",
    FILES: "It may write only to a scratch folder, and its time, memory and files are limited.",
    LIMITS: "Its time, memory and files are limited; this system cannot keep it from writing or from the network.",
    BARE: "Its time is limited; this system can keep it from nothing else.",
}


def confine(scratch: str, memory_mb: int, file_mb: int) -> str:
    """Limit this process for good, and say which of the LEVELS was reached."""
    if sys.platform == "win32":
        return BARE
    _limit(memory_mb, file_mb)
    if sys.platform != "linux":
        return LIMITS
    from quizapp.lab import kernel

    _die_first()
    files, home = _done(kernel.keep_files, scratch), _done(kernel.keep_home)
    return LIMITS if not files else FULL if home else FILES


def _done(restrict: Callable[..., None], *args: str) -> bool:
    try:
        restrict(*args)
    except OSError:
        return False  # a kernel without it, or a container that forbids it
    return True


def _limit(memory_mb: int, file_mb: int) -> None:
    import resource

    base = 0
    if sys.platform == "linux":
        with open("/proc/self/status") as file:  # noqa: PTH123
            base = next((int(line.split()[1]) * 1024 for line in file if line.startswith("VmData")), 0)
    # RLIMIT_DATA, not RLIMIT_AS: torch maps gigabytes of its libraries, and only what is written counts
    wanted = {
        resource.RLIMIT_DATA: base + memory_mb * 2**20,
        resource.RLIMIT_FSIZE: file_mb * 2**20,
        resource.RLIMIT_CORE: 0,
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
