"""What the panel says and shows of a demo that may not run yet."""

from rich.text import Text

from quizapp.lab.review import HIDES, NOT_COVERED, DemoReview
from quizapp.lab.script import Script
from quizapp.ui.demo.source_view import SourcePart
from quizapp.ui.labels import label
from quizapp.words import Language, clean

READING = "Reading the demo…"


def consent_text(script: Script, review: DemoReview | None, key: str, language: Language) -> Text:
    """Which file it is, how much there is to read, and what a yes allows; `key` says it."""
    text = Text(f"{clean(str(script.path))}\n", "bold")
    if review is None:
        return text.append(label(READING, language), "dim")
    said = label("This demo did not come with quizapp. Read it below; {key} lets it run as it stands.", language)
    size = label("Files: {}, lines: {}.", language).format(len(review.files), review.lines)
    text.append(f"{size} {said.format(key=key)}")
    if review.changes:
        text.append(f" {label('You allowed it once: what has changed comes first.', language)}", "bold")
    if review.hides:
        text.append(f" {HIDES.says(language)}", "bold yellow")
    text.append(f"\n{review.may.says(language)} {NOT_COVERED.says(language)}", "dim")
    return text.append(f"{label(': ', language)}{', '.join(review.data)}" if review.data else "", "dim")


def source_parts(review: DemoReview, language: Language) -> list[SourcePart]:
    """What changed, then every file."""
    heading = label("Changed since you allowed it", language)
    changes = [SourcePart(heading, review.changes, "diff")] if review.changes else []
    return [*changes, *(SourcePart(f"─── {name} ", text, "python") for name, text in review.files)]
