"""Where things live: what comes with quizapp, and the user's own files."""

import os
from pathlib import Path

import msgspec

_PACKAGE = Path(__file__).resolve().parent
# A wheel carries them inside the package; a checkout has them beside it.
_BUNDLED = _PACKAGE / "bundled" if (_PACKAGE / "bundled").is_dir() else _PACKAGE.parent

BUNDLED_DECKS = _BUNDLED / "decks"
BUNDLED_DEMOS = _BUNDLED / "demos"
BUNDLED_CODE = BUNDLED_DECKS / "code"  # exercises, one file each
SCHEMA = BUNDLED_DECKS / "deck.schema.json"  # what `quizapp schema` prints, for editors


def readme(language: str) -> str:
    """Where the README in this language lies in a checkout; its name elsewhere."""
    path = BUNDLED_DECKS.parent / ("README.zh-CN.md" if language == "zh" else "README.md")
    return str(path) if path.is_file() else path.name


class Home(msgspec.Struct, frozen=True):
    """The user's folder. Its files are made when they are first needed."""

    root: Path

    @property
    def decks(self) -> Path:
        return self.root / "decks"

    @property
    def demos(self) -> Path:
        return self.root / "demos"

    @property
    def interviews(self) -> Path:
        return self.root / "interviews"

    @property
    def attempts(self) -> Path:
        """Code that is being written."""
        return self.root / "attempts"

    @property
    def prompts(self) -> Path:
        """What an examiner is told, where the user wrote it anew."""
        return self.root / "prompts"

    @property
    def examiner(self) -> Path:
        """What an examiner was asked and said."""
        return self.root / "examiner.jsonl"

    @property
    def settings(self) -> Path:
        return self.root / "settings.yaml"

    @property
    def trust(self) -> Path:
        return self.root / "trust.json"


def find_home(given: str | None = None) -> Home:
    """`given` (--home), else $QUIZAPP_HOME, else the platform's folder for a user's data."""
    chosen = given or os.environ.get("QUIZAPP_HOME")
    if chosen:
        return Home(Path(chosen).expanduser().absolute())
    import platformdirs

    return Home(platformdirs.user_data_path("quizapp", appauthor=False))
