"""What the panel says and shows of a demo that may not run yet."""

from rich.text import Text

from quizapp.lab.review import HIDES, NOT_COVERED, DemoReview
from quizapp.lab.script import Script
from quizapp.ui.labels import label
from quizapp.ui.widgets.source_view import Part
from quizapp.words import Language, clean

READING = "Reading the demo…"


def question(script: Script, found: DemoReview | None, key: str, spoken: Language) -> Text:
    """Which file it is, how much there is to read, and what a yes allows."""
    text = Text(f"{clean(str(script.path))}\n", "bold")
    if found is None:
        return text.append(label(READING, spoken), "dim")
    said = label("This demo did not come with quizapp. Read it below; {key} lets it run as it stands.", spoken)
    size = label("Files: {}, lines: {}.", spoken).format(len(found.files), found.lines)
    text.append(f"{size} {said.format(key=key)}")
    if found.changes:
        text.append(f" {label('You allowed it once: what has changed comes first.', spoken)}", "bold")
    if found.hides:
        text.append(f" {HIDES.says(spoken)}", "bold yellow")
    text.append(f"\n{found.may.says(spoken)} {NOT_COVERED.says(spoken)}", "dim")
    return text.append(f"{label(': ', spoken)}{', '.join(found.data)}" if found.data else "", "dim")


def parts(found: DemoReview, spoken: Language) -> list[Part]:
    """What changed, then every file."""
    changes = [Part(label("Changed since you allowed it", spoken), found.changes, "diff")] if found.changes else []
    return [*changes, *(Part(f"─── {name} ", text, "python") for name, text in found.files)]
