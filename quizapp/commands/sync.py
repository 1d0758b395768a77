"""`quizapp sync REMOTE`: bring the journals here and in a shared folder or a git repository to their union."""

import argparse
import hashlib
import subprocess
from pathlib import Path

from quizapp.commands import complain
from quizapp.memory.union import United, unite
from quizapp.paths import find_home

TRIES = 5  # pushes, while other devices push as well


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home).root
    if is_git(args.remote):
        folder = Path(args.remote).expanduser()
        united = _sync_git(home, str(folder.absolute()) if folder.is_dir() else args.remote)
    else:
        folder = Path(args.remote).expanduser()
        if not folder.is_dir():
            complain(f"There is no folder {folder}. Make it first, or name a git repository (ssh://, https://, X.git).")
            return 2
        united = unite(home, folder)
    for problem in united.problems:
        complain(problem)
    print(f"{len(united.came)} journals came, {len(united.went)} went to {args.remote}")
    return 1 if united.problems else 0


def is_git(remote: str) -> bool:
    """Whether `remote` names a git repository: an address, HOST:PATH, or a folder that holds one."""
    path = Path(remote).expanduser()
    if path.is_dir():
        return (path / ".git").exists() or ((path / "HEAD").is_file() and (path / "objects").is_dir())
    return "://" in remote or remote.endswith(".git") or (":" in remote and not path.parent.is_dir())


def _sync_git(home: Path, remote: str) -> United:
    """Unite with a clone, and push; when another device was quicker, with its commit in the clone again.

    The clone is only a copy: the truth is in the home, so it can be thrown away at any time. Raises OSError.
    """
    name = hashlib.sha256(remote.encode()).hexdigest()[:12]
    clone = home / "sync" / name
    if not (clone / ".git").is_dir():
        clone.mkdir(parents=True, exist_ok=True)
        _git(clone, "init", "--quiet")
        _git(clone, "config", "core.autocrlf", "false")
        _git(clone, "remote", "add", "origin", "--", remote)
    came: dict[str, None] = {}
    for _ in range(TRIES):
        branch = _newest(clone)
        united = unite(home, clone)
        came |= dict.fromkeys(united.came)
        if not united.went:
            return United(tuple(came), (), united.problems)
        _git(clone, "add", "--", *(f"{device}.jsonl" for device in united.went))
        _git(
            clone,
            "-c",
            "user.name=quizapp",
            "-c",
            "user.email=quizapp@localhost",
            "commit",
            "--quiet",
            "-m",
            "Journals",
        )
        pushed = _try_git(clone, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
        if pushed.returncode == 0:
            return United(tuple(came), united.went, united.problems)
        if "rejected" not in pushed.stderr and "fetch first" not in pushed.stderr:
            raise OSError(_said(pushed))
    raise OSError(f"{remote} was changed by others {TRIES} times meanwhile. Nothing is lost: sync again.")


def _newest(clone: Path) -> str:
    """Fetch, and put the clone at what the remote has; its branch, `main` if it has none yet."""
    _git(clone, "fetch", "--quiet", "--prune", "origin")
    heads = _git(clone, "for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes/origin").split()
    branches = [head for head in heads if head != "HEAD"]
    branch = next((name for name in ("main", "master") if name in branches), branches[0] if branches else "main")
    if branches:
        _git(clone, "checkout", "--quiet", "--force", "-B", branch, f"origin/{branch}")
        _git(clone, "clean", "--quiet", "-fd")
    else:
        _git(clone, "symbolic-ref", "HEAD", f"refs/heads/{branch}")
    return branch


def _try_git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, timeout=120)
    except FileNotFoundError:
        raise OSError("Syncing with a git repository needs the program git, which is not installed.") from None
    except subprocess.TimeoutExpired:
        raise OSError(f"git {words[0]} took over two minutes and was ended. Nothing is lost: sync again.") from None


def _git(folder: Path, *words: str) -> str:
    done = _try_git(folder, *words)
    if done.returncode:
        raise OSError(_said(done))
    return done.stdout


def _said(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.strip().splitlines() or ["it failed"]
    said = next((line for line in lines if line.startswith("fatal:")), lines[-1]).rstrip(".")
    return f"git: {said}. Your journals are as they were: sync again when it can be reached."
