"""Syncing through a git repository that strangers push to, or that lies on this machine with hooks of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from remotes import ATTRIBUTES, HONEST, SECRET, World, armed, blobs, commit, content, git, of, repository, world

from quizapp.cli import main
from quizapp.commands import git as git_calls
from quizapp.commands import git_sync
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
    assert "1 journal came, 1 went" in out
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


def test_of_two_journals_of_one_name_neither_comes(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remote = repository(tmp_path / "remote.git", {f"{HONEST}.jsonl": ("100644", of(HONEST, 4))})
    blob = bytes.fromhex(git(remote, "rev-parse", "main:honest.jsonl"))
    entries = b"".join(b"100644 %s\0" % name + blob for name in (b"evil.jsonl", b"evil.jsonl", b"honest.jsonl"))
    commit(remote, git(remote, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=entries))
    assert at(place.home, "sync", str(remote)) == 1
    out, err = capsys.readouterr()
    assert "1 journal came, 1 went" in out and len(err.splitlines()) == 1
    assert "evil.jsonl was left out: there are two of that name" in err


def test_a_branch_may_have_any_name(place: World, tmp_path: Path) -> None:
    remote = repository(tmp_path / "remote.git", {f"{HONEST}.jsonl": ("100644", of(HONEST, 4))}, "-x")
    assert at(place.home, "sync", f"file://{remote}") == 0
    assert set(content(remote, "-x")) == {f"{HONEST}.jsonl", place.journal.name}
    assert git(remote, "for-each-ref", "--format=%(refname)") == "refs/heads/-x"


@pytest.mark.parametrize(("branch", "beside"), [("main", "a"), ("main", "master"), ("master", "a")])
def test_of_several_branches_it_is_main_then_master(place: World, tmp_path: Path, branch: str, beside: str) -> None:
    remote = repository(tmp_path / "remote.git", {f"{HONEST}.jsonl": ("100644", of(HONEST, 4))}, branch)
    git(remote, "update-ref", f"refs/heads/{beside}", f"refs/heads/{branch}")
    before = content(remote, beside)
    assert at(place.home, "sync", str(remote)) == 0
    assert set(content(remote, branch)) == {f"{HONEST}.jsonl", place.journal.name}
    assert content(remote, beside) == before


def test_what_is_too_much_is_left_out(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"0{n}.jsonl": ("100644", of(f"0{n}", 2)) for n in range(3)}
    files["big.jsonl"] = ("100644", of("big", 2) + b"x" * 2000)
    files[place.journal.name] = ("100644", place.mine[: place.mine.index(b"\n") + 1])
    remote = repository(tmp_path / "remote.git", files)
    (place.home / "journal" / "big.jsonl").write_bytes(of("big", 2))
    monkeypatch.setattr(git_sync, "MOST_JOURNAL_BYTES", 2000)
    monkeypatch.setattr(git_sync, "MOST_JOURNALS", 3)
    assert at(place.home, "sync", str(remote)) == 1
    out, err = capsys.readouterr()
    assert "2 journals came, 1 went" in out and "big.jsonl was left out: it is larger" in err
    assert "02.jsonl was left out: there is too much beside it" in err and len(err.splitlines()) == 2


def test_all_of_it_together_may_not_be_too_much_either(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"0{n}.jsonl": ("100644", of(f"0{n}", 2)) for n in range(3)}
    remote = repository(tmp_path / "remote.git", files)
    monkeypatch.setattr(git_calls, "_bound", lambda pid: None)  # git itself needs more
    monkeypatch.setattr(git_sync, "MOST_FETCHED", 2 * len(of("00", 2)))
    assert at(place.home, "sync", str(remote)) == 1
    out, err = capsys.readouterr()
    assert "2 journals came" in out and "02.jsonl was left out: there is too much beside it" in err


def test_a_tree_full_of_names_is_not_read(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = repository(tmp_path / "remote.git", {f"readme{n}": ("100644", b"") for n in range(9)})
    monkeypatch.setattr(git_calls, "_MOST_LISTED", 400)
    assert at(place.home, "sync", str(remote)) == 1
    assert "holds too much to be a place for journals" in capsys.readouterr().err


INSTEAD = """#!{python}
import os, resource, sys, time
time.sleep({seconds})
limits = [resource.getrlimit(what)[0] for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_AS)]
names = ("GIT_TERMINAL_PROMPT", "GIT_NO_REPLACE_OBJECTS", "LC_ALL")
sys.exit(f"fatal: {{limits}} {{[os.environ[name] for name in names]}}")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is bounded")
@pytest.mark.parametrize(
    ("seconds", "most", "says"),
    [(0.3, 120, "git: fatal: [2000000000, 4000000000] ['0', '1', 'C']"), (5, 1, "git init took over 1 seconds")],
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
    monkeypatch.setattr(git_calls, "_MOST_SECONDS", most)
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

    monkeypatch.setattr(git_sync, "unite", meanwhile)
    monkeypatch.setattr(git_sync, "TRIES", 2)
    code = at(place.home, "sync", str(remote))
    out, err = capsys.readouterr()
    if times == 1:
        assert (code, len(turns)) == (0, 2) and "2 journals came, 1 went" in out
        assert set(content(remote)) == {"readme", "a.jsonl", f"{HONEST}.jsonl", place.journal.name}
    else:
        assert (code, len(turns)) == (1, git_sync.TRIES) and f"was changed by others {git_sync.TRIES} times" in err
    assert place.journal.read_bytes() == place.mine


def test_a_setting_of_a_remote_runs_nothing(place: World, tmp_path: Path) -> None:
    """Git fetches what a partial clone lacks, by the program that its settings name, when it lists the refs anew."""
    remote, ran = repository(tmp_path / "remote.git", {"a": ("100644", b"a")}), tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
    program.chmod(0o755)
    with (remote / "config").open("a") as config:
        config.write(
            f'[remote "o"]\nurl = {remote}\npromisor = true\nuploadpack = {program}\n[receive]\n'
            "updateServerInfo = true\nhideRefs = refs/heads/zz\n[uploadpack]\nhideRefs = refs/heads/zz\n"
        )
    (remote / "refs" / "heads" / "zz").write_text("1" * 40 + "\n")
    at(place.home, "sync", str(remote))
    assert not ran.exists()


def linked(remote: Path, name: str, target: Path) -> None:
    """Put a link to what is the user's in the place of what is there, which is moved there if it is a folder."""
    path = remote / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        path.rename(target)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize("name", ["objects", "refs", "refs/heads", "refs/heads/main", "packed-refs", "objects/pack"])
def test_a_link_in_a_repository_is_not_followed(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    remote = repository(tmp_path / "remote.git", {f"{HONEST}.jsonl": ("100644", of(HONEST, 4))})
    users = tmp_path / "users"
    linked(remote, name, users)
    before = sorted(users.rglob("*"))
    assert at(place.home, "sync", str(remote)) == 1
    err = capsys.readouterr().err
    assert f"{remote / name} is a link" in err and len(err.splitlines()) == 1
    assert sorted(users.rglob("*")) == before


@pytest.mark.parametrize(
    "name", ["logs/refs/heads/main", "logs/HEAD", "info/refs", "info", "hooks/update", "config.worktree"]
)
def test_what_is_not_looked_at_may_be_a_link(place: World, tmp_path: Path, name: str) -> None:
    remote = repository(tmp_path / "remote.git", {f"{HONEST}.jsonl": ("100644", of(HONEST, 4))})
    with (remote / "config").open("a") as config:
        config.write("[core]\nlogAllRefUpdates = always\n[receive]\nupdateServerInfo = true\n")
    users = tmp_path / "users"
    linked(remote, name, users)
    if not users.exists():
        users.write_bytes(SECRET)
    before = {path: path.read_bytes() for path in (users, *users.rglob("*")) if path.is_file()}
    assert at(place.home, "sync", str(remote)) == 0
    assert {path: path.read_bytes() for path in (users, *users.rglob("*")) if path.is_file()} == before
    assert set(content(remote)) == {f"{HONEST}.jsonl", place.journal.name}


@pytest.mark.parametrize("name", ["HEAD", "config", "packed-refs", "refs/heads/x", "objects/info/packs"])
def test_a_fifo_in_a_repository_is_not_waited_for(place: World, tmp_path: Path, name: str) -> None:
    (tmp_path / "share").mkdir()
    remote = repository(tmp_path / "share" / ".git", {f"{HONEST}.jsonl": ("100644", of(HONEST, 4))})
    (remote / name).unlink(missing_ok=True)
    os.mkfifo(remote / name)
    assert at(place.home, "sync", str(tmp_path / "share")) == 1


def test_what_the_settings_of_a_repository_include_is_not_read(place: World, tmp_path: Path) -> None:
    remote = repository(tmp_path / "remote.git", {f"{HONEST}.jsonl": ("100644", of(HONEST, 4))})
    os.mkfifo(tmp_path / "fifo")
    with (remote / "config").open("a") as config:
        config.write(f"[include]\npath = {tmp_path / 'fifo'}\n")
    assert at(place.home, "sync", str(remote)) == 0


@pytest.mark.parametrize("name", ["share/.git", "share.git"])
def test_a_file_that_leads_to_a_repository_is_not_followed(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    users = armed(repository(tmp_path / "users.git", {"a": ("100644", b"a")}), tmp_path / "ran")
    before = content(users)
    (tmp_path / "share").mkdir()
    (tmp_path / name).write_text(f"gitdir: {users}\n")
    assert at(place.home, "sync", str(tmp_path / name.removesuffix("/.git"))) in (1, 2)
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert content(users) == before and not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["share", "share/.git", "share.git"])
def test_a_link_may_be_what_the_user_named_and_not_what_is_in_it(place: World, tmp_path: Path, name: str) -> None:
    users = repository(tmp_path / "users.git", {"a": ("100644", b"a")})
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to(users)
    named = name.removesuffix("/.git")
    assert at(place.home, "sync", str(tmp_path / named)) == (1 if named != name else 0)
    assert (place.journal.name in content(users)) == (named == name)


def test_a_repository_whose_files_are_a_groups_stays_so(place: World, tmp_path: Path) -> None:
    remote = repository(tmp_path / "remote.git", {"a": ("100644", b"a")})
    git(remote, "config", "core.sharedRepository", "group")
    assert at(place.home, "sync", str(remote)) == 0
    assert (remote / "refs" / "heads" / "main").stat().st_mode & 0o060 == 0o060


def test_a_repository_of_another_kind_is_left_alone(
    place: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--object-format=sha256", str(remote)], check=True)
    assert at(place.home, "sync", str(remote)) == 1
    assert "of a kind that quizapp does not sync with" in capsys.readouterr().err
    assert not list((remote / "refs" / "heads").iterdir())


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
        ("--upload-pack=touch pwned;x.git", "no folder"),
        ("-x.git", "no folder"),
        ("file:///nowhere/x.git", "no folder"),
        ("-x:y.git", "strange hostname"),
        ("ext::sh -c touch% pwned x.git", "transport 'ext' not allowed"),
        ("fd::17.git", "transport 'fd' not allowed"),
        ("ssh://-oProxyCommand=touch%20pwned/x.git", "strange hostname"),
        ("\x1b[31mx.git", "no folder"),
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
