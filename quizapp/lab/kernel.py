"""Two restrictions that a process puts on itself and on all that it starts: Landlock and seccomp. Linux, no root.

The numbers are those of linux/landlock.h, linux/seccomp.h, linux/filter.h and the architectures' unistd.h.
"""

import ctypes
import errno
import os
import struct

_libc = ctypes.CDLL(None, use_errno=True)

# Landlock: system calls, the same on every architecture, and rights
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_WRITE_FILE, _TRUNCATE, _REFER = 1 << 1, 1 << 14, 1 << 13
_MAKE_AND_REMOVE = sum(1 << bit for bit in range(4, 13))
_TCP, _SCOPES = 0b11, 0b11  # bind and connect; abstract sockets and signals to processes outside


def keep_files(scratch: str) -> None:
    """No writes but below `scratch` and to harmless devices; TCP (ABI 4) and signals outwards (ABI 6) too are barred.

    Raises OSError if this kernel has no Landlock.
    """
    abi = _call(_CREATE, None, ctypes.c_size_t(0), 1)
    files = _WRITE_FILE | _MAKE_AND_REMOVE | (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0)
    rights = (ctypes.c_uint64 * 3)(files, _TCP if abi >= 4 else 0, _SCOPES if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    rules = _call(_CREATE, rights, ctypes.c_size_t(size), 0)
    try:
        for path in (scratch, "/dev/null", "/dev/zero", "/dev/full", "/dev/shm"):  # shm: what workers share tensors in
            _allow(rules, path, files)
        _no_new_privileges()
        _call(_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: str, files: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        access = files if os.path.isdir(path) else files & (_WRITE_FILE | _TRUNCATE)  # noqa: PTH112
        beneath = struct.pack("=Qi", access, parent)
        _call(_ADD, rules, 1, ctypes.c_char_p(beneath), 0)
    finally:
        os.close(parent)


# seccomp: what an architecture is called, and its numbers of setsid, setpgid and socket
_MACHINES = {"x86_64": (0xC000003E, 112, 109, 41), "aarch64": (0xC00000B7, 157, 154, 198)}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # of a word at an offset; jump if equal; end
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_INET, _INET6 = 2, 10


def keep_home() -> None:
    """No network sockets; and `setsid` and `setpgid` do nothing, so that one signal to the group reaches all of a run.

    Raises OSError if this kernel has no seccomp filters, or on an architecture whose numbers are not known here.
    """
    name = os.uname().machine
    if name not in _MACHINES:
        raise OSError(errno.ENOTSUP, "seccomp")
    machine, setsid, setpgid, socket = _MACHINES[name]
    program = [  # code, jump if true, jump if false, value; the last three lines are allow, do nothing, refuse
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, 7, machine),
        (_LOAD, 0, 0, 0),
        (_EQUAL, 6, 0, setsid),
        (_EQUAL, 5, 0, setpgid),
        (_EQUAL, 0, 3, socket),
        (_LOAD, 0, 0, 16),
        (_EQUAL, 3, 0, _INET),
        (_EQUAL, 2, 0, _INET6),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO),
        (_RETURN, 0, 0, _ERRNO | errno.EACCES),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in program))
    _no_new_privileges()
    if _libc.prctl(22, 2, struct.pack("@HP", len(program), ctypes.addressof(code)), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


def _no_new_privileges() -> None:
    if _libc.prctl(38, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def _call(*args: object) -> int:
    value: int = _libc.syscall(*args)
    if value < 0:
        raise OSError(ctypes.get_errno(), "landlock")
    return value
