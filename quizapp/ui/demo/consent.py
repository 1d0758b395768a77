"""What the panel says and shows of a demo that may not run yet."""

from rich.text import Text

from quizapp.lab.review import HIDES, NOT_COVERED, DemoReview
from quizapp.lab.script import Script
from quizapp.texts import tell
from quizapp.ui.demo.source_view import SourcePart
from quizapp.words import Language, clean


def consent_text(script: Script, review: DemoReview | None, key: str, language: Language) -> Text:
    """Which file it is, how much there is to read, and what a yes allows; `key` says it."""
    text = Text().append(f"{clean(str(script.path))}\n", "bold")
    if review is None:
        return text.append(tell("demo.reading").says(language), "dim")
    said = tell("demo.consent.read", key=key).says(language)
    size = tell("demo.consent.size", files=len(review.files), lines=review.lines).says(language)
    between = "" if language == "zh" else " "
    text.append(f"{size}{between}{said}")
    if review.changes:
        text.append(f"{between}{tell('demo.consent.changed').says(language)}", "bold")
    if review.hides:
        text.append(f"{between}{HIDES.says(language)}", "bold yellow")
    uncovered: object = NOT_COVERED
    if review.data:
        uncovered = tell("demo.consent.data", said=uncovered, files=", ".join(review.data))
    said = tell("demo.consent.uncovered", may=review.may, uncovered=uncovered).says(language)
    return text.append(f"\n{said}", "dim")


def source_parts(review: DemoReview, language: Language) -> list[SourcePart]:
    """What changed, then every file."""
    heading = tell("demo.consent.changes").says(language)
    changes = [SourcePart(heading, review.changes, "diff")] if review.changes else []
    return [*changes, *(SourcePart(f"─── {name} ", text, "python") for name, text in review.files)]
