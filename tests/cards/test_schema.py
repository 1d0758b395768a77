"""The JSON Schema agrees with the loader, on every case of the corpus that is YAML at all."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from deck_cases import CASES, Case
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from quizapp.cards.card import TYPES, written_fields
from quizapp.cards.schema import json_schema

VALIDATOR = Draft202012Validator(json_schema())
ROOT = Path(__file__).parents[2]


class EditorLoader(yaml.SafeLoader):
    """YAML with typed scalars, as an editor reads it before it applies a schema; dates are texts there."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":merge"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_an_editor_sees_it(text: str) -> Any:
    return yaml.load(text, EditorLoader)


def is_yaml(text: str) -> bool:
    """Else the editor says so without a schema."""
    try:
        as_an_editor_sees_it(text)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return False
    return True


# Twice the same key is the last one to PyYAML, and C recursion would end the process.
TAKEN = [
    case
    for case in CASES
    if len(case.text) < 5000 and "written twice" not in str(case.faults) and (case.schema or is_yaml(case.text))
]


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: case.name)
def test_the_schema_takes_what_the_loader_takes(case: Case) -> None:
    deck = as_an_editor_sees_it(case.text)
    errors = [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(deck)]
    assert (not errors) == case.schema, errors


@pytest.mark.parametrize("path", [Path(__file__).parent / "data" / "every-type.yaml", *(ROOT / "decks").glob("*.yaml")])
def test_real_decks_fit_the_schema(path: Path) -> None:
    deck = as_an_editor_sees_it(path.read_text(encoding="utf-8"))
    assert not [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(deck)]


def test_the_schema_is_one_and_describes_every_field() -> None:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    json.dumps(schema)
    fields = schema["$defs"]["card"]["properties"]
    assert set(fields) == {"type", *(field for kind in TYPES.values() for field in written_fields(kind))}
    assert all("description" in field for field in [*fields.values(), *schema["properties"].values()])
