"""The pages of docs/ and the READMEs: their first examples work when they are pasted, their links lead somewhere."""

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizapp.cli import COMMANDS
from quizapp.settings import FIELDS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = [path for path in sorted(DOCS.glob("*.md")) if path.stem not in ("index", "glossary")]
NEED_TORCH = {"code-cards"}
TORCH = importlib.util.find_spec("torch") is not None
IN_THE_CHECKOUT = {"contributing"}
# The first block that a shell takes, and what stands right after it as printed.
EXAMPLE = re.compile(r"^```(?:sh|console)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)


def pasted(commands: str, folder: Path) -> str:
    """What a shell prints that is given these lines, in this folder, in English, with a home of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("QUIZAPP_", "LC_", "PYTEST_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    home = str(folder / "home") if folder != ROOT else env.get("HOME", "/")
    own = {"PATH": path, "HOME": home, "XDG_DATA_HOME": f"{home}/data", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-euo", "pipefail"],
        cwd=folder,
        env=env | own,
        input=commands,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"{commands}\n→ {done.returncode}\n{done.stdout}"
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are for a POSIX shell")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_first_example_of_a_page_works_when_pasted(page: Path, tmp_path: Path) -> None:
    found = EXAMPLE.search(page.read_text("utf-8"))
    assert found is not None, "every page begins with an example"
    if page.stem in NEED_TORCH and not TORCH:
        pytest.skip("torch is not installed")
    printed = pasted(found[1], ROOT if page.stem in IN_THE_CHECKOUT else tmp_path)
    lines = [line for line in (found[2] or "").splitlines() if line.strip()]
    assert [line for line in lines if line not in printed.splitlines()] == [], printed


def of_ones_own(readme: Path, title: str) -> str:
    """What a README says to paste for a deck of one's own."""
    section = readme.read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    blocks = [found[1] for found in EXAMPLE.finditer(section)]
    assert len(blocks) == 3
    return "".join(blocks)


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are for a POSIX shell")
@pytest.mark.parametrize(("readme", "title"), zip(READMES, ("A deck of your own", "写一个自己的题库"), strict=True))
def test_a_deck_of_ones_own_comes_of_what_the_readme_says(readme: Path, title: str, tmp_path: Path) -> None:
    printed = pasted(of_ones_own(readme, title).replace(" --run ", " "), tmp_path)
    assert printed.splitlines()[-1] == "1 deck, 7 cards: 0 errors, 0 warnings"


@pytest.mark.skipif(not TORCH, reason="torch is not installed")
def test_it_is_proven_as_the_readme_says(tmp_path: Path) -> None:
    commands = of_ones_own(READMES[0], "A deck of your own")
    assert " --run " in commands
    assert pasted(commands, tmp_path).splitlines()[-1] == "1 deck, 7 cards: 0 errors, 0 warnings"


def links(page: Path) -> Iterator[tuple[str, str]]:
    """Where a page's relative links and pictures lead: a path, and a heading's anchor."""
    text = re.sub(r"`[^`\n]+`", "", FENCED.sub("", page.read_text("utf-8")))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target:
            path, _, anchor = target.partition("#")
            yield path, anchor


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    text = FENCED.sub("", page.read_text("utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", [*READMES, *sorted(DOCS.glob("*.md"))], ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    found = list(links(page))
    missing = [path for path, _ in found if path and not (page.parent / path).is_file()]
    assert missing == []
    headings = [(page.parent / path if path else page, anchor) for path, anchor in found if anchor]
    assert [(to.name, anchor) for to, anchor in headings if anchor not in anchors(to)] == []


@pytest.mark.parametrize("page", [*READMES, DOCS / "decks.md"], ids=lambda page: page.name)
def test_every_deck_that_is_shown_is_right(
    page: Path, tmp_path: Path, quizapp: Callable[..., tuple[int, str, str]]
) -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    decks = [block for block in blocks if "\ncards:\n" in f"\n{block}"]
    assert decks
    for number, deck in enumerate(decks):
        (tmp_path / f"deck-{number}.yaml").write_text(deck, encoding="utf-8")
        code, out, err = quizapp("check", str(tmp_path / f"deck-{number}.yaml"))
        assert code == 0, out + err


def test_every_page_is_in_the_site_and_in_both_readmes() -> None:
    listed = re.search(r"^```\{toctree\}\n(.*?)^```", (DOCS / "index.md").read_text("utf-8"), re.M | re.S)
    assert listed is not None
    pages = {path.stem for path in DOCS.glob("*.md")} - {"index"}
    assert set(re.findall(r"^[\w-]+$", listed[1], re.MULTILINE)) == pages
    for readme in READMES:
        assert {f"docs/{page.name}" for page in PAGES} - {path for path, _ in links(readme)} == set()


def test_every_command_is_told() -> None:
    told = (DOCS / "scripting.md").read_text("utf-8").partition("\n| command |")[2].partition("\n\n")[0]
    assert set(COMMANDS) - set(re.findall(r"`([a-z]+)[ `]", told)) == set()


def test_every_setting_is_told() -> None:
    told = set(re.findall(r"`(\w+)`", (DOCS / "settings.md").read_text("utf-8")))
    assert set(FIELDS) - told == {"tour"}


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_a_readme_keeps_its_two_commands(readme: Path) -> None:
    lines = readme.read_text("utf-8").splitlines()
    assert 'pip install -e ".[dev]" && pytest' in lines
    assert 'pip install -e ".[demos]" && quizapp' in lines
