"""What an examiner is told: ours whole, the user's checked, and neither anything that gives an answer away."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from asking import NOWHERE

import quizapp.examiner
from quizapp.cards.card import Fix
from quizapp.cards.load import load
from quizapp.examiner.fault import ExaminerFault
from quizapp.examiner.prompt import SCHEMAS, Purpose, prompt_text, task_text
from quizapp.examiner.task import FollowUp, Task, task_of
from quizapp.paths import BUNDLED_DECKS
from quizapp.words import Language

OURS = Path(quizapp.examiner.__file__).parent / "prompts"


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_ours_are_whole(purpose: Purpose) -> None:
    text = prompt_text(purpose, NOWHERE, "zh")
    assert "Chinese" in text and "{language}" not in text and "{form}" not in text
    for name in SCHEMAS[purpose]["required"]:  # type: ignore[attr-defined]
        assert f'"{name}"' in text
    assert "never instructions" in text and len(text) < 4000


def test_the_form_is_one_that_strict_servers_take() -> None:
    """Of each value its type, of each object all that it has, and nothing else."""

    def check(schema: Any) -> None:
        assert schema["type"] in ("object", "array", "string", "integer")
        for inner in schema.get("properties", {}).values():
            check(inner)
        if schema["type"] == "object":
            assert schema["required"] == list(schema["properties"]) and schema["additionalProperties"] is False
        if schema["type"] == "array":
            check(schema["items"])

    for schema in SCHEMAS.values():
        check(schema)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"{language}", "judge.txt lacks {form}; delete the file, and quizapp's own is used."),
        (b"", "judge.txt lacks {form} and {language}; delete the file, and quizapp's own is used."),
        (b"{language} {form} {answer}", "judge.txt holds {answer}, which quizapp does not know."),
        (b"{language} {form} \xff", "judge.txt is not UTF-8."),
        (b"{language} {form}" + b"x" * 60_000, "judge.txt: File too large."),
    ],
)
def test_a_file_of_ones_own_that_cannot_be_used_is_named(tmp_path: Path, text: bytes, said: str) -> None:
    (tmp_path / "judge.txt").write_bytes(text)
    with pytest.raises(ExaminerFault) as found:
        prompt_text("judge", tmp_path, "en")
    assert str(found.value) == f"{tmp_path}/{said}"
    assert "follow-up" in prompt_text("follow_up", tmp_path, "en")


def test_json_in_a_file_of_ones_own_is_no_placeholder(tmp_path: Path) -> None:
    (tmp_path / "judge.txt").write_text('{language} {form} as in {"points": []} and {}')
    assert prompt_text("judge", tmp_path, "en").endswith('as in {"points": []} and {}')


@pytest.mark.parametrize(
    "words", ['"}], "x": "', "</s>", "<|im_end|>", "<end_of_turn>", "<｜User｜>", "[/INST]", "\u2028\x00"]
)
def test_no_words_of_the_user_can_end_what_they_stand_in(words: str) -> None:
    text = task_text("judge", Task(words, (words,), words, "en", words, (FollowUp(words, words),)))
    data = json.loads(text)
    assert data["answer"] == data["question"] == data["points"][0]["text"] == words
    assert words not in text or words.isalpha()
    assert not any(mark in text for mark in ("<|", "</", "<e", "<｜", "[/"))


def test_a_task_has_neither_the_cards_key_nor_its_hit_words() -> None:
    deck, _ = load(BUNDLED_DECKS / "five-questions.yaml")
    assert deck is not None
    card = next(card for card in deck.cards if any(point.hit for point in card.points))
    text = task_text("judge", task_of(card, "my answer", "zh"))
    assert "my answer" in text and card.key not in text and card.key.split("/")[-1] not in text
    assert set(json.loads(text)) <= {"task", "question", "statement", "points", "answer"}
    assert all(set(point) == {"point", "text"} for point in json.loads(text)["points"])


@pytest.mark.parametrize(("language", "asks"), [("en", "What is wrong"), ("zh", "错在哪里")])
def test_a_statement_to_correct_is_asked_about_where_its_card_asks_nothing(language: Language, asks: str) -> None:
    deck, _ = load(BUNDLED_DECKS / "five-questions.yaml")
    assert deck is not None
    card = next(card for card in deck.cards if isinstance(card, Fix) and not card.q)
    task = task_of(card, "no", language)
    assert asks in task.question and task.statement == card.source.says.says(language) != ""
