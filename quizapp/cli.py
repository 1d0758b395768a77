"""The command line: what each word takes. A command is imported when it is called."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

Arguments = Callable[[argparse.ArgumentParser], None]


def _nothing(_: argparse.ArgumentParser) -> None:
    pass


def _paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="decks or folders of decks (default: all of yours and the bundled ones)",
    )


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _study(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("deck", nargs="?", metavar="DECK", help="the deck's name, or a file (default: all)")


def _selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--decks", nargs="+", default=[], metavar="DECK", help="names of decks, or files (default: all)"
    )
    parser.add_argument("--level", nargs="+", default=[], choices=("basic", "intermediate", "advanced"))
    parser.add_argument("--tag", nargs="+", default=[], metavar="TAG", help="cards that have one of these tags")
    parser.add_argument("--seed", type=int, metavar="N", help="which cards are drawn (default: others each time)")


def _quiz(parser: argparse.ArgumentParser) -> None:
    _selection(parser)
    parser.add_argument("-n", type=_count, default=10, metavar="N", help="how many cards (default: 10)")
    parser.add_argument("--cram", action="store_true", help="ask cards of every type, also those that you judge")


def _interview(parser: argparse.ArgumentParser) -> None:
    _selection(parser)
    parser.add_argument(
        "-n", type=_count, default=8, metavar="N", help="how many questions, follow-ups too (default: 8)"
    )
    parser.add_argument("--minutes", type=_count, default=20, metavar="N", help="minutes for all of it (default: 20)")
    parser.add_argument("--spoken", action="store_true", help="you answer aloud, and only the clock runs")


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"a number from 1 to 1000 is needed, not {text!r}")
    return int(text)


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="a demo; after it its knobs, as in --bits 3")
    parser.add_argument("--list", action="store_true", help="list the demos with their knobs")
    parser.add_argument("--sweep", metavar="KNOB", help="run it for every value of this knob")
    parser.add_argument("--measure", metavar="NAME", help="the measure that a sweep charts (default: the first)")
    _json(parser)


def _due(parser: argparse.ArgumentParser) -> None:
    _paths(parser)
    _json(parser)


def _plan(parser: argparse.ArgumentParser) -> None:
    _due(parser)
    parser.add_argument("--date", metavar="DAY", help="the interview date for this call, as in 2026-12-20")


def _key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY", help="a card, as in five-questions/quantization")
    _json(parser)


def _grade(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY", help="a card, as in five-questions/quantization")
    parser.add_argument("grade", choices=("again", "hard", "good", "easy"))
    _json(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    _due(parser)
    parser.add_argument("--fix", action="store_true", help="write the ids that cards lack; nothing else is changed")
    parser.add_argument("--run", action="store_true", help="run every card's demo and compare with what it expects")
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help="with --run: seeds 0..N-1 where there is one")


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="the file to write, as in my-deck.yaml or my_demo.py")
    parser.add_argument("--demo", action="store_true", help="write a demo instead of a deck")


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="an .apkg, .colpkg, .txt, .tsv, .csv or .md file")
    parser.add_argument(
        "-o", "--output", metavar="DECK.yaml", help="the deck to write or update (default: FILE's name, in your decks)"
    )


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("deck", metavar="DECK", help="the deck's name, or a file")
    parser.add_argument("file", metavar="FILE", help="the file to write: .apkg, .txt (Anki's text), .csv or .md")


def _trust(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="a demo's file")
    parser.add_argument("--yes", action="store_true", help="allow it without asking")


def _remote(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("remote", metavar="REMOTE", help="a shared folder, or a git repository's address")


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a zip file")


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mend", action="store_true", help="mend what can be mended")
    _json(parser)


COMMANDS: dict[str, tuple[str, Arguments]] = {
    "study": ("open the app in a session of one deck", _study),
    "quiz": ("open the app in a quick quiz", _quiz),
    "interview": ("open the app in a mock interview", _interview),
    "demo": ("run a demo, or list them", _demo),
    "due": ("count what waits, after today's limits", _due),
    "plan": ("expected recall on the interview date, and what it takes each day", _plan),
    "next": ("the next card, with what each grade would do", _due),
    "show": ("a card's answer", _key),
    "grade": ("grade a card", _grade),
    "check": ("look for mistakes in decks", _check),
    "new": ("write a starter deck, or with --demo a demo", _new),
    "import": ("make or update a deck from Anki, CSV or Markdown", _import),
    "export": ("write a deck for Anki, as CSV or as Markdown", _export),
    "schema": ("print the JSON Schema of a deck, for editors", _nothing),
    "stats": ("what you did, what you recalled, what falls due", _due),
    "undo": ("take back this device's last event", _json),
    "sync": ("unite the journals here with those in a folder or a git repository", _remote),
    "backup": ("keep your files in one file", _file),
    "restore": ("bring a backup back; nothing that is here is overwritten", _file),
    "optimize": ("fit the scheduler to your own reviews", _json),
    "doctor": ("examine your files, line by line", _doctor),
    "trust": ("read a demo's source and allow it to run", _trust),
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one line, cleaned: an argument may hold what a terminal obeys."""

    def error(self, message: str) -> NoReturn:
        from quizapp.words import clean

        super().error(clean(" ".join(message.split())))


def _usage() -> str:
    lines = "\n".join(f"  {name:9} {help_}" for name, (help_, _) in COMMANDS.items())
    return f"commands:\n{lines}\n\nquizapp COMMAND --help says more."


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 found something wrong, 2 a wrong call."""
    argv = list(sys.argv[1:] if argv is None else argv)
    _open_streams()
    home = _Parser(add_help=False, allow_abbrev=False)
    home.add_argument(
        "--home", metavar="DIR", help="where your files are (default: $QUIZAPP_HOME or the platform's folder)"
    )
    known, rest = home.parse_known_args(argv)
    extra: list[str] = []
    command = rest[0] if rest and rest[0] in COMMANDS else None
    if command is None:
        parser = _Parser(
            "quizapp",
            description="Drill machine-learning interview questions in the terminal.",
            epilog=_usage(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[home],
            allow_abbrev=False,
        )
        parser.add_argument("--version", action="store_true", help="print the version")
        _paths(parser)
        args = parser.parse_args(rest)
        if args.version:
            from quizapp import __version__

            print(f"quizapp {__version__}")
            return 0
        command = "app"
    else:
        about, add_arguments = COMMANDS[command]
        parser = _Parser(f"quizapp {command}", description=about.capitalize() + ".", parents=[home], allow_abbrev=False)
        add_arguments(parser)
        if command == "demo":  # a demo's knobs are known only once it is read
            args, extra = parser.parse_known_args(rest[1:])
        else:
            args = parser.parse_args(rest[1:])
    if known.home:
        os.environ["QUIZAPP_HOME"] = known.home  # for what is started from here: a run must not read it
    args.home, args.extra, args.commands = known.home, extra, list(COMMANDS)
    return _call(command, args)


def _call(command: str, args: argparse.Namespace) -> int:
    """Run one command. A closed pipe and an interrupt end it quietly; what the user can mend is said in one line."""
    try:
        run: Callable[[argparse.Namespace], int] = importlib.import_module(f"quizapp.commands.{command}").run
        code = run(args)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  # Python flushes it once more on its way out
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from quizapp.commands import complain, sentence

        said = sentence(error)
        if said is None:
            raise
        complain(said)
        return 1


def _open_streams() -> None:
    """What an output cannot encode, it shows as an escape; what the shell has closed takes anything."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  # until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
