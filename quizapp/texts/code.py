"""What is said beside a card that asks for code."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "code.title.writing": Words("Your code", "你的代码"),
    "code.title.done": Words("Your code and the reference", "你的代码与参考答案"),
    "code.title.ordering": Words("Put its lines in order", "把代码行排好"),
    "code.title.untrusted": Words("The exercise", "练习"),
    "code.not_in": Words(
        "{card} names the exercise {name}, which is in none of these folders: {folders}",
        "{card} 指定的练习 {name} 不在这些文件夹中：{folders}",
    ),
    "code.closed": Words(
        "What is written in a browser runs only where 'quizapp serve --allow-code' began it.",
        "浏览器里写的代码，只有用 'quizapp serve --allow-code' 启动时才会运行。",
    ),
    "code.grade_yourself": Words(
        "{why}\n{key} shows the reference; grade it yourself.", "{why}\n按 {key} 显示参考答案，然后自己评分。"
    ),
    "code.what_to_do": Words(
        "The first {submit} grades · {hint}: hint · {answer}: reference",
        "第一次 {submit} 决定评分 · {hint} 提示 · {answer} 参考答案",
    ),
    "code.still_counts": Words(
        "Nothing ran yet: your first run, which grades, is still to come ({submit}).",
        "还没有运行过：第一次运行才决定评分（{submit}）。",
    ),
    "code.draft": Words("Your draft of {day} is here.", "这是你 {day} 写到一半的草稿。"),
    "code.how_to_order": Words(
        "{take} takes a line up and puts it down, ↑↓ move it. Some lines are wrong: leave those below the bar.",
        "{take} 拿起、放下一行，↑↓ 移动。有几行是错的：放到横线下面。",
    ),
    "code.nothing_written": Words("Nothing is written yet.", "还什么都没写。"),
    "code.judging": Words("judging…", "评判中…"),
    "code.not_allowed": Words("not allowed yet", "尚未允许"),
    "code.reads_solution": Words(
        "This exercise did not come with quizapp. Reading it shows its solution; Esc goes back to your code.",
        "这个练习不是 quizapp 自带的。阅读它会看到答案；按 Esc 回到你的代码。",
    ),
    "code.passing": Words("{n} of {of} cases pass", "{of} 个用例中通过 {n} 个"),
    "code.why_wrong": Words(
        "Why is this wrong? Say it to yourself; then {key} names the mistake.",
        "为什么错？先自己说出来，再按 {key} 指出错误。",
    ),
    "code.no_known_mistake": Words(
        "Why is this wrong? No known mistake explains it.", "为什么错？已知的错误都对不上。"
    ),
    "code.known_parts": Plural(
        "One of the mistakes, seen in a part of what fails:",
        "{n} of the mistakes, each seen in a part of what fails:",
        "其中有 {n} 个已知错误，能解释一部分没通过的用例：",
    ),
    "code.printed": Words("printed:", "输出："),
    "code.no_hint": Words("This card has no hint.", "这张卡没有提示。"),
    "code.no_more_hints": Words("That was the last hint.", "提示已经全部给出。"),
    "code.hint": Words("Hint {n} of {of}:", "提示 {n}/{of}："),
    "code.column.own": Words("This time", "这一次"),
    "code.column.reference": Words("Reference", "参考答案"),
    "code.column.earlier": Words("On {day}", "{day}"),
    "code.not_used": Words("below: not used", "以下各行不用"),
    "code.in_order": Words("in order", "顺序正确"),
    "code.mended": Words("In order. Tomorrow you write it again.", "排好了。明天再从空白写起。"),
    "code.to_lines": Words("Read it; then {key}: put its lines in order", "读一遍，再按 {key}：把代码行排好"),
    "code.go_on": Words("{key}: go on; tomorrow you write it again", "{key}：继续；明天再从空白写起"),
}
