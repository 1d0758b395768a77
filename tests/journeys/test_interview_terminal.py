"""A mock interview in a real terminal (tmux), at 80x24, in Chinese: closed in the middle, resumed, reported."""

import shutil
import sys
import time
from pathlib import Path

import pytest
from test_terminal import Tmux

from quizapp.paths import Home

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
DECK = """
title: {en: Talk, zh: 谈话}
cards:
  - id: top
    tags: [start]
    q: {en: What is frozen?, zh: 蒸馏时什么不变？}
    a: {en: The teacher., zh: 教师网络不变，只训练学生网络。}
    points: [{en: the teacher stays, zh: 教师不变, hit: [教师]}, {en: the student learns, zh: 学生在学, hit: [学生]}]
    follow_ups: [deeper]
  - id: deeper
    seconds: 1
    q: {en: Why soft labels?, zh: 为什么用软标签？}
    a: {en: They say more., zh: 它们说得更多。}
    points: [{en: similarity, zh: 类间相似, hit: [相似]}]
"""


def test_an_interview_in_chinese_is_closed_resumed_marked_and_written_down(home: Home, tmp_path: Path) -> None:
    deck = tmp_path / "talk.yaml"
    deck.write_text(DECK, encoding="utf-8")
    run = f"{sys.executable} -m quizapp.cli --home {home.root}"
    terminal = Tmux((80, 24), f"{run} interview --decks {deck} --tag start -n 2 --seed 1 --typed", "LC_ALL=zh_CN.UTF-8")
    try:
        shown = terminal.wait("总用时")
        assert "蒸馏时什么不变" in shown and "教师" not in shown
        terminal.press("-l", "教师网络不变")
        terminal.wait("教师网络不变")
        terminal.press("C-s")
        terminal.wait("3 比较确定")
        terminal.press("3")
        shown = terminal.wait("已提到")
        assert "第 1 / 2 题 · 评分" in shown and "把握 75%" in shown and "只训练学生网络" not in shown
        assert all(len(line) <= 80 for line in shown.splitlines())
        terminal.press("b")
        terminal.wait("[x] b")
        terminal.wait("▸1 重来")  # without the core point it was not known
        terminal.press("Space")
        terminal.wait("为什么用软标签")
        terminal.wait("+0:0")  # over its second
        assert "追问" in terminal.screen().splitlines()[0]
        terminal.press("-l", "类间")
        kept(home, '"类间"')
    finally:
        terminal.close()
    terminal = Tmux((80, 24), f"{run} {deck}", "LC_ALL=zh_CN.UTF-8")
    try:
        terminal.wait("谈话")
        terminal.press("i")
        terminal.wait("中断于第 2 题")
        terminal.press("i")
        terminal.wait("类间")
        terminal.press("-l", "相似")
        terminal.wait("类间相似")
        terminal.press("C-s")
        terminal.wait("1 猜的")
        terminal.press("1")
        terminal.wait("第 2 / 2 题 · 评分")
        terminal.press("a")
        terminal.wait("▸2 困难")  # all of it, and over its time
        terminal.press("Space")
        shown = terminal.wait("回看 1 / 2")
        assert "明天和一周后会再问" in shown and "只训练学生网络" in shown
        terminal.press("Space")
        terminal.wait("回看 2 / 2")
        terminal.press("Space")
        shown = terminal.wait("有把握却答错")
        assert "2 道题" in shown and "2/3（67%）" in shown and "1 个回答已计入复习" in shown
        terminal.press("w")
        terminal.wait("已导出")
        terminal.press("Enter")
        terminal.wait("谈话")
        terminal.press("q")
        terminal.wait("ENDED 0")
    finally:
        terminal.close()
    (report,) = home.interviews.glob("*.md")
    text = report.read_text(encoding="utf-8")
    assert text.startswith("# 模拟面试，2") and "> 类间相似" in text and "- [ ] 教师不变" in text
    journal = "".join(path.read_text(encoding="utf-8") for path in (home.root / "journal").glob("*.jsonl"))
    assert journal.count('"type":"reviewed"') == 1 and '"confidence":75' in journal


def kept(home: Home, text: str) -> None:
    """Wait until the interview's file has `text`."""
    end = time.monotonic() + 20
    while not any(text in path.read_text(encoding="utf-8") for path in home.interviews.glob("*.json")):
        assert time.monotonic() < end, "it was not kept"
        time.sleep(0.05)
