"""What `quizapp check` says: its advice on cards, and what it counts. Ids ending in `.do` say what to do."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # Advice
    "check.no_why": Words(
        "no `why`: an explanation teaches more than the answer alone", "没有 `why`：解释比只有答案更有帮助"
    ),
    "check.no_why.do": Words("write `why:`", "请写 `why:`"),
    "check.many_points": Words("{n} points are more than one recalls at once", "{n} 个要点太多，很难一次想起"),
    "check.many_points.do": Words(
        "split the card, so that each has at most {most}", "请拆分这张卡片，每张最多 {most} 个"
    ),
    "check.listed_answer": Words(
        "the answer is a list of {n}: hard to recall, and to grade", "答案是 {n} 项的列表：不易回忆，也不易评分"
    ),
    "check.listed_answer.do": Words(
        "write `points:` to tick, or split the card", "请写可勾选的 `points:`，或拆分这张卡片"
    ),
    "check.missing_language": Words(
        "`{language}` is missing; the deck has both languages elsewhere", "缺少 `{language}`；题库的其他地方有两种语言"
    ),
    "check.dead_link": Words("there is no card `{name}`", "没有卡片 `{name}`"),
    "check.dead_link.do": Words("write the id of a card, or deck/id", "请写卡片的 id，或 题库/id"),
    "check.dead_link_to_deck.do": Words(
        "if it is in a deck that was not read now, check that one with this",
        "如果它在这次没有读取的题库里，请把那个题库一起检查",
    ),
    "check.own_link": Words("`{name}` is this card itself", "`{name}` 就是这张卡片自己"),
    "check.remove": Words("remove it", "请去掉它"),
    "check.living_name": Words(
        "`{key}` is a card of its own, and keeps its history", "`{key}` 本身是一张卡片，学习记录归它"
    ),
    "check.claimed_name": Words(
        "the card on line {line} was `{key}` already", "第 {line} 行的卡片已经声明自己以前叫 `{key}`"
    ),
    "check.claimed_name.do": Words("remove one of them", "请去掉其中一个"),
    "check.same_question": Words("asks the same as `{id}` on line {line}", "与第 {line} 行的 `{id}` 问的相同"),
    "check.same_question_elsewhere": Words("asks the same as `{key}`", "与 `{key}` 问的相同"),
    "check.same_question.do": Words("remove one, or ask something else", "请去掉一张，或换个问题"),
    "check.ring": Words("comes after itself: {trace}", "绕了一圈回到自己：{trace}"),
    "check.ring.do": Words("leave one `after` of them out", "请去掉其中一个 `after`"),
    "check.telling_choice": Words(
        "the right choice is by far the longest, and gives itself away", "正确的选项明显最长，一眼就能看出来"
    ),
    "check.telling_choice.do": Words("even them out", "请让各项长短相近"),
    "check.choice_without_why": Words("this wrong choice does not say why it is wrong", "这个错误选项没有说明为什么错"),
    "check.choice_without_why.do": Words("write its `why:`", "请写上它的 `why:`"),
    "check.no_choice_holds": Words(
        "no choice holds for a measure from {low:g} to {high:g}", "指标在 {low:g} 到 {high:g} 之间时没有选项成立"
    ),
    "check.no_choice_holds.do": Words(
        "let one range end where the next starts", "请让前一个范围的终点就是后一个的起点"
    ),
    "check.hit_asked": Words(
        "`{hit}` stands in the question: typing that back would mark the point",
        "题目里就有 `{hit}`：把题目抄一遍就会标上这个要点",
    ),
    "check.hit_short": Words("`{hit}` is found in many words", "很多词里都有 `{hit}`"),
    "check.hit_torn": Words("`{hit}` is found only where that space is typed", "只有输入了这个空格才能找到 `{hit}`"),
    "check.hit_torn.do": Words("write it without the space", "请去掉空格"),
    "check.other_hit": Words("look for another word, or remove it", "请换一个词，或去掉它"),
    "check.long_gap": Words(
        "gap {number} hides more than three words: few will type it so",
        "第 {number} 个空超过三个词：很少有人会这样输入",
    ),
    "check.long_gap.do": Words("hide the words that matter", "请只挖去关键的词"),
    "check.stray_space": Words(
        "a space stands beside a full-width sign: “{around}”", "全角标点旁边多了一个空格：“{around}”"
    ),
    "check.stray_space.do": Words(
        "break the line elsewhere: YAML makes a space of it", "请在别处换行：YAML 会把换行变成空格"
    ),
    "check.no_media": Words(
        "{name} is not beside the deck, or is not what its name says", "题库旁没有 {name}，或内容与文件名不符"
    ),
    "check.no_media.do": Words("put it into {folder}", "请把它放进 {folder}"),
    "check.no_id": Plural(
        "a card has no `id`: a change of the question would lose its history",
        "{n} cards have no `id`: a change of the question would lose its history",
        "有 {n} 张卡片没有 `id`：改动问题会丢失学习记录",
    ),
    "check.no_id.do": Words("`quizapp check --fix` writes it", "`quizapp check --fix` 会写上"),
    "check.lost_text": Words(
        "`{lost}` is a comment to YAML, not a part of the text", "`{lost}` 在 YAML 中是注释，不属于文本"
    ),
    "check.lost_text.do": Words(
        "put the text in quotes, or two spaces before a comment", "请给文本加引号；如果是注释，前面请空两格"
    ),
    "check.and_so_on": Words(
        "{message}; and so on: this is said {most} times of a deck",
        "{message}；同类的不再列出：每个题库最多说 {most} 次",
    ),
    # Demos
    "check.no_demo": Words("there is no demo {name}", "没有实验 {name}"),
    "check.no_demo_but": Words("there is no demo {name}; did you mean {near}?", "没有实验 {name}；是不是 {near}？"),
    "check.stray_demo": Words("no card of the decks beside it runs this demo", "旁边的题库里没有卡片用到这个实验"),
    "check.stray_demo.do": Words(
        "give a card `demo: {{run: {name}}}`, or move it", "请给一张卡片写上 `demo: {{run: {name}}}`，或把它移走"
    ),
    # Exercises
    "check.no_exercise": Words("there is no exercise {name}", "没有练习 {name}"),
    "check.no_such.cases": Words("the exercise has no case `{name}`", "这个练习没有用例 `{name}`"),
    "check.no_such.traps": Words("the exercise has no trap `{name}`", "这个练习没有错误解法 `{name}`"),
    "check.without_words.cases": Words(
        "nothing says what the case `{name}` of the exercise tries", "没有说明练习的用例 `{name}` 检验什么"
    ),
    "check.without_words.traps": Words(
        "nothing says what is wrong with the trap `{name}` of the exercise", "没有说明练习的错误解法 `{name}` 错在哪里"
    ),
    "check.without_words.do": Words("write it in words, below its name", "请在它的名称下用文字写明"),
    # The command
    "check.error": Words("{file}{at}: error: {message}", "{file}{at}：错误：{message}"),
    "check.warning": Words("{file}{at}: warning: {message}", "{file}{at}：警告：{message}"),
    "check.where": Words("{where}: {message}", "{where}：{message}"),
    "check.more_alike": Words("{n} more (--json lists them): {message}", "还有 {n} 处（--json 会列出）：{message}"),
    "check.ids_written": Plural("{file}: {n} id is written", "{file}: {n} ids are written", "{file}：已写入 {n} 个 id"),
    "check.not_fixed": Words("{file}: {message}. It stays as it was.", "{file}：{message}。文件保持原样。"),
    "check.not_fixed_but": Words(
        "{file}: {message} ({hint}). It stays as it was.", "{file}：{message}（{hint}）。文件保持原样。"
    ),
    "check.summary": Words("{decks}, {cards}: {errors}, {warnings}", "{decks}，{cards}：{errors}，{warnings}"),
    "check.decks": Plural("{n} deck", "{n} decks", "{n} 个题库"),
    "check.errors": Plural("{n} error", "{n} errors", "{n} 个错误"),
    "check.warnings": Plural("{n} warning", "{n} warnings", "{n} 个警告"),
    "check.unfilled": Words(
        "`{text}` is filled only in a card that varies", "`{text}` 只有在写了 vary 的卡片里才会替换"
    ),
}
