"""What every card has, for tests that do not care what it is."""

from pathlib import Path
from typing import TypedDict


class Given(TypedDict):
    id: str
    pinned: bool
    deck: str
    path: Path
    line: int
    key: str


GIVEN: Given = {"id": "x", "pinned": True, "deck": "d", "path": Path("d.yaml"), "line": 1, "key": "d/x"}
