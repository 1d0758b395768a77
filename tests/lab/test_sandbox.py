"""What may be read beside what is hidden, wherever it lies; what walls make of it is seen in test_judging."""

from pathlib import Path

from quizapp.lab.sandbox import _beside


def tree(root: Path, *places: str) -> None:
    for place in places:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text("")


def test_all_that_lies_beside_a_hidden_folder_is_read(tmp_path: Path) -> None:
    """As in a wheel: the exercises lie among Python's modules."""
    tree(
        tmp_path,
        "lib/site/torch/x.py",
        "lib/site/quizapp/lab/a.py",
        "lib/site/quizapp/bundled/decks/code/kd.py",
        "lib/z",
    )
    (tmp_path / "lib64").symlink_to("lib")
    (tmp_path / "lib" / "around").symlink_to("site/quizapp")
    hidden = tmp_path.resolve() / "lib" / "site" / "quizapp" / "bundled"
    read, listed = _beside([f"{tmp_path}/lib64", f"{tmp_path}/lib/site", "/nowhere"], [str(hidden)])
    root = str(tmp_path.resolve())
    assert sorted(path.removeprefix(root) for path in read) == [
        "/lib/site/quizapp/lab",
        "/lib/site/torch",
        "/lib/z",
        "/nowhere",
    ]
    assert sorted(path.removeprefix(root) for path in listed) == [
        "/lib",
        "/lib/site",
        "/lib/site/quizapp",
        "/lib/site/quizapp/bundled",
    ]


def test_what_is_hidden_itself_is_not_read(tmp_path: Path) -> None:
    """As in a checkout, whose folder is on the path: what lies in it and is named by itself (an environment) is."""
    tree(tmp_path, "decks/code/kd.py", "venv/site/torch.py")
    root = str(tmp_path.resolve())
    assert _beside([root, f"{root}/venv/site"], [root]) == ([f"{root}/venv/site"], [root])
