"""`quizapp demo NAME [--KNOB VALUE]...`: run a demo and watch it measure; `--list` names them all."""

import argparse
import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from quizapp.commands import complain, said, say, say_drawn, say_json, terminal_paper, user_language
from quizapp.draw.names import Labels, in_words
from quizapp.lab import script as scripts
from quizapp.lab.knob import Knob, KnobValue
from quizapp.lab.run import Finished
from quizapp.lab.run import run as run_demo
from quizapp.lab.script import Script
from quizapp.lab.trust import Trust
from quizapp.paths import BUNDLED_DEMOS, Home, find_home
from quizapp.texts import UserError, tell

_WIDEST = 100  # columns of a chart


def run(args: argparse.Namespace) -> int:
    home = find_home(args.home)
    trust = Trust(home.trust)
    if args.list or args.name is None:
        return _list(home, trust, as_json=args.json)
    try:
        script = _find(args.name, home)
        knobs = _knobs(script, args.extra)
    except UserError as error:
        complain(error.sentence)
        return 2
    if not trust.trusted(script, BUNDLED_DEMOS):
        complain(tell("commands.demo.not_ours", path=script.path))
        return 1
    if args.sweep:
        return _sweep(script, knobs, args)
    stream = (lambda _: None) if args.json else (lambda text: say(text, end=""))
    finished = asyncio.run(run_demo(script, knobs, stream))
    if args.json:
        found = {
            "name": script.name,
            "knobs": knobs,
            "result": finished.result,
            "seconds": finished.seconds,
            "sandbox": finished.sandbox,
        }
        say_json(found)
    else:
        _show(finished, script, knobs)
    if finished.error:
        complain(finished.error)
        return 1
    return 0


def _sweep(script: Script, knobs: dict[str, KnobValue], args: argparse.Namespace) -> int:
    """Run the demo for every value of one knob: a table of the measures, and a chart of one of them."""
    from quizapp.lab.measured import measures
    from quizapp.lab.sweep import SweepPoint, curves, sweep, sweep_values

    knob = script.knob(args.sweep.removeprefix("--").replace("-", "_"))
    if knob is None:
        known = ", ".join(knob.name for knob in script.knobs)
        complain(tell("commands.demo.no_knob", demo=script.name, knob=args.sweep, known=known))
        return 2

    widest = max(len(knob.show(value)) for value in sweep_values(knob))

    labels = script.labels_in(user_language())
    called = in_words(knob.name, labels)

    def told(point: SweepPoint) -> None:
        if not args.json:
            found = "  ".join(f"{one.words} {one.shown}" for one in measures(point.finished.result or {}, labels))
            say(f"{called} {knob.show(point.value):{widest}}  {said(point.finished.error or found)}")

    points = asyncio.run(sweep(script, knob, knobs, told))
    lines = curves(points, knob)
    measure = args.measure or next(iter(lines), "")
    failed = next((point.finished.error for point in points if point.finished.error), None)
    if lines and measure not in lines:
        complain(tell("commands.demo.no_measure", demo=script.name, measure=measure, known=", ".join(lines)))
        return 2
    if args.json:
        rows = [{"value": point.value, "result": point.finished.result} for point in points]
        say_json({"name": script.name, "knobs": knobs, "sweep": knob.name, "points": rows})
    elif lines:
        _print_chart(measure, lines[measure], {knob.name: knobs[knob.name]}, labels, over=knob)
    if failed:
        complain(failed)
    return 1 if failed else 0


def _print_chart(
    name: str, value: Any, knobs: Mapping[str, KnobValue], labels: Labels, over: Knob | None = None
) -> None:
    """A chart of a result, or of a sweep over a knob, with the knob's value marked."""
    from quizapp.draw.chart import chart
    from quizapp.lab.measured import in_hand

    mark = over.on_axis(knobs[over.name]) if over else in_hand(name, knobs)
    paper = replace(terminal_paper(_WIDEST, 16), labels=labels)
    say()
    say_drawn(*chart(name, value, paper, over=over.name if over else "", mark=mark), most=_WIDEST)


def _folders(home: Home) -> list[Path]:
    return [home.demos, BUNDLED_DEMOS]


def _find(name: str, home: Home) -> Script:
    """The demo called `name`, or in the file `name`. Raises ScriptError, and UserError if there is none."""
    path = scripts.find(name, _folders(home))
    if path is None and name.endswith(".py"):
        path = Path(name)
    if path is None:
        import difflib

        known = [script.name for script in scripts.read_demos(_folders(home))[0]]
        here = [f"./{name}.py"] if Path(f"{name}.py").is_file() else []
        near = here or difflib.get_close_matches(name, known, 1)
        raise scripts.ScriptError(
            tell("lab.find.near", name=name, near=near[0]) if near else tell("lab.find.none", name=name)
        )
    return scripts.read_script(path)


def _knobs(script: Script, words: list[str]) -> dict[str, KnobValue]:
    """The knobs with what `words` (--bits 3, --bits=3, a bare switch) set. Raises UserError."""
    knobs = script.defaults()
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, text = word.removeprefix("--").partition("=")
        knob = script.knob(name.replace("-", "_"))
        if not word.startswith("--") or knob is None:
            names = ", ".join(f"--{knob.name}" for knob in script.knobs)
            raise UserError(tell("commands.demo.no_knob", demo=script.name, knob=word, known=names))
        if not equals:
            if rest and not rest[0].startswith("--"):
                text = rest.pop(0)
            elif knob.kind == "bool":
                text = "true"
            else:
                raise UserError(tell("commands.demo.needs_value", knob=knob.name, allowed=knob.allowed()))
        knobs[knob.name] = knob.parse(text)
    return knobs


def _list(home: Home, trust: Trust, *, as_json: bool) -> int:
    found, faults = scripts.read_demos(_folders(home))
    for fault in faults:
        complain(fault)
    if as_json:
        say_json([_described(script, trust) for script in found])
        return 1 if faults else 0
    for script in found:
        say(f"{script.name}  {script.title_in(user_language())}")
        for knob in script.knobs:
            default = f"--{knob.name} {knob.show(knob.default)}"
            say(tell("commands.demo.knob", default=default, allowed=knob.allowed()))
    return 1 if faults else 0


def _described(script: Script, trust: Trust) -> dict[str, Any]:
    return {
        "name": script.name,
        "title": script.title,
        "about": script.about,
        "path": str(script.path),
        "sha256": script.sha256,
        "trusted": trust.trusted(script, BUNDLED_DEMOS),
        "knobs": [_described_knob(knob) for knob in script.knobs],
    }


def _described_knob(knob: Knob) -> dict[str, Any]:
    described: dict[str, Any] = {"name": knob.name, "kind": knob.kind, "default": knob.default}
    if knob.kind in ("choice", "bool"):
        described["choices"] = list(knob.values())
    else:
        described["range"] = {"min": knob.low, "max": knob.high, "step": knob.step}
    return described


def _show(finished: Finished, script: Script, knobs: Mapping[str, KnobValue]) -> None:
    """The measures as a table, and the charts where there is a terminal."""
    from quizapp.lab.measured import charts, measure_lines, measures

    if finished.result is None:
        return
    labels = script.labels_in(user_language())
    found = measures(finished.result, labels)
    say()
    for words, shown in measure_lines(found):
        say(f"{words}  {shown}")
    if sys.stdout.isatty():
        for name, _ in charts(finished.result):
            _print_chart(name, finished.result[name], knobs, labels)
    say()
    say(tell("commands.demo.took", seconds=finished.seconds, sandbox=finished.walls))
