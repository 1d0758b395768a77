"""What a run is kept from: each thing is tried by a demo, as whoever runs the tests and as an ordinary user."""

import errno
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from leftovers import Go, Lacking, Left, MakeDemo, linux

from quizapp.lab import filter as filters
from quizapp.lab import sandbox, start
from quizapp.lab.kernel import landlock
from quizapp.lab.run import Finished, Limits
from quizapp.lab.sandbox import BARE, FILES, FULL, LIMITS, SANDBOX_LEVELS
from quizapp.lab.script import Script
from quizapp.texts import tell

pytestmark = linux

TRY = """
import ctypes, os, mmap

libc = ctypes.CDLL(None, use_errno=True)

def call(number, *arguments):
    if libc.syscall(number, *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments)) < 0:
        raise OSError(ctypes.get_errno(), "")

def refused(act):
    '''The number of the error, 0 if it was done.'''
    try:
        act()
    except OSError as error:
        return error.errno
    return 0

def signal_of(act):
    '''What ended a process that did this.'''
    child = os.fork()
    if child == 0:
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

def machine_code(code):
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(code)
    ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))()
"""


@pytest.fixture
def anyone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let the runs of a test be nobody's, with a Python that all may read. Gives why that is not possible, or ""."""
    python = shutil.which("python3", path="/usr/bin")
    if os.getuid() != 0:
        yield "the tests run as an ordinary user already"
    elif python is None or sys.version_info < (3, 11):
        yield "there is no Python for all"
    else:
        folder = Path(tempfile.mkdtemp(prefix="quizapp-anyone-", dir="/tmp"))
        folder.chmod(0o777)
        package = folder / "quizapp"
        shutil.copytree(Path(start.__file__).parent, package / "lab", ignore=shutil.ignore_patterns("__pycache__"))
        (package / "__init__.py").touch()
        boot = "import os, sys; sys.path[0] = sys.argv[1]; os.setgroups([]); os.setgid(65534); os.setuid(65534)"

        def command(entry: str, *args: str) -> list[str]:
            module, function = entry.split(".")
            run = f"from quizapp.lab.{module} import {function}; {function}()"
            return [python, "-c", f"{boot}; {run}", str(folder), *args]

        monkeypatch.setattr(start, "lab_command", command)
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        yield ""
        shutil.rmtree(folder)


@cache
def own_memory() -> bool:
    """Asked in a process with one thread."""
    code = "import sys; from quizapp.lab.kernel import own_memory_given; sys.exit(not own_memory_given())"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def tried(go: Go, script: Script) -> dict[str, Any]:
    finished, text = await go(script)
    assert finished.sandbox == FULL and finished.error is None, (finished, text)
    assert finished.result is not None
    return finished.result


def outward(demo: MakeDemo, tmp_path: Path) -> Script:
    """A demo that tries to reach what is not its own."""
    (tmp_path / "mine").write_text("mine")
    return demo(
        f"""
        mine, app, above = {str(tmp_path / "mine")!r}, {os.getpid()}, {str(tmp_path)!r}
        acts = dict(
            write=lambda: open(mine, "a"),
            read=lambda: open(mine),
            listed=lambda: os.listdir(above),
            create=lambda: open(mine + "2", "w"),
            truncated=lambda: os.truncate(mine, 0),
            removed=lambda: os.unlink(mine),
            moved=lambda: os.rename(mine, mine + "3"),
            folder=lambda: os.mkdir(above + "/new"),
            socket_of_mine=lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM),
            **{{f"family_{{n}}": (lambda n=n: socket.socket(n, socket.SOCK_DGRAM)) for n in (1, 2, 10, 16, 17, 38)}},
            io_uring=lambda: call(425, 1, ctypes.create_string_buffer(120)),
            environ=lambda: open(f"/proc/{{app}}/environ").read(),
            command=lambda: open(f"/proc/{{app}}/cmdline").read(),
            memory=lambda: open(f"/proc/{{app}}/mem"),
            signal=lambda: os.kill(app, 0),
            reaper=lambda: os.kill(os.getppid(), 0),
            limit=lambda: resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (0, 0)),
            processor=lambda: os.sched_setaffinity(app, {{0}}),
            nice=lambda: os.setpriority(os.PRIO_PROCESS, app, 19),
            nice_all=lambda: os.setpriority(os.PRIO_USER, 0, 19),
            tty=lambda: open("/dev/tty"),
            terminals=lambda: os.listdir("/dev/pts"),
            ptmx=lambda: open("/dev/ptmx"),
            flock=lambda: fcntl.flock(open(__file__[:-7] + "data/table"), fcntl.LOCK_SH),
            owner=lambda: fcntl.fcntl(0, fcntl.F_SETOWN, app),
            mode_of_terminal=lambda: fcntl.ioctl(0, 0x5412, b"x"),
            emptied=lambda: os.open(__file__[:-7] + "data/table", os.O_RDONLY | os.O_TRUNC),
            device=lambda: os.mknod("device", 0o20666, os.makedev(1, 1)),
            no_device=lambda: os.mknod("none", 0o20666, 0),
            socket_file=lambda: os.mknod("socket", 0o140666),
            root=lambda: os.chroot("."),
            attribute=lambda: os.setxattr("own", "user.x", b"x"),
            chown=lambda: os.chown("own", os.getuid(), os.getgid()),
        )
        open("own", "w").write("own")
        return {{"denied": {{name: refused(act) for name, act in acts.items()}}}}
        """,
        before="import ctypes, fcntl, os, resource, socket\nfrom attempts import call, refused",
        attempts=TRY,
    )


@pytest.mark.parametrize("who", ["me", "anyone"])
async def test_what_is_not_its_own_is_denied(
    demo: MakeDemo, go: Go, tmp_path: Path, who: str, request: pytest.FixtureRequest
) -> None:
    if who == "anyone" and (why := request.getfixturevalue("anyone")):
        pytest.skip(why)
    script = outward(demo, tmp_path)
    table = script.path.parent / "data" / "table"
    table.parent.mkdir()
    table.write_text("table")
    if who == "anyone":
        for folder in (tmp_path.parent.parent, tmp_path.parent, tmp_path):
            folder.chmod(0o755)
    denied = (await tried(go, script))["denied"]
    assert {name: code for name, code in denied.items() if code not in (errno.EPERM, errno.EACCES)} == {}
    assert ((tmp_path / "mine").read_text(), table.read_text()) == ("mine", "table")


# Of x86_64, written down apart from the table: what else could be used to get out, or to leave something behind
NUMBERS = """
connect 42, bind 49, listen 50, accept 43, accept4 288, io_uring_enter 426, io_uring_register 427, ptrace 101,
process_vm_readv 310, process_vm_writev 311, process_madvise 440, kcmp 312, process_mrelease 448, pidfd_getfd 438,
migrate_pages 256, move_pages 279, ioprio_set 251, pidfd_send_signal 424, rt_sigqueueinfo 129, rt_tgsigqueueinfo 297,
fchown 93, lchown 94, fchownat 260, file_setattr 469, flock 73, lsetxattr 189, fsetxattr 190, setxattrat 463,
removexattr 197, lremovexattr 198, fremovexattr 199, removexattrat 466, inotify_init 253, inotify_init1 294,
inotify_add_watch 254, fanotify_init 300, fanotify_mark 301, shmget 29, shmat 30, shmctl 31, semget 64, semop 65,
semctl 66, semtimedop 220, msgget 68, msgsnd 69, msgrcv 70, msgctl 71, mq_open 240, mq_unlink 241, add_key 248,
request_key 249, keyctl 250, lsm_set_self_attr 460, unshare 272, setns 308, pivot_root 155, mount 165, umount2 166,
mount_setattr 442, open_tree 428, open_tree_attr 467, move_mount 429, fsopen 430, fsmount 432, fspick 433,
name_to_handle_at 303, open_by_handle_at 304, syslog 103, quotactl 179, quotactl_fd 443, perf_event_open 298, bpf 321,
userfaultfd 323, modify_ldt 154, sched_setscheduler 144 1, sched_setparam 142 1, sched_setattr 314 1,
clone 56 0x10000000"""


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers are those of x86_64")
async def test_no_call_gets_past(demo: MakeDemo, go: Go) -> None:
    calls = [call.split() for call in NUMBERS.replace("\n", " ").split(",")]
    script = demo(
        f"""
        numbers = {[[int(number, 0) for number in call[1:]] for call in calls]}
        return {{
            "codes": [refused(lambda: call(*number, *[0] * 5)) for number in numbers],
            "absent": [refused(lambda: call(number, 0, 0, 0)) for number in (435, 437, 470, 999)],
            "i386": signal_of(lambda: machine_code(bytes.fromhex("b814000000cd80c3"))),
            "x32": signal_of(lambda: call(0x40000000 + 39)),
        }}
        """,
        before="from attempts import call, machine_code, refused, signal_of",
        attempts=TRY,
    )
    found = await tried(go, script)
    assert dict(zip((name for name, *_ in calls), found["codes"], strict=True)) == {c[0]: errno.EPERM for c in calls}
    assert found["absent"] == [errno.ENOSYS] * 4
    assert (found["i386"], found["x32"]) == (-31, -31), "SIGSYS"


async def test_what_a_demo_needs_goes_on(demo: MakeDemo, go: Go) -> None:
    script = demo(
        """
        path = pathlib.Path(__file__).parent / "data" / "table"
        shutil.copy2(path, "copy")
        one, other = socket.socketpair()
        one.send(b"x")
        python = subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, check=True)
        signal.signal(signal.SIGUSR1, lambda *_: None)
        os.kill(os.getpid(), signal.SIGUSR1)
        os.kill(0, signal.SIGUSR1)
        os.nice(1)
        pool = multiprocessing.Pool(2)
        return {
            "copied": int(open("copy").read()),
            "received": len(other.recv(9)),
            "pooled": pool.map(abs, [-1, -2]),
            "child": int(python.stdout),
            "zone": zoneinfo.ZoneInfo("Asia/Shanghai").utcoffset(datetime.datetime.now()).total_seconds(),
            "thread": concurrent.futures.ThreadPoolExecutor().submit(abs, -3).result(),
            "user": len(getpass.getuser()) > 0,
            "columns": shutil.get_terminal_size().columns > 0,
            "hash": len(hashlib.sha256(b"x").hexdigest()),
        }
        """,
        before="import concurrent.futures, datetime, getpass, hashlib, multiprocessing, os, pathlib, shutil, signal\n"
        "import socket, subprocess, sys, zoneinfo",
    )
    (script.path.parent / "data").mkdir()
    (script.path.parent / "data" / "table").write_text("7")
    found = await tried(go, script)
    assert found == {
        **{"copied": 7, "received": 1, "pooled": [1, 2], "child": 42, "zone": 8 * 3600, "thread": 3},
        **{"user": 1, "columns": 1, "hash": 64},
    }


async def test_a_worker_sends_what_it_shares_as_a_copy(demo: MakeDemo, go: Go) -> None:
    """As the workers of a DataLoader do; sockets, which `multiprocessing` would use, are denied."""
    script = demo(
        """
        receiver, sender = multiprocessing.Pipe(duplex=False)
        if os.fork() == 0:
            shared = os.memfd_create("shared")
            os.write(shared, b"tensor")
            sender.send_bytes(reduction.ForkingPickler.dumps(reduction.DupFd(shared)))
            os._exit(0)
        return {"same": os.pread(reduction.ForkingPickler.loads(receiver.recv_bytes()).detach(), 9, 0) == b"tensor"}
        """,
        before="import multiprocessing, os\nfrom multiprocessing import reduction",
    )
    assert await tried(go, script) == {"same": 1}


async def test_root_is_a_user_like_others(demo: MakeDemo, go: Go, lacking: Lacking) -> None:
    script = demo(
        "text = open('/proc/self/status').read()\n"
        "return {'powers': sum(int(line.split()[1], 16) for line in text.split('\\n') if line[:6] in kinds)}",
        before="kinds = ('CapInh', 'CapPrm', 'CapEff', 'CapAmb')",
    )
    assert await tried(go, script) == {"powers": 0}
    lacking("own_memory_given", value="False")
    assert await tried(go, script) == {"powers": 0}


async def test_devices_take_no_orders_without_seccomp_either(demo: MakeDemo, go: Go, lacking: Lacking) -> None:
    if landlock() < 5:
        pytest.skip("this kernel's Landlock knows no orders to devices")
    lacking("keep_home")
    script = demo(
        "return {'a': refused(lambda: fcntl.ioctl(open('/dev/zero'), 0x5402, b''))}",
        before="import fcntl\nfrom attempts import refused",
        attempts=TRY,
    )
    assert (await go(script))[0].result == {"a": errno.EACCES}


async def test_modes_and_times_of_files_stay(demo: MakeDemo, go: Go, tmp_path: Path) -> None:
    """Said to be done, so that copying within the scratch folder works; and not done."""
    mine = tmp_path / "mine"
    mine.write_text("mine")
    mine.chmod(0o640)
    os.utime(mine, (1, 1))
    script = demo(
        f"os.chmod({str(mine)!r}, 0); os.utime({str(mine)!r}, (2, 2)); return {{'a': os.setsid() or os.getpgid(0)}}",
        before="import os",
    )
    await tried(go, script)
    assert (mine.stat().st_mode & 0o777, mine.stat().st_mtime) == (0o640, 1)


async def test_shared_memory_is_a_runs_own(demo: MakeDemo, go: Go) -> None:
    script = demo(
        """
        found = len(os.listdir("/dev/shm"))
        shared = shared_memory.SharedMemory("quizapp_test", create=True, size=100)
        resource_tracker.unregister(shared._name, "shared_memory")
        return {"before": found, "after": len(os.listdir("/dev/shm"))}
        """,
        before="import os\nfrom multiprocessing import resource_tracker, shared_memory",
    )
    with tempfile.NamedTemporaryFile(dir="/dev/shm", prefix="quizapp-"):
        if not own_memory():
            pytest.skip("this system lets no user have it")
        assert await tried(go, script) == {"before": 0, "after": 1}
    assert not Path("/dev/shm/quizapp_test").exists()


async def test_where_a_user_may_not_have_it_shared_memory_is_closed(
    demo: MakeDemo, go: Go, lacking: Lacking, left: Left
) -> None:
    lacking("own_memory_given", value="False")
    script = demo(
        "return {'shm': refused(lambda: open('/dev/shm/quizapp_test', 'w')), 'own': refused(lambda: open('a', 'w'))}",
        before="from attempts import refused",
        attempts=TRY,
    )
    assert await tried(go, script) == {"shm": errno.EACCES, "own": 0}
    assert left() == []


async def test_keys_in_the_environment_stay_with_the_app(
    demo: MakeDemo, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "HF_TOKEN", "SSH_AUTH_SOCK", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("TZ", "UTC")
    script = demo(
        """
        seen = open("/proc/self/environ").read() + repr(os.environ)
        empty = os.listdir(os.environ["HOME"]) == []
        return {"secret": seen.count("secret"), "zone": os.environ["TZ"] == "UTC", "home": empty}
        """,
        before="import os",
    )
    assert await tried(go, script) == {"secret": 0, "zone": 1, "home": 1}


@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize("place", ["home", "files", "temporary"])
async def test_a_folder_that_holds_what_is_closed_is_not_read(
    demo: MakeDemo, go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, linked: bool
) -> None:
    """A demo that lies in the home folder, which may be named by a link, does not open the home folder; the data
    beside it is read."""
    script = demo(
        "return {'near': refused(lambda: open(near)), 'data': refused(lambda: open(data))}",
        before="import os\nfrom attempts import refused\n"
        "near = os.path.dirname(__file__) + '/secret'\ndata = os.path.dirname(__file__) + '/data/table'",
        attempts=TRY,
    )
    folder = script.path.parent
    (folder / "data").mkdir()
    for path in ("secret", "data/table"):
        (folder / path).write_text("x")
    assert await tried(go, script) == {"near": 0, "data": 0}
    if linked:
        folder = tmp_path / "link"
        folder.symlink_to(script.path.parent)
    if place == "temporary":
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
    else:
        monkeypatch.setenv({"home": "HOME", "files": "QUIZAPP_HOME"}[place], str(folder))
    assert await tried(go, script) == {"near": errno.EACCES, "data": 0}


@pytest.mark.parametrize("link", ["data", "."])
async def test_a_link_opens_nothing(demo: MakeDemo, go: Go, tmp_path: Path, link: str) -> None:
    """Neither one that lies in the folder of data's place, nor one that the demo's folder has become since."""
    script = demo(
        f"return {{'read': refused(lambda: open({str(tmp_path / 'private' / 'key')!r}))}}",
        before="from attempts import refused",
        attempts=TRY,
    )
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "key").write_text("x")
    if link == ".":
        script.path.parent.rename(tmp_path / "moved")
    (script.path.parent / link).symlink_to(tmp_path / "private")
    assert await tried(go, script) == {"read": errno.EACCES}


@pytest.mark.parametrize(
    ("missing", "level"), [(["keep_home"], FILES), (["keep_files"], LIMITS), (["keep_files", "keep_home"], LIMITS)]
)
async def test_what_the_system_lacks_is_said(
    demo: MakeDemo, go: Go, lacking: Lacking, missing: list[str], level: str
) -> None:
    lacking(*missing)
    finished, _ = await go(demo("return {'a': 1}"))
    assert (finished.result, finished.sandbox) == ({"a": 1}, level)


def test_the_level_is_known_before_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the panel says it before the yes."""
    sandbox.expected.cache_clear()
    assert sandbox.expected() == FULL
    for abi, seccomp, level in [(0, True, LIMITS), (2, False, LIMITS), (3, False, FILES), (1, True, FULL)]:
        sandbox.expected.cache_clear()
        monkeypatch.setattr("quizapp.lab.kernel.landlock", lambda abi=abi: abi)
        monkeypatch.setattr("quizapp.lab.kernel.seccomp", lambda seccomp=seccomp: seccomp)
        assert sandbox.expected() == level
    for system, level in [("darwin", LIMITS), ("win32", BARE)]:
        sandbox.expected.cache_clear()
        monkeypatch.setattr(sys, "platform", system)
        assert sandbox.expected() == level
    sandbox.expected.cache_clear()
    for level in SANDBOX_LEVELS:
        assert str(tell(f"lab.may.{level.replace(' ', '_')}")).startswith("It can ")
        said = str(Finished(None, 0.0, None, level, 0, None).walls)
        assert said == ("sandboxed" if level == FULL else level)


# The program itself, run here: for the machine that this is not, and for a kernel whose Landlock lets signals out


def answered(program: bytes, machine: int, number: int, *arguments: int) -> int:
    """What the kernel would do with this call: 0 allow, an error's number, -1 kill; PRETENDED is "done"."""
    call = struct.pack("=IIQ6Q", number, machine, 0, *(*arguments, *[0] * 6)[:6])
    lines: list[tuple[int, int, int, int]] = list(struct.iter_unpack("=HBBI", program))
    at, value = 0, 0
    while True:
        code, true, false, operand = lines[at]
        at += 1
        if code == 0x20:
            value = struct.unpack_from("=I", call, operand)[0]
        elif code == 0x54:
            value &= operand
        elif code == 0x05:
            at += operand
        elif code in (0x15, 0x35):
            at += true if (value == operand if code == 0x15 else value >= operand) else false
        else:
            return {0x7FFF0000: 0, 0x80000000: -1, 0x00050000: 1000}.get(operand, operand & 0xFFFF)


ARM, X86, PRETENDED = 0xC00000B7, 0xC000003E, 1000


@pytest.mark.parametrize(
    ("call", "result"),
    [
        *[((number,), 0) for number in (56, 57, 63, 64, 80, 93, 172, 214, 221, 222, 226)],  # open, read, mmap, ...
        *[((number,), errno.EPERM) for number in (198, 203, 200, 425, 117, 32, 45, 194, 97, 40, 241, 27, 55, 217)],
        *[((number,), PRETENDED) for number in (157, 154, 52, 53, 452, 88)],
        *[((number,), errno.ENOSYS) for number in (435, 437, 470, 0x40000000 - 1)],
        ((0x40000000,), -1),
        ((199, 1, 1), 0),
        ((199, 1, 0x80801), 0),  # not blocking, closed on exec
        ((199, 1, 2), errno.EPERM),
        ((199, 1, 5), errno.EPERM),
        ((199, 2, 1), errno.EPERM),
        ((261, 0), 0),
        ((261, 1), errno.EPERM),
        ((140, 0, 0), 0),
        ((140, 0, 1), errno.EPERM),
        ((140, 2, 0), errno.EPERM),
        ((220, 0x01200011), 0),  # fork
        ((220, 0x10000011), errno.EPERM),
        ((220, 0x00020011), errno.EPERM),
        *[((220, bit | 0x11), errno.EPERM) for bit in (0x02000000, 0x04000000, 0x08000000, 0x20000000, 0x40000000)],
        ((29, 1, 0x5401), 0),
        ((29, 1, 0x5402), errno.EPERM),
        ((29, 1, 0x1_0000_5401), 0),  # the kernel reads the lower half, too
        ((25, 0, 4), 0),
        ((25, 0, 8), errno.EPERM),
        ((25, 0, 1026), errno.EPERM),
        ((56, 0, 0, os.O_WRONLY | os.O_TRUNC), 0),
        ((56, 0, 0, os.O_TRUNC), errno.EPERM),
        ((167, 1, 0), PRETENDED),
        ((167, 4, 0), PRETENDED),
        ((34, 0, 0, 0o755), 0),
        ((34, 0, 0, 0o300), errno.EPERM),
        ((166, 0o077), 0),
        ((166, 0o777), errno.EPERM),
        ((211, 0), errno.EPERM),
        ((167, 15, 0), 0),
        ((122, 0), 0),
        ((122, 1), errno.EPERM),
    ],
)
def test_on_the_other_machine(call: tuple[int, ...], result: int) -> None:
    assert answered(filters.program("aarch64"), ARM, *call) == result
    assert answered(filters.program("aarch64"), 0x40000028, *call) == -1, "32 bits"


def test_where_landlock_lets_signals_out_seccomp_keeps_them_in() -> None:
    alone = filters.program("x86_64", 77)
    assert [answered(alone, X86, 62, pid) for pid in (77, 0, 78, 0xFFFFFFFF)] == [0, 0, errno.EPERM, errno.EPERM]
    assert [answered(alone, X86, 234, pid) for pid in (77, 78)] == [0, errno.EPERM]
    assert [answered(alone, X86, 200, pid) for pid in (77, 78)] == [0, errno.EPERM]
    assert answered(filters.program("x86_64"), X86, 62, 78) == 0


def test_a_machine_whose_numbers_are_not_known_has_no_filter() -> None:
    with pytest.raises(OSError, match="seccomp"):
        filters.program("riscv64")


# What a run may hold


@pytest.mark.parametrize("own", [True, False])
async def test_all_files_together_are_limited(demo: MakeDemo, go: Go, lacking: Lacking, left: Left, own: bool) -> None:
    if not own:
        lacking("own_memory_given", value="False")
    script = demo(
        "for k in range(10**6):\n    open(str(k), 'wb').write(bytes(500_000))\n    time.sleep(0.005)",
        before="import time",
    )
    finished, _ = await go(script, Limits(seconds=20, scratch_mb=4))
    said = "No space left on device; " if own and own_memory() else "The experiment was stopped"
    assert said in str(finished.error)
    assert str(finished.error).endswith("a run may keep at most 4 MB in 10,000 files")
    assert left() == []


async def test_files_that_hold_nothing_are_limited_in_its_own_memory_too(demo: MakeDemo, go: Go, left: Left) -> None:
    """Each takes some of the system's memory, and the reaper does not see them."""
    if not own_memory():
        pytest.skip("this system lets no user have it")
    script = demo("for k in range(200):\n    os.mkdir(str(k))\nreturn {'made': 200}", before="import os")
    finished, _ = await go(script, Limits(seconds=20, scratch_files=100))
    assert "No space left on device" in str(finished.error)
    assert str(finished.error).endswith("a run may keep at most 256 MB in 100 files")
    assert left() == []


SHARING = """
held = mmap.mmap(-1, 10**8, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
for _ in range(100):
    held.write(bytes(10**6))
"""


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("held = [os.mkdir(str(k)) for k in range(200)]", "The experiment was stopped: a run may keep at most"),
        ("fill()", "at most 4 MB in"),
        (SHARING, "out of memory"),
    ],
)
async def test_what_has_no_name_is_counted_too(
    demo: MakeDemo, go: Go, lacking: Lacking, left: Left, body: str, says: str
) -> None:
    lacking("own_memory_given", value="False")
    before = """
    import mmap, os, tempfile, time

    def fill():
        global files
        files = [tempfile.TemporaryFile() for _ in range(9)]
        for file in files:
            file.write(bytes(10**6))
            file.flush()
    """
    limits = Limits(seconds=20, scratch_mb=4, scratch_files=100, memory_mb=90)
    finished, _ = await go(demo(f"{body.strip()}\ntime.sleep(60)", before=before), limits)
    assert says in str(finished.error)
    assert left() == []


async def test_what_is_only_open_is_not_its_own(demo: MakeDemo, go: Go) -> None:
    script = demo("held = open(__file__[:-7] + 'data/table')\ntime.sleep(0.6)\nreturn {'a': 1}", before="import time")
    (script.path.parent / "data").mkdir()
    (script.path.parent / "data" / "table").write_bytes(bytes(8_000_000))
    finished, _ = await go(script, Limits(seconds=20, scratch_mb=4))
    assert (finished.result, finished.error) == ({"a": 1}, None)


@pytest.mark.parametrize("own", [True, False])
async def test_nobody_else_looks_into_its_scratch_folder_and_it_dies_first(
    demo: MakeDemo, go: Go, lacking: Lacking, own: bool
) -> None:
    if not own:
        lacking("own_memory_given", value="False")
    script = demo(
        "die = int(open('/proc/self/oom_score_adj').read())\n"
        "return {'mode': os.stat(os.environ['HOME']).st_mode & 0o777, 'die': die}",
        before="import os",
    )
    assert await tried(go, script) == {"mode": 0o700, "die": 1000}
