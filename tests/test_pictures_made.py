"""The pictures of the READMEs and pages: there, shown, made by the script that makes them all, and small."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"


def shown(page: Path) -> set[Path]:
    """The pictures that a page shows."""
    return {page.parent / path for path in re.findall(r"!\[.*?\]\((.+?\.svg)\)", page.read_text("utf-8"))}


def test_every_picture_is_made_by_the_script_and_shown() -> None:
    there = set(PICTURES.rglob("*.svg"))
    script = (PICTURES / "make.py").read_text("utf-8")
    made = set(re.findall(r"^@picture\(.*\)\nasync def (\w+)", script, re.MULTILINE))
    listed = re.search(r"^CHINESE = \((.*)\)", script, re.MULTILINE)
    assert listed is not None
    chinese = set(re.findall(r"\w+", listed[1]))
    assert there == {PICTURES / f"{name}.svg" for name in made} | {PICTURES / "zh" / f"{name}.svg" for name in chinese}
    pages = [ROOT / "README.md", ROOT / "README.zh-CN.md", *ROOT.glob("docs/*.md")]
    assert set().union(*map(shown, pages)) == there and len(there) == 10
    assert shown(pages[1]) == {PICTURES / "zh" / path.name for path in shown(pages[0])}


@pytest.mark.parametrize("path", sorted(PICTURES.rglob("*.svg")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_picture_is_small_and_shows_something(path: Path) -> None:
    svg = path.read_text("utf-8")
    assert len(svg.encode()) < 100_000 and svg.startswith("<svg ") and svg.rstrip().endswith("</svg>")
    assert svg.count("<text ") > 40 and str(Path.home()) not in svg and "/tmp" not in svg
