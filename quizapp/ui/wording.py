"""How words get onto a screen: what keys are called, what a lower room told or raised, a number marked in a text."""

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from rich.text import Text

from quizapp.texts import Sentence, UserError, os_reason, os_sentence, text
from quizapp.words import Language

if TYPE_CHECKING:
    from textual.binding import Binding  # the command line has no need of Textual


def action_name(said: str, language: Language) -> str:
    """What a binding or a command is called: ours carry the id of a text, Textual's own their English; a title that is
    neither stays as it is."""
    ours = "." in said and " " not in said
    if not ours and language == "en":
        return said
    try:
        return text(said if ours else f"ui.textual.{'_'.join(re.findall('[a-z]+', said.lower()))}", language)
    except KeyError:
        return said


def key_phrase(binding: "Binding", language: Language) -> str:
    """What a key does, in more words than the bar has room for: those for its id, for its description, or its name."""
    for id in (f"help.{binding.id}", f"help.{binding.description.removeprefix('keys.')}"):
        with suppress(KeyError):
            return text(id, language)
    return action_name(binding.description, language)


def worded(what: Sentence | Exception | str, language: Language) -> str:
    """What a lower room told or raised."""
    if isinstance(what, UserError):
        what = what.sentence
    elif isinstance(what, OSError) and what.errno is not None:
        what = os_sentence(what)
    if isinstance(what, Sentence):
        return what.says(language)
    return str(what)


def reason(error: Exception) -> Sentence | str:
    """Why something failed, to stand in a sentence."""
    if isinstance(error, OSError) and error.errno is not None:
        return os_reason(error)
    return error.sentence if isinstance(error, UserError) else str(error)


def marked(said: str, part: object, style: str, rest: str = "") -> Text:
    """`said` in the style `rest`, and `part` of it, such as its number, in `style`."""
    before, found, after = said.partition(str(part))
    return Text(no_wrap=True, overflow="ellipsis").append(before, rest).append(found, style).append(after, rest)
