"""Syncing through a git repository that strangers push to, or that lies on this machine with hooks of its own."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from remotes import ATTRIBUTES, HONEST, SECRET, World, armed, blobs, commit, content, git, of, repository, world

from quizapp.cli import main
from quizapp.commands import sync
from quizapp.memory.union import United, unite

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr("quizapp.disk.sync", lambda fd: None)
    found = world(tmp_path)
    shutil.rmtree(found.folder)
    return found


def at(home: Path, *words: str) -> int:
    return main(["--home", str(home), *words])


def test_a_hostile_repository_costs_nothing(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = of(HONEST, 4)
    files = {
        ".gitattributes": ("100644", ATTRIBUTES),
        ".gitmodules": ("100644", b'[submodule "s"]\n\tpath = s\n\turl = ext::sh -c touch% /tmp/pwned\n'),
        "s": ("160000", b"1" * 40),
        "readme": ("100755", b"$Id$\r\n"),
        "evil.jsonl": ("120000", str(place.secret).encode()),
        "evil2.jsonl": ("100644", b"-----BEGIN\n"),
        ":(bad).jsonl": ("100644", of("bad", 2)),
        "-rf.jsonl": ("100644", of("rf", 2)),
        "\x1b[31m.jsonl": ("100644", of("rf", 2)),
        "module.jsonl": ("160000", b"1" * 40),
        f"{HONEST}.jsonl": ("100644", honest),
    }
    remote = armed(repository(tmp_path / "remote.git", files), tmp_path / "ran")
    (place.home / "journal" / "key.jsonl").symlink_to(place.secret)
    before = content(remote)
    with monkeypatch.context() as hook:
        for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY"):
            hook.setenv(name, str(tmp_path / "elsewhere"))  # called from a hook of the user's
        assert at(place.home, "sync", str(remote)) == 1
    assert not (tmp_path / "elsewhere").exists()
    out, err = capsys.readouterr()
    assert "1 journals came, 1 went" in out
    assert len(err.splitlines()) == 7 and "\x1b" not in err
    for name in ("evil.jsonl", "evil2.jsonl", ":(bad).jsonl", "-rf.jsonl", "module.jsonl", "key.jsonl"):
        assert f"{name} was left out" in err
    assert "/evil.jsonl was left out: it is no regular file" in err
    assert (place.home / "journal" / f"{HONEST}.jsonl").read_bytes() == honest
    assert place.journal.read_bytes() == place.mine
    after = content(remote)
    assert {name: after[name] for name in before} == before and len(after) == len(before) + 1
    assert dict(blobs(remote))[place.journal.name] == place.mine
    assert place.secret.read_bytes() == SECRET
    assert not any(SECRET in data for _, data in blobs(remote))
    assert not (tmp_path / "ran").exists()
    assert at(tmp_path / "another", "sync", str(remote)) == 1
    came = {path.name: path.read_bytes() for path in (tmp_path / "another" / "journal").iterdir()}
    assert came == {place.journal.name: place.mine, f"{HONEST}.jsonl": honest}


def test_the_hooks_that_are_there_would_run(place: World, tmp_path: Path) -> None:
    """What the test above holds against is real: git itself obeys the remote."""
    remote = armed(repository(tmp_path / "remote.git", {"a": ("100644", b"a")}), tmp_path / "ran")
    mine = repository(tmp_path / "mine.git", {"a": ("100644", b"b")})
    subprocess.run(["git", "-C", str(mine), "push", "-q", "--force", str(remote), "main"], capture_output=True)
    assert "pre-receive" in (tmp_path / "ran").read_text()


def test_a_name_with_a_path_goes_nowhere(place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    remote = repository(tmp_path / "remote.git", {f"{HONEST}.jsonl": ("100644", of(HONEST, 4))})
    blob = git(remote, "hash-object", "-w", "--stdin", given=of("evil", 2))
    entry = b"100644 ../../evil.jsonl\0" + bytes.fromhex(blob)
    honest = git(remote, "cat-file", "-p", "main:honest.jsonl").encode() + b"\n"
    entry += b"100644 honest.jsonl\0" + bytes.fromhex(git(remote, "hash-object", "-w", "--stdin", given=honest))
    commit(remote, git(remote, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=entry))
    assert at(place.home, "sync", str(remote)) == 1
    assert "slash" in capsys.readouterr().err
    assert (place.home / "journal" / f"{HONEST}.jsonl").read_bytes() == of(HONEST, 4)
    assert not list(tmp_path.rglob("evil.jsonl"))


def test_a_branch_may_have_any_name(place: World, tmp_path: Path) -> None:
    remote = repository(tmp_path / "remote.git", {f"{HONEST}.jsonl": ("100644", of(HONEST, 4))}, "-x")
    assert at(place.home, "sync", f"file://{remote}") == 0
    assert set(content(remote, "-x")) == {f"{HONEST}.jsonl", place.journal.name}
    assert git(remote, "for-each-ref", "--format=%(refname)") == "refs/heads/-x"


def test_what_is_too_much_is_left_out(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"0{n}.jsonl": ("100644", of(f"0{n}", 2)) for n in range(3)}
    files["big.jsonl"] = ("100644", of("big", 2) + b"x" * 2000)
    files[place.journal.name] = ("100644", place.mine[: place.mine.index(b"\n") + 1])
    remote = repository(tmp_path / "remote.git", files)
    (place.home / "journal" / "big.jsonl").write_bytes(of("big", 2))
    monkeypatch.setattr(sync, "MOST_BYTES", 2000)
    monkeypatch.setattr(sync, "MOST_JOURNALS", 3)
    assert at(place.home, "sync", str(remote)) == 1
    out, err = capsys.readouterr()
    assert "2 journals came, 1 went" in out and "big.jsonl was left out: it is larger" in err
    assert "02.jsonl was left out: there is too much beside it" in err and len(err.splitlines()) == 2


def test_all_of_it_together_may_not_be_too_much_either(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"0{n}.jsonl": ("100644", of(f"0{n}", 2)) for n in range(3)}
    remote = repository(tmp_path / "remote.git", files)
    monkeypatch.setattr(sync, "_bound", lambda pid: None)  # git itself needs more
    monkeypatch.setattr(sync, "_MOST_FETCHED", 2 * len(of("00", 2)))
    assert at(place.home, "sync", str(remote)) == 1
    out, err = capsys.readouterr()
    assert "2 journals came" in out and "02.jsonl was left out: there is too much beside it" in err


def test_a_tree_full_of_names_is_not_read(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = repository(tmp_path / "remote.git", {f"readme{n}": ("100644", b"") for n in range(9)})
    monkeypatch.setattr(sync, "_MOST_LISTED", 400)
    assert at(place.home, "sync", str(remote)) == 1
    assert "holds too much to be a place for journals" in capsys.readouterr().err


INSTEAD = """#!{python}
import os, resource, sys, time
time.sleep({seconds})
limits = [resource.getrlimit(what)[0] for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_AS)]
sys.exit(f"fatal: {{limits}} {{[os.environ[name] for name in ('GIT_TERMINAL_PROMPT', 'GIT_NO_REPLACE_OBJECTS')]}}")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is bounded")
@pytest.mark.parametrize(
    ("seconds", "most", "says"),
    [(0.3, 120, "git: fatal: [2000000000, 4000000000] ['0', '1']"), (5, 1, "git init took over 1 seconds")],
)
def test_git_gets_so_much_and_asks_nobody(
    place: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    most: int,
    says: str,
) -> None:
    monkeypatch.setattr(sync, "_MOST_SECONDS", most)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_text(INSTEAD.format(python=sys.executable, seconds=seconds))
    (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert at(place.home, "sync", "https://localhost/x.git") == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("times", [1, 99])
def test_another_device_may_be_quicker(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    remote = repository(tmp_path / "remote.git", {"readme": ("100644", b""), "a.jsonl": ("100644", of("a", 2))})
    turns = []

    def meanwhile(home: Path, folder: Path, **more: object) -> United:
        turns.append(folder)
        if len(turns) <= times:
            files = {name: ("100644", data) for name, data in blobs(remote)}
            files[f"{HONEST}.jsonl"] = ("100644", of(HONEST, len(turns) + 1))
            lines = [f"100644 blob {git(remote, 'hash-object', '-w', '--stdin', given=data)}\t{name}\0"
                     for name, (_, data) in files.items()]  # fmt: skip
            commit(remote, git(remote, "mktree", "-z", given="".join(lines).encode()))
        return unite(home, folder, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(sync, "unite", meanwhile)
    monkeypatch.setattr(sync, "TRIES", 2)
    code = at(place.home, "sync", str(remote))
    out, err = capsys.readouterr()
    if times == 1:
        assert (code, len(turns)) == (0, 2) and "2 journals came, 1 went" in out
        assert set(content(remote)) == {"readme", "a.jsonl", f"{HONEST}.jsonl", place.journal.name}
    else:
        assert (code, len(turns)) == (1, sync.TRIES) and f"was changed by others {sync.TRIES} times" in err
    assert place.journal.read_bytes() == place.mine


def test_a_remote_that_refuses_is_said_at_once(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(tmp_path / "work")], check=True)
    git(tmp_path / "work", "config", "receive.denyCurrentBranch", "updateInstead")
    assert at(place.home, "sync", str(tmp_path / "work")) == 1
    assert "branch is currently checked out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("remote", "says"),
    [
        ("", "Name a shared folder"),
        ("--upload-pack=touch pwned", "no folder"),
        ("--upload-pack=touch pwned;x.git", "strange pathname"),
        ("-x.git", "strange pathname"),
        ("ext::sh -c touch% pwned x.git", "transport 'ext' not allowed"),
        ("fd::17.git", "transport 'fd' not allowed"),
        ("ssh://-oProxyCommand=touch%20pwned/x.git", "strange hostname"),
        ("\x1b[31mx.git", "does not appear to be a git repository"),
    ],
)
def test_an_address_that_would_run_something_is_a_sentence(
    quizapp: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    remote: str,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gitconfig").write_text("[protocol]\nallow = always\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    for touch in ("touch ", "touch% "):  # wherever git runs
        remote = remote.replace(f"{touch}pwned", f"{touch}{tmp_path}/pwned")
    code, _, err = quizapp("sync", "--", remote)
    assert code in (1, 2) and says in err and len(err.splitlines()) == 1 and "\x1b" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["gitconfig"]
