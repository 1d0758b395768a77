"""The pictures of the README: there, shown, made by the script that makes them all, and small."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"


def test_every_picture_is_made_by_the_script_and_shown() -> None:
    there = {path.stem for path in PICTURES.glob("*.svg")}
    made = re.findall(r"^@picture\(.*\)\nasync def (\w+)", (PICTURES / "make.py").read_text("utf-8"), re.MULTILINE)
    shown = re.findall(r"\]\(docs/pictures/(\w+)\.svg\)", (ROOT / "README.md").read_text("utf-8"))
    assert there == set(made) == set(shown) and len(shown) == len(there) == 6


@pytest.mark.parametrize("path", sorted(PICTURES.glob("*.svg")), ids=lambda path: path.stem)
def test_a_picture_is_small_and_shows_something(path: Path) -> None:
    svg = path.read_text("utf-8")
    assert len(svg.encode()) < 100_000 and svg.startswith("<svg ") and svg.rstrip().endswith("</svg>")
    assert svg.count("<text ") > 40 and str(Path.home()) not in svg and "/tmp" not in svg
