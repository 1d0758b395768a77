"""What a run may take and touch, set by the demo's process on itself: rlimits and, on Linux, Landlock. No root."""

import os
import sys

FULL, FILES, LIMITS, BARE = "sandboxed", "no writes", "limits only", "process only"
LEVELS = {
    FULL: "It may write only to a scratch folder, has no TCP, and its time, memory and files are limited.",
    FILES: "It may write only to a scratch folder, and its time, memory and files are limited.",
    LIMITS: "Its time, memory and files are limited; this system cannot keep it from writing or from the network.",
    BARE: "Its time is limited; this system can keep it from nothing else.",
}


def confine(scratch: str, memory_mb: int, file_mb: int) -> str:
    """Limit this process for good, and say which of the LEVELS was reached."""
    if sys.platform == "win32":
        return BARE
    _limit(memory_mb, file_mb)
    level = LIMITS
    if sys.platform == "linux":
        _die_first()
        try:
            level = _landlock(scratch)
        except OSError:
            pass  # a kernel without it, or a container that forbids it
    return level


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


# Landlock's system calls and rights: linux/landlock.h, the same numbers on every architecture that has it
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_WRITE_FILE, _TRUNCATE, _REFER = 1 << 1, 1 << 14, 1 << 13
_MAKE_AND_REMOVE = sum(1 << bit for bit in range(4, 13))
_TCP, _SCOPES = 0b11, 0b11  # bind and connect; abstract sockets and signals to processes outside


def _landlock(scratch: str) -> str:
    """No writes but below `scratch` and to harmless devices, no TCP (ABI 4), no signals outwards (ABI 6)."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)

    def call(*args: object) -> int:
        value: int = libc.syscall(*args)
        if value < 0:
            raise OSError(ctypes.get_errno(), "landlock")
        return value

    abi = call(_CREATE, None, ctypes.c_size_t(0), 1)
    files = _WRITE_FILE | _MAKE_AND_REMOVE | (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0)
    rights = (ctypes.c_uint64 * 3)(files, _TCP if abi >= 4 else 0, _SCOPES if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    rules = call(_CREATE, rights, ctypes.c_size_t(size), 0)
    try:
        for path in (scratch, "/dev/null", "/dev/zero", "/dev/full", "/dev/shm"):  # shm: what workers share tensors in
            _allow(call, rules, path, files)
        if libc.prctl(38, 1, 0, 0, 0) != 0:  # PR_SET_NO_NEW_PRIVS: Landlock asks for it
            raise OSError(ctypes.get_errno(), "prctl")
        call(_RESTRICT, rules, 0)
    finally:
        os.close(rules)
    return FULL if abi >= 4 else FILES


def _allow(call: object, rules: int, path: str, files: int) -> None:
    import ctypes

    class Beneath(ctypes.Structure):
        _pack_ = 1
        _fields_ = (("access", ctypes.c_uint64), ("parent", ctypes.c_int32))

    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        access = files if os.path.isdir(path) else files & (_WRITE_FILE | _TRUNCATE)  # noqa: PTH112
        call(_ADD, rules, 1, ctypes.byref(Beneath(access, parent)), 0)  # type: ignore[operator]
    finally:
        os.close(parent)
