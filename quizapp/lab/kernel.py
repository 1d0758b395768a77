"""What a process can give up for good, with all that it starts: Landlock, seccomp, capabilities. Linux, no root.

And what it can have to itself first: a scratch folder and a /dev/shm in memory. The numbers are those of
linux/landlock.h, linux/seccomp.h, linux/mount.h and linux/sched.h; what seccomp refuses is in `filter`.
"""

import ctypes
import os
import struct
from collections.abc import Iterable

from quizapp.lab.filter import program

_libc = ctypes.CDLL(None, use_errno=True)

# Landlock: system calls, the same on every architecture, and rights
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REFER, _TRUNCATE, _IOCTL = (1 << bit for bit in (0, 1, 2, 3, 13, 14, 15))
_MAKE_AND_REMOVE = sum(1 << bit for bit in range(4, 13))
_SPECIAL = sum(1 << bit for bit in (6, 9, 11))  # making devices and sockets: nowhere
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_OF_FILES = _EXECUTE | _READ_FILE | _WRITE_FILE | _TRUNCATE
_TCP, _SCOPES = 0b11, 0b11  # bind and connect; abstract sockets and signals to processes outside

SCOPED = 6  # from this ABI on Landlock keeps signals in
TRUNCATES = 3  # from this ABI on it knows of truncation


def landlock() -> int:
    """Which version of Landlock this kernel has; 0 if it has none."""
    try:
        return _call(_CREATE, None, ctypes.c_size_t(0), 1)
    except OSError:
        return 0


def seccomp() -> bool:
    """Whether this kernel takes seccomp filters, and their numbers are known here."""
    try:
        program(os.uname().machine)
    except OSError:
        return False
    refuse = ctypes.c_uint32(0x00050000)
    return bool(_libc.syscall({"x86_64": 317}.get(os.uname().machine, 277), 2, 0, ctypes.byref(refuse)) == 0)


def keep_files(written: Iterable[str], read: Iterable[str], listed: Iterable[str] = ()) -> None:
    """Write and read only what is below `written` and harmless devices, read and execute only below `read`, list also
    the folders below `listed`.

    TCP (ABI 4), the controls of devices (5) and signals outwards (6) are barred, too. A path that is not there is left
    out. Raises OSError if this kernel has no Landlock.
    """
    abi = _call(_CREATE, None, ctypes.c_size_t(0), 1)
    later = (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0) | (_IOCTL if abi >= 5 else 0)
    files = _READ | _WRITE_FILE | _MAKE_AND_REMOVE | later
    rights = (ctypes.c_uint64 * 3)(files, _TCP if abi >= 4 else 0, _SCOPES if abi >= SCOPED else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    rules = _call(_CREATE, rights, ctypes.c_size_t(size), 0)
    try:
        for path in (*written, "/dev/null", "/dev/zero", "/dev/full"):
            _allow(rules, path, files & ~_SPECIAL & ~_IOCTL)
        for path in read:
            _allow(rules, path, _READ)
        for path in listed:
            _allow(rules, path, _READ_DIR)
        _no_new_privileges()
        _call(_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not there, or not for this user
    try:
        access = rights if os.path.isdir(path) else rights & _OF_FILES  # noqa: PTH112
        beneath = struct.pack("=Qi", access, parent)
        _call(_ADD, rules, 1, ctypes.c_char_p(beneath), 0)
    finally:
        os.close(parent)


def keep_home() -> None:
    """No system calls but those that a demo needs: see `filter`. A call of another architecture ends the process.

    Where Landlock does not keep signals in, they go to the process itself and its group only.
    Raises OSError if this kernel has no seccomp filters, or on an architecture whose numbers are not known here.
    """
    lines = program(os.uname().machine, None if landlock() >= SCOPED else os.getpid())
    code = ctypes.create_string_buffer(lines)
    _no_new_privileges()
    if _libc.prctl(22, 2, struct.pack("@HP", len(lines) // 8, ctypes.addressof(code)), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


def drop_powers() -> None:
    """Have no capabilities from now on, whoever this is: root is then a user like others."""
    _no_new_privileges()
    _done(_libc.capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()), "capset")


def own_memory(folders: Iterable[str], megabytes: int, files: int) -> None:
    """Put an empty folder in memory, seen by this process and what it starts only, in place of each of `folders`.

    So what is left there goes with the last of them, and holds no more than so much. Raises OSError where the system
    does not let a user do this; the process is then of no use: try with `own_memory_given` first.
    """
    user, group = os.getuid(), os.getgid()
    _done(_libc.unshare(0x10000000 | 0x00020000), "unshare")  # CLONE_NEWUSER, CLONE_NEWNS
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123
            file.write(text)
    options = f"size={megabytes}m,nr_inodes={files},mode=700".encode()
    for folder in folders:
        _done(_libc.mount(b"quizapp", folder.encode(), b"tmpfs", 6, options), "mount")  # MS_NOSUID, MS_NODEV


def own_memory_given() -> bool:
    """Whether `own_memory` works here, tried in a process of its own; not with threads."""
    if len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208
        return False
    pid = os.fork()
    if pid == 0:
        try:
            own_memory(["/dev/shm"], 1, 10)
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1] == 0


def _no_new_privileges() -> None:
    _done(_libc.prctl(38, 1, 0, 0, 0), "prctl")


def _done(value: int, what: str) -> None:
    if value != 0:
        raise OSError(ctypes.get_errno(), what)


def _call(*args: object) -> int:
    value: int = _libc.syscall(*args)
    if value < 0:
        raise OSError(ctypes.get_errno(), "landlock")
    return value
