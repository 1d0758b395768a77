"""What comes with the app of all this: quizapp/examiner/reference.json, one card a line.

The questions, points and answers are those of `sheet.yaml`, which the readings are of: a card that changed since is not
looked at. Only the words to look for are the decks', as they are now. Run from the root of the repository:
python docs/issue-26/packaged.py
"""

import json
from pathlib import Path
from typing import Any

import yaml

from quizapp.cards.library import read_library
from quizapp.paths import BUNDLED_DECKS

HERE = Path(__file__).parent
TO = HERE.parents[1] / "quizapp" / "examiner" / "reference.json"


def read(name: str) -> Any:
    """One of the files beside this."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def packaged() -> list[dict[str, Any]]:
    """The 40 cards, each with its points and its three answers."""
    library = read_library([], user=None, bundled=BUNDLED_DECKS).keys
    readings = [{one["id"]: one["points"] for one in read(f"reading-{name}")} for name in ("rb", "rc")]
    cards: dict[str, dict[str, Any]] = {}
    for seen in read("sheet"):
        key = seen["card"]
        if key not in cards:
            points = zip(seen["points"].values(), library[key].points, strict=True)
            cards[key] = {
                "card": key,
                "language": seen["language"],
                "question": seen["question"],
                "statement": seen.get("statement", ""),
                "points": [{"text": text, "hit": list(point.hit)} for text, point in points],
                "answers": [],
            }
        of_both = [reading[seen["id"]] for reading in readings]
        cards[key]["answers"].append({"id": seen["id"], "text": seen["answer"], "readings": of_both})
    return list(cards.values())


if __name__ == "__main__":
    lines = (json.dumps(card, ensure_ascii=False, separators=(",", ":")) for card in packaged())
    TO.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
