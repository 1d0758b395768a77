"""The tests' own server says what is true of an answer, so that what is built on it may be looked at."""

from server import asked, judged

TASK = {
    "task": "judge",
    "question": "Why is decoding bound by memory?",
    "points": [
        {"point": 1, "text": "Every token reads all weights."},
        {"point": 2, "text": "Arithmetic units stay idle."},
        {"point": 3, "text": "Batches share the reading."},
    ],
    "answer": "Every step reads all of the weights once per token, so it is always the memory.",
}


def test_it_judges_by_the_words_of_a_point() -> None:
    found = judged(TASK)
    assert [point["verdict"] for point in found["points"]] == ["made", "missed", "missed"]
    assert found["points"][0]["words"] in TASK["answer"] and found["points"][0]["words"]
    assert found["wrong"] == ["so it is always the memory"]
    assert found["better"] == "Say as well: Arithmetic units stay idle."


def test_it_asks_about_what_was_said_until_it_has_asked_all() -> None:
    first = asked(TASK)["question"]
    assert first == "You said: Every step reads all of the weights once per token. Why is that so?"
    follow_ups = [{"question": first, "answer": "It does."}]
    second = asked({**TASK, "follow_ups": follow_ups})["question"]
    assert second == "You said: so it is always the memory. Why is that so?"
    assert asked({**TASK, "follow_ups": [*follow_ups, {"question": second, "answer": ""}]})["question"] == ""


def test_it_judges_chinese_by_pairs_of_characters() -> None:
    task = {"task": "judge", "question": "为什么？", "points": [{"text": "大多数权重用 4 bit。"}, {"text": "混合精度"}]}
    found = judged({**task, "answer": "大多数权重是 4 bit 的。"})
    assert [point["verdict"] for point in found["points"]] == ["made", "missed"]
    assert found["better"] == "还可以说：混合精度"
