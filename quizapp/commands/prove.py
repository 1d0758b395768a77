"""What `quizapp check --run` does: run the demo of every card, and see whether it measures what the card expects."""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quizapp.cards.card import Card, DemoLink
from quizapp.cards.fault import Fault
from quizapp.cards.library import Library
from quizapp.lab import script as scripts
from quizapp.lab.knob import KnobValue
from quizapp.lab.measured import is_measure
from quizapp.lab.run import Finished, Limits, run, torch_hint, torch_missing
from quizapp.lab.script import Script
from quizapp.lab.trust import Trust
from quizapp.paths import BUNDLED_DEMOS, Home
from quizapp.texts import tell

if TYPE_CHECKING:
    from quizapp.lab.warm import ForkServer

PATIENT = Limits(seconds=120)  # several run at once, perhaps on a slow machine


class Job(msgspec.Struct, frozen=True):
    """One run, and the cards whose demo it is."""

    script: Script
    knobs: Mapping[str, KnobValue]
    cards: tuple[Card, ...]


def prove(library: Library, home: Home, seeds: int) -> list[Fault]:
    """Run every card's demo, with seeds 0..seeds-1 where it has a seed, as many at once as there are cores.

    The faults are: a run that failed, a measure outside what the card expects, a prediction of which not exactly one
    choice holds, a demo that may not run.
    """
    cards = [card for deck in library.decks for card in deck.cards if card.demo is not None]
    if cards and torch_missing():
        return [_fault(cards[0], str(torch_hint()))]
    jobs, faults = _jobs(cards, home, seeds)
    for job, finished in asyncio.run(_run_all(jobs)):
        seed = f" (seed {job.knobs['seed']})" if "seed" in job.knobs else ""
        for card in job.cards:
            faults += [_fault(card, f"{message}{seed}") for message in against(card.demo, finished)]
    return faults


def against(demo: DemoLink | None, finished: Finished) -> Iterator[str]:
    """What the run contradicts of what a card says of it."""
    assert demo is not None
    if finished.error or finished.result is None:
        yield f"{demo.run} failed: {finished.error}"
        return
    for measure, (low, high) in demo.expect.items():
        found = finished.result.get(measure)
        if not is_measure(found):
            yield f"expects {measure} from {low:g} to {high:g}, but {demo.run} does not measure it"
        elif not low <= found <= high:
            yield f"expects {measure} from {low:g} to {high:g}, found {found:g}"
    predict = demo.predict
    if predict is not None:
        found = finished.result.get(predict.read)
        if not is_measure(found):
            yield f"asks to predict {predict.read}, but {demo.run} does not measure it"
        elif predict.choices:
            hold = sum(choice.range[0] <= found < choice.range[1] for choice in predict.choices)
            if hold != 1:
                yield f"{hold} of the prediction's choices hold for {predict.read} = {found:g}; exactly one should"


def _jobs(cards: Sequence[Card], home: Home, seeds: int) -> tuple[list[Job], list[Fault]]:
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
            faults.append(_fault(card, f"{path} may not run yet: read and allow it with 'quizapp trust {path}'"))
            continue
        tried = range(seeds) if script.knob("seed") and "seed" not in card.demo.with_ else [None]
        for seed in tried:
            run_knobs = knobs if seed is None else {**knobs, "seed": seed}
            shared.setdefault((path, repr(sorted(run_knobs.items()))), (script, run_knobs, []))[2].append(card)
    return [Job(script, knobs, tuple(cards)) for script, knobs, cards in shared.values()], faults


async def _run_all(jobs: Sequence[Job]) -> list[tuple[Job, Finished]]:
    from quizapp.lab.warm import ForkServer, warm

    free = asyncio.Semaphore(os.cpu_count() or 1)
    done = 0
    server = warm()
    server.start()

    async def one(job: Job) -> tuple[Job, Finished]:
        nonlocal done
        async with free:
            finished = await run(job.script, job.knobs, lambda _: None, limits=PATIENT, warm=server)
        done += 1
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done}/{len(jobs)} runs" + "\n" * (done == len(jobs)))
            sys.stderr.flush()
        return job, finished

    try:
        if isinstance(server, ForkServer):
            await _until_ready(server)
        return await asyncio.gather(*(one(job) for job in jobs))
    finally:
        server.close()


async def _until_ready(server: "ForkServer") -> None:
    """A fork server pays off over many runs: give it a while."""
    for _ in range(100):
        if server.ready() or server.process is None:
            return
        await asyncio.sleep(0.1)


def _fault(card: Card, message: str) -> Fault:
    return Fault(card.path, card.line, 1, tell("common.one", it=message), card=card.key, field=("demo",))
