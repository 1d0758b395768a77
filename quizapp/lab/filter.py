"""Which system calls a run may not make, as a table, and the seccomp program made of it. Linux on x86_64 and aarch64.

What is left to Landlock and to having no capabilities is not here: see `kernel`. The numbers are those of the
architectures' unistd.h, the layout and the codes those of linux/seccomp.h and linux/filter.h.
"""

import errno
import os
import struct
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

REFUSED = """
    sendmsg 46 211, sendmmsg 307 269,
    socket 41 198, connect 42 203, bind 49 200, listen 50 201, accept 43 202, accept4 288 242
    io_uring_setup 425 425, io_uring_enter 426 426, io_uring_register 427 427
    ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271, process_madvise 440 440, kcmp 312 272
    process_mrelease 448 448, pidfd_getfd 438 438, migrate_pages 256 238, move_pages 279 239, ioprio_set 251 30
    pidfd_send_signal 424 424, rt_sigqueueinfo 129 138, rt_tgsigqueueinfo 297 240
    chown 92 -, fchown 93 55, lchown 94 -, fchownat 260 54, file_setattr 469 469, flock 73 32, truncate 76 45
    setxattr 188 5, lsetxattr 189 6, fsetxattr 190 7, setxattrat 463 463
    removexattr 197 14, lremovexattr 198 15, fremovexattr 199 16, removexattrat 466 466
    inotify_init 253 -, inotify_init1 294 26, inotify_add_watch 254 27, fanotify_init 300 262, fanotify_mark 301 263
    shmget 29 194, shmat 30 196, shmctl 31 195, semget 64 190, semop 65 193, semctl 66 191, semtimedop 220 192
    msgget 68 186, msgsnd 69 189, msgrcv 70 188, msgctl 71 187, mq_open 240 180, mq_unlink 241 181
    add_key 248 217, request_key 249 218, keyctl 250 219, lsm_set_self_attr 460 460
    unshare 272 97, setns 308 268, chroot 161 51, pivot_root 155 41, mount 165 40, umount2 166 39, mount_setattr 442 442
    open_tree 428 428, open_tree_attr 467 467, move_mount 429 429, fsopen 430 430, fsmount 432 432, fspick 433 433
    name_to_handle_at 303 264, open_by_handle_at 304 265, syslog 103 116, quotactl 179 60, quotactl_fd 443 443
    perf_event_open 298 241, bpf 321 280, userfaultfd 323 282, modify_ldt 154 -
"""

# Nothing is done and success is said: one signal to the group reaches all of a run; and copying files goes on
PRETENDED = """
    setsid 112 157, setpgid 109 154
    chmod 90 -, fchmod 91 52, fchmodat 268 53, fchmodat2 452 452
    utime 132 -, utimes 235 -, futimesat 261 -, utimensat 280 88
"""

ABSENT = "clone3 435 435, openat2 437 437"  # their arguments cannot be seen from here; the C library does without
NEWEST_CALL = 469  # what Linux has added after it is absent, too

WHOLE = 0xFFFFFFFF


class Only(NamedTuple):
    """The call goes on only if the masked argument is one of the values."""

    argument: int
    mask: int
    values: tuple[int, ...]
    result: int = errno.EPERM


class Never(NamedTuple):
    """The call does not go on if the masked argument is one of the values."""

    argument: int
    mask: int
    values: tuple[int, ...]
    result: int = errno.EPERM


Rule = tuple[Only | Never, ...]

_TRUNCATING = os.O_TRUNC | os.O_ACCMODE  # with O_RDONLY: a file that may only be read would lose what it holds
_TERMINAL = (0x5401, 0x802C542A, 0x540F, 0x5413)  # TCGETS, TCGETS2, TIOCGPGRP, TIOCGWINSZ: asking is no harm
_DESCRIPTOR = (0x541B, 0x5421, 0x5450, 0x5451)  # FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
_NAMESPACES = 0x7E020000  # CLONE_NEW...
_OWNER = (8, 10, 15, 1024, 1026)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: signals by input; F_SETLEASE, F_NOTIFY

CONDITIONS: dict[str, Rule] = {
    # no other family, and no datagrams, which could be sent to an address
    "socketpair 53 199": (Only(0, WHOLE, (1,)), Only(1, 0xF, (1,))),
    "clone 56 220": (Only(0, _NAMESPACES, (0,)),),
    "ioctl 16 29": (Only(1, WHOLE, _TERMINAL + _DESCRIPTOR),),
    "fcntl 72 25": (Never(1, WHOLE, _OWNER),),
    "open 2 -": (Never(1, _TRUNCATING, (os.O_TRUNC,)),),
    "openat 257 56": (Never(2, _TRUNCATING, (os.O_TRUNC,)),),
    # PR_SET_PDEATHSIG: the demo ends with its reaper; PR_SET_DUMPABLE: which may look into it
    "prctl 157 167": (Never(0, WHOLE, (1, 4), 0),),
    # no folder that its owner may not list: what is in it could be neither counted nor removed
    "mkdir 83 -": (Only(1, 0o700, (0o700,)),),
    "mkdirat 258 34": (Only(2, 0o700, (0o700,)),),
    "umask 95 166": (Only(0, 0o700, (0,)),),
    # of the calling process only
    "prlimit64 302 261": (Only(0, WHOLE, (0,)),),
    "setpriority 141 140": (Only(0, WHOLE, (0,)), Only(1, WHOLE, (0,))),
    "sched_setaffinity 203 122": (Only(0, WHOLE, (0,)),),
    "sched_setscheduler 144 119": (Only(0, WHOLE, (0,)),),
    "sched_setparam 142 118": (Only(0, WHOLE, (0,)),),
    "sched_setattr 314 274": (Only(0, WHOLE, (0,)),),
}


def _signals(pid: int) -> dict[str, Rule]:
    return {
        "kill 62 129": (Only(0, WHOLE, (0, pid)),),
        "tgkill 234 131": (Only(0, WHOLE, (pid,)),),
        "tkill 200 130": (Only(0, WHOLE, (pid,)),),
    }


_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # the column of the table, and its name in a call
_X32 = 0x40000000  # on x86_64 a second set of numbers starts here
_LOAD, _AND, _JUMP, _EQUAL, _FROM, _RETURN = 0x20, 0x54, 0x05, 0x15, 0x35, 0x06
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000

_Line = tuple[int, int, int, int]  # code, how far to jump if true, if false, value


@cache  # made once, before a server forks
def program(machine: str, alone: int | None = None) -> bytes:
    """The filter for `machine`; with a process number in `alone`, for that process, which may signal itself only.

    Raises OSError if the machine's numbers are not known here.
    """
    if machine not in _MACHINES:
        raise OSError(errno.ENOTSUP, "seccomp")
    column, name = _MACHINES[machine]
    lines: list[_Line] = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, name), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER)]
    lines += [(_FROM, 0, 1, _X32), (_RETURN, 0, 0, _KILL), (_FROM, 0, 1, NEWEST_CALL + 1), _ending(errno.ENOSYS)]
    for table, result in ((REFUSED, errno.EPERM), (PRETENDED, 0), (ABSENT, errno.ENOSYS)):
        for call in table.replace("\n", ",").split(","):
            lines += _of(call, column, [_ending(result)])
    for call, rule in (CONDITIONS | (_signals(alone) if alone else {})).items():
        lines += _of(call, column, [*(line for part in rule for line in _part(part)), (_RETURN, 0, 0, _ALLOW)])
    return b"".join(struct.pack("=HBBI", *line) for line in [*lines, (_RETURN, 0, 0, _ALLOW)])


def _of(call: str, column: int, then: list[_Line]) -> Iterator[_Line]:
    numbers = call.split()[1:]
    if numbers and numbers[column] != "-":
        yield (_EQUAL, 0, len(then), int(numbers[column]))
        yield from then


def _part(part: Only | Never) -> Iterator[_Line]:
    """Load an argument, jump over the refusal or not. Its upper half is left out: the kernel reads an int, too."""
    yield (_LOAD, 0, 0, _ARGUMENTS + 8 * part.argument)
    yield (_AND, 0, 0, part.mask)
    for left, value in zip(range(len(part.values), 0, -1), part.values, strict=True):
        yield (_EQUAL, left, 0, value)  # Only: past the refusal; Never: to it
    if isinstance(part, Never):
        yield (_JUMP, 0, 0, 1)  # none of them: past it
    yield _ending(part.result)


def _ending(result: int) -> _Line:
    return (_RETURN, 0, 0, _ERRNO | result)
