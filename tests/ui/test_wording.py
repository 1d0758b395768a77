"""Words on their way to a screen: names of keys, what was raised, a marked number."""

import errno

import pytest
from textual.app import App
from textual.binding import Binding

from quizapp.texts import UserError, room, tell, text
from quizapp.ui.wording import action_name, key_phrase, marked, reason, worded
from quizapp.words import Language, Words


def test_ours_are_called_by_their_id_and_textuals_by_their_english() -> None:
    assert (action_name("keys.undo", "en"), action_name("keys.undo", "zh")) == ("Undo", "撤销")
    assert (action_name("Scroll Up", "en"), action_name("Scroll Up", "zh")) == ("Scroll Up", "向上滚动")
    assert (action_name("Page up", "en"), action_name("Page up", "zh")) == ("Page up", "向上翻页")


@pytest.mark.parametrize(
    "said", ["Study: [b]x", "学习：keys.undo", "keys.nothing", "", "Frobnicate", "1.2", "a.b", "é.x"]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_neither_stays_as_it_is(said: str, language: Language) -> None:
    assert action_name(said, language) == said


@pytest.mark.parametrize(
    ("binding", "en"),
    [
        (Binding("u", "undo", "keys.undo", id="study.undo"), "Take back the last step"),
        (
            Binding("u", "undo", "keys.undo", id="marking.undo"),
            "A step back: how sure you were, your answer, the question before",
        ),
        (Binding("space", "reveal", "keys.show_answer", id="answer.reveal"), "Show the answer"),
        (Binding("pageup", "page_up", "Page Up"), "Page Up"),
        (Binding("x", "x", "Frobnicate {x}"), "Frobnicate {x}"),
    ],
)
def test_a_key_has_a_phrase_where_its_name_does_not_say_it(binding: Binding, en: str) -> None:
    assert key_phrase(binding, "en") == en
    assert (key_phrase(binding, "zh") == en) is en.startswith("Frob")


def test_textuals_own_read_in_english_as_textual_says_them() -> None:
    app = App[None]()
    names = [binding.description for _, binding in app._bindings]
    commands = [
        ("Theme", "Change the current theme"),
        ("Quit", "Quit the application as soon as possible"),
        ("Screenshot", "Save an SVG 'screenshot' of the current screen"),
    ]
    for said in [*names, *(word for command in commands for word in command)]:
        assert action_name(said, "en") == said
    assert [word for command in commands for word in command if action_name(word, "zh") == word] == []
    ours = [found for id, found in room("ui").items() if id.startswith("ui.textual.")]
    assert all(isinstance(found, Words) and action_name(found.en, "en") == found.en for found in ours)


def test_what_was_raised_is_said_in_the_readers_language() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "/x/journal")
    assert (worded(full, "en"), worded(full, "zh")) == (
        "/x/journal: No space left on device.",
        "/x/journal：磁盘已满。",
    )
    assert [str(reason(full)), worded(OSError("as it is"), "zh"), worded(ValueError("odd"), "zh")] == [
        "No space left on device",
        "as it is",
        "odd",
    ]
    error = UserError(tell("ui.done.buried"))
    assert worded(error, "zh") == text("ui.done.buried", "zh") and reason(error) == error.sentence
    assert worded("plain", "zh") == "plain" and worded(tell("ui.done.buried"), "en").startswith("Buried")


def test_a_part_of_a_text_is_marked() -> None:
    said = marked("新卡 12", 12, "bold", "dim")
    assert said.plain == "新卡 12" and [(span.start, span.end, span.style) for span in said.spans] == [
        (0, 3, "dim"),
        (3, 5, "bold"),
    ]
    assert marked("none here", 7, "bold").plain == "none here"
