"""A parser of command lines whose words are texts: in the user's language, where help is asked for or a call is wrong.

`help` is the id of a text, and so is what argparse says by itself.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

# What argparse says, by its own words: it asks gettext for them
_ARGPARSE = {
    "usage: ": "cli.usage",
    "%(prog)s: error: %(message)s\n": "cli.wrong.error",
    "argument %(argument_name)s: %(message)s": "cli.wrong.argument",
    "the following arguments are required: %s": "cli.wrong.required",
    "invalid choice: %(value)r (choose from %(choices)s)": "cli.wrong.choice",
    "invalid %(type)s value: %(value)r": "cli.wrong.value",
    "expected one argument": "cli.wrong.one",
    "expected at least one argument": "cli.wrong.at_least_one",
    "ignored explicit argument %r": "cli.wrong.explicit",
}


def in_user_language(id: str, /, **params: object) -> str:
    """The text `id` in the user's language."""
    from quizapp.commands import user_language
    from quizapp.texts import text

    return text(id, user_language(), **params)


def count_typed(text: str) -> int:
    """How many, from 1 to 1000. Raises argparse.ArgumentTypeError, as argparse takes it."""
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(in_user_language("cli.wrong.count", text=repr(text)))
    return int(text)


def port_typed(text: str) -> int:
    """A port, 0 for any. Raises argparse.ArgumentTypeError."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(in_user_language("cli.wrong.port", text=repr(text)))
    return int(text)


def _argparse_said(words: str) -> str:
    id_ = _ARGPARSE.get(words)
    return words if id_ is None else in_user_language(id_)


@contextmanager
def _said_by_us() -> Iterator[None]:
    """What argparse says is ours. It asks gettext otherwise, which looks for files of words that are not there."""
    words, vars(argparse)["_"] = vars(argparse)["_"], _argparse_said
    try:
        yield
    finally:
        vars(argparse)["_"] = words


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Takes the ids of texts for help, and breaks lines between Chinese characters too."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return in_user_language(action.help) if action.help else None

    def _split_lines(self, text: str, width: int) -> list[str]:
        from quizapp.commands.columns import wrapped

        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else "\n".join(self._split_lines(text, width))


class Parser(argparse.ArgumentParser):
    """What one call takes. `about` is the id of what it does, `epilog` gives the end of its help; nothing is looked up
    before help is asked for, or a call is wrong."""

    def __init__(self, prog: str | None = None, about: str = "", epilog: Callable[[], str] | None = None) -> None:
        with _said_by_us():
            super().__init__(prog, add_help=False, allow_abbrev=False, formatter_class=_Formatter)
        self.about, self.more_help = about, epilog
        if about:
            self.add_argument("-h", "--help", action="help", help="cli.help")
        self.add_argument("--home", metavar="DIR", help="cli.home")

    def parse(self, argv: Sequence[str], *, more: bool = False) -> tuple[argparse.Namespace, list[str]]:
        """What the words mean; with `more` also those that it does not know, which are wrong without."""
        with _said_by_us():
            args, rest = self.parse_known_args(argv)
            if rest and not more:
                self.error(in_user_language("cli.wrong.unknown", words=" ".join(rest)))
            return args, rest

    def format_help(self) -> str:
        about = in_user_language(self.about)
        self.description = in_user_language("cli.about", what=about[:1].upper() + about[1:])
        self.epilog = self.more_help() if self.more_help else None
        self._positionals.title = in_user_language("cli.arguments")
        self._optionals.title = in_user_language("cli.options")
        return super().format_help().replace("：:\n", "：\n")  # argparse adds a colon of its own

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, in one line, cleaned: an argument may hold what a terminal obeys."""
        from quizapp.words import clean

        super().error(clean(" ".join(message.split())))
