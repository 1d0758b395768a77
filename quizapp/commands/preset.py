"""What an import offers to schedule by, the deck's retention and its weights of FSRS: said, asked, taken over."""

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from quizapp.cards.progress import Preset
from quizapp.commands import said, say
from quizapp.memory.events import Fit
from quizapp.memory.schedule import WEIGHTS, weighs
from quizapp.memory.standings import open_standings
from quizapp.paths import Home
from quizapp.settings import FIELDS
from quizapp.settings_file import save_setting, usable_settings
from quizapp.study.desk import Desk, rules_of
from quizapp.texts import Sentence, tell


class Offer(Struct, frozen=True):
    """What of a preset can be taken over and differs from what holds here, and `unfit`: why the rest cannot be."""

    retention: float | None = None
    weights: tuple[float, ...] | None = None
    here: float = 0.9
    unfit: tuple[Sentence, ...] = ()

    @property
    def parts(self) -> list[Sentence]:
        """What can be taken over, each with what it is here."""
        of_retention = tell("commands.preset.retention", theirs=self.retention or 0, here=self.here)
        return [of_retention] * bool(self.retention) + [tell("commands.preset.weights")] * bool(self.weights)


def offered(preset: Preset | None, home: Home) -> Offer:
    """What `preset` offers the user of `home`."""
    if preset is None:
        return Offer()
    settings = usable_settings(home.settings)
    unfit: list[Sentence] = []
    retention, weights, bounds = preset.retention, preset.weights, FIELDS["retention"]
    if not bounds.holds(retention):
        unfit.append(tell("commands.preset.unfit_retention", theirs=retention, low=bounds.low, high=bounds.high))
    if weights and len(weights) != len(WEIGHTS):
        unfit.append(tell("commands.preset.other_version", n=len(weights), ours=len(WEIGHTS)))
    elif weights and not weighs(weights):
        unfit.append(tell("commands.preset.unfit_weights"))
    standing = open_standings(home.root, rules=rules_of(settings)).rules.weights
    same = len(weights) != len(standing) or all(abs(a - b) < 1e-5 for a, b in zip(weights, standing, strict=True))
    return Offer(
        retention if bounds.holds(retention) and retention != settings.retention else None,
        weights if weighs(weights) and not same else None,
        settings.retention,
        tuple(unfit),
    )


def accepted(offer: Offer, args: argparse.Namespace) -> bool:
    """Does the user take it over? Asked in a terminal; Enter is no."""
    if args.dry_run or not offer.parts:
        return False
    if args.take_scheduling:
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    for part in offer.parts:
        say(" ", part)
    try:
        return input(said(tell("commands.preset.ask"))).strip().lower() in ("y", "yes")
    except EOFError:
        return False


def not_taken(offer: Offer, *, taken: bool) -> list[tuple[int, Sentence]]:
    """What of it was not carried over, each once."""
    left = [] if taken else [tell("commands.preset.left", what=part) for part in offer.parts]
    return [(1, what) for what in (*left, *offer.unfit)]


def take_over(offer: Offer, desk: Desk, now: datetime) -> Iterator[Sentence]:
    """From now on all decks are scheduled by it; what was done, a line each. Raises SettingsError or OSError."""
    if offer.retention is not None:
        save_setting(desk.home.settings, "retention", offer.retention)
        desk.standings.use_rules(rules_of(replace(desk.settings, retention=offer.retention)))
        yield tell("commands.preset.now_retention", theirs=offer.retention, here=offer.here)
    if offer.weights is not None:
        desk.recorder.adopt(Fit(offer.weights, 0, 0.0, 0.0), now)
        yield tell("commands.preset.now_weights")
