"""Rules and the short name under which reviews mention them."""

import zlib
from datetime import datetime
from functools import lru_cache

import msgspec
from msgspec.structs import astuple, replace

from quizapp.memory.events import RulesNamed
from quizapp.memory.schedule import SCHEDULER, Rules

_MOST_STEPS = 100


@lru_cache(maxsize=8)
def rules_name(rules: Rules) -> str:
    """The short name under which reviews mention these rules: a checksum of them and of the scheduler."""
    members = [value for value in astuple(rules) if value is not msgspec.UNSET]
    values = [[float(v) for v in value] if isinstance(value, tuple) else float(value) for value in members]
    return f"{zlib.crc32(msgspec.json.encode([SCHEDULER, *values])):08x}"


@lru_cache(maxsize=8)
def holding(rules: Rules) -> Rules:
    """These rules for a review with points missed: hard makes no interval longer. A program that knows no such thing
    reads them as the plain ones; it adopts the state that was recorded."""
    return replace(rules, hard_holds=True)


def rules_record(rules: Rules, seq: int, new_id: str, at: datetime) -> RulesNamed:
    """The event that spells `rules` out under their name."""
    return RulesNamed(seq, new_id, at, rules_name(rules), SCHEDULER, msgspec.to_builtins(rules))


def named_rules(event: RulesNamed) -> Rules | None:
    """The rules that it names; None if they are of a scheduler that this program does not have, or make no sense."""
    if event.scheduler != SCHEDULER:
        return None
    try:
        rules = msgspec.convert(event.rules, Rules)
    except msgspec.ValidationError:
        return None
    return rules if len(rules.learning_steps) + len(rules.relearning_steps) <= _MOST_STEPS else None
