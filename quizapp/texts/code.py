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
    "code.first_grades": Words("The first {submit} grades", "以第一次 {submit} 的结果评分"),
    "code.pass_counts": Words("A pass is {grade} now", "通过则评“{grade}”"),
    "code.hint_grades": Words("{key}: hint (grade: {grade})", "{key} 提示（看了算“{grade}”）"),
    "code.hint_key": Words("{key}: hint", "{key} 提示"),
    "code.reference_key": Words("{key}: reference", "{key} 参考答案"),
    "code.still_counts": Words(
        "Not judged yet: mend it, then {submit}. After a slip a pass is {grade}.",
        "这次不算，改好再按 {submit}。有过笔误，通过后评“{grade}”。",
    ),
    "code.draft": Words("your draft of {day}", "你 {day} 的草稿"),
    "code.how_to_order": Words(
        "{take} takes a line up and puts it down, ↑↓ move it; {submit} checks.",
        "按 {take} 拿起或放下一行，↑↓ 移动；按 {submit} 检查。",
    ),
    "code.wrong_lines": Plural(
        "One of the {of} lines is wrong: take it up, {end} puts it below the bar.",
        "{n} of the {of} lines are wrong: take them up, {end} puts them below the bar.",
        "{of} 行里有 {n} 行是错的：拿起后按 {end} 放到横线下面。",
    ),
    "code.stand_wrong": Plural(
        "One of {of} lines stands wrong (✗): move it, then {submit}.",
        "{n} of {of} lines stand wrong (✗): move them, then {submit}.",
        "{of} 行里有 {n} 行位置不对（✗）：移好后再按 {submit}。",
    ),
    "code.too_many": Plural(
        "One too many is above the bar: take it up, {end} puts it below.",
        "{n} too many are above the bar: take them up, {end} puts them below.",
        "横线上面多了 {n} 行：拿起后按 {end} 放到下面。",
    ),
    "code.too_few": Plural(
        "One that is needed is below the bar.", "{n} that are needed are below the bar.", "横线下面有 {n} 行是要用的。"
    ),
    "code.leave_order": Words("{key}: {grade}, and on to the next card.", "按 {key} 评“{grade}”，继续下一张。"),
    "code.bar_below": Words("↓ the bar: below it, not used", "↓ 横线在下面：线下各行不用"),
    "code.task_goes_on": Words("↓ more: {key}", "↓ 下面还有：{key}"),
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
        "Why is this wrong? No known mistake explains it.", "为什么错？不在收录的典型错误里，请自己对照没通过的用例。"
    ),
    "code.known_parts": Plural(
        "One of the mistakes, seen in a part of what fails:",
        "{n} of the mistakes, each seen in a part of what fails:",
        "有 {n} 个已知错误能解释一部分没通过的用例：",
    ),
    "code.printed": Words("printed:", "输出："),
    "code.no_hint": Words("This card has no hint.", "这张卡片没有提示。"),
    "code.no_more_hints": Words("That was the last hint.", "提示已经全部给出。"),
    "code.hint": Words("Hint {n} of {of}:", "提示 {n}/{of}："),
    "code.column.own": Words("This time", "这一次"),
    "code.column.reference": Words("Reference", "参考答案"),
    "code.column.earlier": Words("On {day}", "{day}"),
    "code.not_used": Words("below: not used", "以下各行不用"),
    "code.in_order": Words("in order", "顺序正确"),
    "code.mended": Words("In order. Tomorrow you write it again.", "排好了。明天再从空白写起。"),
    "code.to_lines": Words("Read it; then {key}: put its lines in order", "读一遍，再按 {key}，把代码行排好"),
    "code.go_on": Words("{key}: go on; tomorrow you write it again", "按 {key} 继续；明天再从空白写起"),
}
