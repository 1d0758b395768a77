"""What `quizapp check --run` does: run the demo of every card, and see whether it measures what the card expects."""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from quizapp.cards.card import Card, DemoLink
from quizapp.cards.fault import Fault
from quizapp.cards.library import Library
from quizapp.cards.vary import variants
from quizapp.commands import said
from quizapp.lab import script as scripts
from quizapp.lab.knob import KnobValue
from quizapp.lab.measured import is_measure
from quizapp.lab.run import Finished, Limits, run, torch_hint, torch_missing
from quizapp.lab.script import Script
from quizapp.lab.trust import Trust
from quizapp.paths import BUNDLED_DEMOS, Home
from quizapp.texts import Sentence, tell

ENOUGH = 20  # predictions, to say where among their choices the right one stands
PATIENT = Limits(seconds=120)  # several run at once, perhaps on a slow machine


class DemoRun(msgspec.Struct, frozen=True):
    """One run, and the cards whose demo it is."""

    script: Script
    knobs: Mapping[str, KnobValue]
    cards: tuple[Card, ...]


def prove(library: Library, home: Home, seeds: int) -> tuple[list[Fault], list[Fault]]:
    """Run every card's demo, with seeds 0..seeds-1 where it has a seed, as many at once as there are cores.

    The errors are: a run that failed, a measure outside what the card expects, a prediction of which not exactly one
    choice holds, a demo that may not run. The warning: a place among the choices where the right one stands too often.
    """
    cards = [one for deck in library.decks for card in deck.cards for one in variants(card) if one.demo is not None]
    if cards and torch_missing():
        return [_fault(cards[0], torch_hint())], []
    runs, faults = _demo_runs(cards, home, seeds)
    right: list[tuple[Card, float]] = []
    for demo_run, finished in asyncio.run(_run_all(runs)) if runs else ():
        for card in demo_run.cards:
            for what in against(card.demo, finished):
                seed = demo_run.knobs.get("seed")
                seeded = what if seed is None else tell("commands.prove.seed", what=what, seed=seed)
                faults.append(_fault(card, seeded))
            if demo_run.knobs.get("seed", 0) == 0 and (place := _right_place(card.demo, finished)) is not None:
                right.append((card, place))
    return faults, _where_right(right)


def _right_place(demo: DemoLink | None, finished: Finished) -> float | None:
    """Where among the choices of a prediction the first that holds stands: 0 is the first place, 1 the last."""
    ask, result = demo.predict if demo else None, finished.result or {}
    if ask is None or len(ask.choices) < 2 or not is_measure(found := result.get(ask.read)):
        return None
    held = (i for i, choice in enumerate(ask.choices) if choice.range[0] <= found < choice.range[1])
    place = next(held, None)
    return None if place is None else place / (len(ask.choices) - 1)


def _where_right(right: Sequence[tuple[Card, float]]) -> list[Fault]:
    """A warning for each place that holds the right choice half as often again as it would by chance."""
    if len(right) < ENOUGH:
        return []
    chance = {"first": 0.0, "middle": 0.0, "last": 0.0}
    found = dict.fromkeys(chance, 0)
    for card, place in right:
        assert card.demo is not None and card.demo.predict is not None
        of = len(card.demo.predict.choices)
        for name, share in (("first", 1), ("middle", of - 2), ("last", 1)):
            chance[name] += share / of
        found["first" if place == 0 else "last" if place == 1 else "middle"] += 1
    telling = [name for name in chance if found[name] > 1.5 * chance[name]]
    return [
        _fault(right[0][0], tell("commands.prove.place", place=tell(f"commands.prove.{name}"), n=found[name],
                                 of=len(right), chance=round(chance[name])))
        for name in telling
    ]  # fmt: skip


def against(demo: DemoLink | None, finished: Finished) -> Iterator[Sentence]:
    """What the run contradicts of what a card says of it."""
    assert demo is not None
    if finished.error or finished.result is None:
        yield tell("commands.prove.failed", demo=demo.run, why=finished.error)
        return
    for measure, (low, high) in demo.expect.items():
        found = finished.result.get(measure)
        if not is_measure(found):
            yield tell("commands.prove.unmeasured", measure=measure, low=low, high=high, demo=demo.run)
        elif not low <= found <= high:
            yield tell("commands.prove.outside", measure=measure, low=low, high=high, found=found)
    predict = demo.predict
    if predict is not None:
        found = finished.result.get(predict.read)
        if not is_measure(found):
            yield tell("commands.prove.unpredicted", measure=predict.read, demo=demo.run)
        elif predict.choices:
            hold = sum(choice.range[0] <= found < choice.range[1] for choice in predict.choices)
            if hold != 1:
                yield tell("commands.prove.choices", hold=hold, measure=predict.read, found=found)


def _demo_runs(cards: Sequence[Card], home: Home, seeds: int) -> tuple[list[DemoRun], list[Fault]]:
    """The runs that are needed, each once, however many cards share it."""
    trust, faults = Trust(home.trust), []
    shared: dict[tuple[Path, str], tuple[Script, dict[str, KnobValue], list[Card]]] = {}
    for card in cards:
        assert card.demo is not None
        path = scripts.find(card.demo.run, [card.path.parent, home.demos, BUNDLED_DEMOS])
        if path is None:
            continue  # an error that the check itself has named
        try:
            script = scripts.read_script(path)
            knobs = script.typed(card.demo.with_)
        except (scripts.ScriptError, ValueError):
            continue
        if not trust.trusted(script, BUNDLED_DEMOS):
            faults.append(_fault(card, tell("commands.prove.not_allowed", path=path)))
            continue
        tried = range(seeds) if script.knob("seed") and "seed" not in card.demo.with_ else [None]
        for seed in tried:
            run_knobs = knobs if seed is None else {**knobs, "seed": seed}
            shared.setdefault((path, repr(sorted(run_knobs.items()))), (script, run_knobs, []))[2].append(card)
    return [DemoRun(script, knobs, tuple(cards)) for script, knobs, cards in shared.values()], faults


async def _run_all(runs: Sequence[DemoRun]) -> list[tuple[DemoRun, Finished]]:
    from quizapp.lab.warm import kept_warm

    free = asyncio.Semaphore(os.cpu_count() or 1)
    done = 0

    async def one(demo_run: DemoRun) -> tuple[DemoRun, Finished]:
        nonlocal done
        async with free:
            finished = await run(demo_run.script, demo_run.knobs, lambda _: None, limits=PATIENT, warm=warm)
        done += 1
        if sys.stderr.isatty():
            counts = said(tell("commands.prove.runs", done=done, of=len(runs)))
            sys.stderr.write(f"\r{counts}" + "\n" * (done == len(runs)))
            sys.stderr.flush()
        return demo_run, finished

    async with kept_warm() as warm:
        return await asyncio.gather(*(one(demo_run) for demo_run in runs))


def _fault(card: Card, message: Sentence | str) -> Fault:
    message = message if isinstance(message, Sentence) else tell("common.one", it=message)
    return Fault(card.path, card.line, 1, message, card=card.key, field=("demo",))
