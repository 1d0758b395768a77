"""What stands in the border of the demo's panel: which demo it is, and how things are with it."""

import re

from rich.text import Text

from quizapp.lab.sweep import sweep_values
from quizapp.texts import tell
from quizapp.texts import text as said
from quizapp.ui.context import context
from quizapp.ui.demo.experiment import Experiment
from quizapp.ui.panel import Panel
from quizapp.words import Language

_AFTER_COLON = re.compile(r"(: |：).*", re.DOTALL)


def entitle(panel: Panel, now: Experiment, seconds: int, *, goes_on: bool) -> None:
    """Write title and state of `now`, which has been running for so many seconds if it runs, into the border of its
    panel; below, if it `goes_on` there, the key that shows more."""
    of = context(panel)
    more = said("demo.more", of.language, key=of.key("demo.page-down", "PgDn")) if goes_on else ""
    panel.frame(demo_title(now, of.language), demo_state(now, of.key("demo.stop", "."), of.language, seconds), more)


def demo_title(now: Experiment, language: Language) -> str:
    """The demo's title, of a long one what stands before its colon: a border has no room for a sentence. Without a
    demo, and before the card's answer, what the panel is for."""
    if now.script is None or now.veiled:
        return said("keys.experiment", language)
    return _AFTER_COLON.sub("", now.script.title_in(language))


def demo_state(now: Experiment, stop: str, language: Language, seconds: int = 0) -> Text:
    """That it was changed here; that it has been running for so many seconds (`stop` ends it) or may not; else how long
    the last run took."""
    last, how = now.last, ""
    if now.sweeping and now.sweep is not None:
        of = len(sweep_values(now.sweep.knob))
        how = tell("demo.sweeping", done=len(now.sweep.points), of=of, key=stop).says(language)
    elif now.phase == "running":
        how = tell("demo.running_for" if seconds else "demo.running", key=stop, seconds=seconds).says(language)
    elif now.phase == "untrusted":
        how = said("demo.not_allowed", language)
    elif last is not None and last.sandbox:
        how = tell("demo.took", seconds=f"{last.seconds:.1f}", walls=last.walls).says(language)
    text = Text()
    if now.changed or now.draft:
        mine = "demo.draft_waits" if now.draft else "demo.changed_by_you"
        text.append(said(mine, language), "bold yellow").append(" · " if how else "", "dim")
    return text.append(how, "yellow" if now.phase == "untrusted" else "dim")
