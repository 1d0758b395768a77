"""The examples at the end of every command's help: each is a call that the command takes."""

import shlex

import pytest

from quizapp.cards.library import read_library
from quizapp.cli import COMMANDS
from quizapp.examples import EXAMPLES
from quizapp.parser import Parser
from quizapp.paths import BUNDLED_DECKS


def test_every_command_has_one() -> None:
    assert EXAMPLES.keys() == COMMANDS.keys()


def test_the_cards_that_they_name_are_there() -> None:
    keys = {word for lines in EXAMPLES.values() for line in lines for word in line.split() if "five-questions/" in word}
    (deck,) = read_library([BUNDLED_DECKS / "five-questions.yaml"], user=BUNDLED_DECKS, bundled=BUNDLED_DECKS).decks
    assert keys and keys <= {card.key for card in deck.cards}


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines])
def test_it_is_a_call(line: str) -> None:
    words = shlex.split(line.removeprefix('eval "$(').removesuffix(')"'), comments=True)
    words = words[: next((place for place, word in enumerate(words) if word in ("|", ">")), None)]
    parser = Parser(words[1])
    COMMANDS[words[1]](parser)
    _, rest = parser.parse(words[2:], more=words[1] == "demo")
    assert words[0] == "quizapp" and rest in ([], ["--bits", "3"])
