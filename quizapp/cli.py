"""The command line: what each word takes. A command is imported when it is called.

`help` is the id of a text, looked up when it is asked for.
"""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

from quizapp.examples import EXAMPLES
from quizapp.parser import Parser, count_typed, in_user_language, port_typed

Arguments = Callable[[argparse.ArgumentParser], None]


def _nothing(_: argparse.ArgumentParser) -> None:
    pass


def _paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="cli.paths")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="cli.json")


def _chosen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("decks", nargs="*", metavar="DECK", help="cli.decks")
    _levels_and_tags(parser)


def _chosen_and_json(parser: argparse.ArgumentParser) -> None:
    _chosen(parser)
    _json(parser)


def _selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--decks", nargs="+", default=[], metavar="DECK", help="cli.decks")
    _levels_and_tags(parser)
    parser.add_argument("--seed", type=int, metavar="N", help="cli.seed")


def _levels_and_tags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--level", nargs="+", default=[], choices=("basic", "intermediate", "advanced"))
    parser.add_argument("--tag", nargs="+", default=[], metavar="TAG", help="cli.tag")


def _quiz(parser: argparse.ArgumentParser) -> None:
    _selection(parser)
    parser.add_argument("-n", type=count_typed, default=10, metavar="N", help="cli.quiz.count")
    parser.add_argument("--cram", action="store_true", help="cli.quiz.cram")


def _interview(parser: argparse.ArgumentParser) -> None:
    _selection(parser)
    parser.add_argument("-n", type=count_typed, default=8, metavar="N", help="cli.interview.count")
    parser.add_argument("--minutes", type=count_typed, default=20, metavar="N", help="cli.interview.minutes")
    ways = parser.add_mutually_exclusive_group()
    for way in ("spoken", "typed", "friend"):
        ways.add_argument(f"--{way}", action="store_const", dest="way", const=way, help=f"cli.interview.{way}")
    parser.set_defaults(way="spoken")


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="cli.demo.name")
    parser.add_argument("--list", action="store_true", help="cli.demo.list")
    parser.add_argument("--sweep", metavar="KNOB", help="cli.demo.sweep")
    parser.add_argument("--measure", metavar="NAME", help="cli.demo.measure")
    _json(parser)


def _code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="cli.code.name")
    parser.add_argument("file", nargs="?", metavar="FILE", help="cli.code.file")
    parser.add_argument("--list", action="store_true", help="cli.code.list")
    parser.add_argument("--watch", action="store_true", help="cli.code.watch")
    _json(parser)


def _paths_and_json(parser: argparse.ArgumentParser) -> None:
    _paths(parser)
    _json(parser)


def _plan(parser: argparse.ArgumentParser) -> None:
    _chosen_and_json(parser)
    parser.add_argument("--date", metavar="DAY", help="cli.plan.date")


def _key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY", help="cli.key")
    _json(parser)


def _grade(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY", help="cli.key")
    parser.add_argument("grade", choices=("again", "hard", "good", "easy"))
    _json(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    _paths_and_json(parser)
    parser.add_argument("--fix", action="store_true", help="cli.check.fix")
    parser.add_argument("--run", action="store_true", help="cli.check.run")
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help="cli.check.seeds")


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="cli.new.path")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--demo", action="store_true", help="cli.new.demo")
    instead.add_argument("--code", metavar="NAME", help="cli.new.code")


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="cli.import.file")
    parser.add_argument("-o", "--output", metavar="DECK.yaml", help="cli.import.output")
    parser.add_argument("--front", default="", metavar="COLUMN", help="cli.import.front")
    parser.add_argument("--back", default="", metavar="COLUMN", help="cli.import.back")
    parser.add_argument("--history", action="store_true", help="cli.import.history")
    parser.add_argument("--take-scheduling", action="store_true", help="cli.import.take_scheduling")
    parser.add_argument("--dry-run", action="store_true", help="cli.import.dry_run")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("deck", metavar="DECK", help="cli.export.deck")
    parser.add_argument("file", metavar="FILE", help="cli.export.file")
    parser.add_argument("--history", action="store_true", help="cli.export.history")


def _completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", nargs="?", choices=("bash", "zsh", "fish"), help="cli.completion.shell")
    kinds = ("decks", "cards", "tags", "demos", "knobs", "exercises")
    parser.add_argument("--names", choices=kinds, help="cli.completion.names")


def _trust(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", help="cli.trust.path")
    parser.add_argument("--yes", action="store_true", help="cli.trust.yes")


def _serve(parser: argparse.ArgumentParser) -> None:
    _paths(parser)
    parser.add_argument("--host", default="127.0.0.1", metavar="HOST", help="cli.serve.host")
    parser.add_argument("--port", type=port_typed, default=0, metavar="PORT", help="cli.serve.port")
    parser.add_argument("--cert", metavar="FILE", help="cli.serve.cert")
    parser.add_argument("--key", metavar="FILE", help="cli.serve.key")
    parser.add_argument("--behind-proxy", metavar="URL", help="cli.serve.proxy")
    parser.add_argument("--allow-code", action="store_true", help="cli.serve.code")


def _remote(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("remote", metavar="REMOTE", help="cli.sync.remote")


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="cli.zip")


def _examiner(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", metavar="ADDRESS", help="cli.examiner.address")
    parser.add_argument("--model", metavar="MODEL", help="cli.examiner.model")
    parser.add_argument("--key", metavar="WHERE", help="cli.examiner.key")
    parser.add_argument("--test", action="store_true", help="cli.examiner.test")
    parser.add_argument("--count", type=count_typed, metavar="N", help="cli.examiner.count")
    parser.add_argument("--yes", action="store_true", help="cli.examiner.yes")
    _json(parser)


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mend", action="store_true", help="cli.doctor.mend")
    _json(parser)


COMMANDS: dict[str, Arguments] = {
    "study": _chosen,
    "browse": _chosen,
    "quiz": _quiz,
    "interview": _interview,
    "demo": _demo,
    "code": _code,
    "due": _chosen_and_json,
    "plan": _plan,
    "next": _chosen_and_json,
    "show": _key,
    "grade": _grade,
    "check": _check,
    "new": _new,
    "import": _import,
    "export": _export,
    "schema": _nothing,
    "stats": _chosen_and_json,
    "undo": _json,
    "sync": _remote,
    "backup": _file,
    "restore": _file,
    "optimize": _json,
    "examiner": _examiner,
    "doctor": _doctor,
    "trust": _trust,
    "serve": _serve,
    "completion": _completion,
}


def _examples(name: str) -> str:
    return "\n".join([in_user_language("cli.examples"), *(f"  {line}" for line in EXAMPLES[name])])


def _commands() -> str:
    lines = "\n".join(f"  {name:10} {in_user_language(f'cli.about.{name}')}" for name in COMMANDS)
    from quizapp.commands import user_language
    from quizapp.paths import readme

    more = in_user_language("cli.more", readme=readme(user_language()))
    return f"{in_user_language('cli.commands')}\n{lines}\n\n{more}"


def _whole() -> tuple[Parser, dict[str, Parser]]:
    """The parser of the whole command line, and that of each command, for a shell that completes them."""
    parser = Parser("quizapp", "cli.about.app")
    parser.add_argument("--version", action="store_true", help="cli.version")
    add, commands = parser.add_subparsers(parser_class=Parser), {}
    for name, takes in COMMANDS.items():
        about = f"cli.about.{name}"
        commands[name] = add.add_parser(name, about=about, help=in_user_language(about))
        takes(commands[name])
    return parser, commands


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 found something wrong, 2 a wrong call."""
    argv = list(sys.argv[1:] if argv is None else argv)
    _open_streams()
    known, rest = Parser().parse(argv, more=True)
    if known.home:
        os.environ["QUIZAPP_HOME"] = known.home  # for what is started from here: a run must not read it
    extra: list[str] = []
    command = rest[0] if rest and rest[0] in COMMANDS else None
    if command is None:
        parser = Parser("quizapp", "cli.about.app", _commands)
        parser.add_argument("--version", action="store_true", help="cli.version")
        _paths(parser)
        args, _ = parser.parse(rest)
        if args.version:
            from quizapp import __version__

            print(f"quizapp {__version__}")
            return 0
        command = "app"
    else:
        parser = Parser(f"quizapp {command}", f"cli.about.{command}", partial(_examples, command))
        COMMANDS[command](parser)
        # a demo's knobs are known only once it is read
        args, extra = parser.parse(rest[1:], more=command == "demo")
    args.home, args.extra, args.commands, args.whole = known.home, extra, list(COMMANDS), _whole
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
        from quizapp.texts import UserError

        said = sentence(error)
        if said is None:
            raise
        complain(said)
        return error.exit_code if isinstance(error, UserError) else 1


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
