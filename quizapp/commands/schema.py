"""`quizapp schema`: the JSON Schema of a deck, which gives editors completion and errors."""

import argparse
import json

from quizapp.cards.schema import json_schema
from quizapp.commands import say


def run(_: argparse.Namespace) -> int:
    say(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0
