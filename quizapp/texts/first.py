"""What the first session asks and says: its form, and its coach."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "first.title": Words("The first twelve minutes", "十二分钟上手"),
    "first.welcome": Plural(
        "What interviews ask about making models small and fast (distillation, quantization, pruning, serving), asked "
        "again before you forget; decks of your own can be added. Below are three questions (Enter passes one by), "
        "then comes {n} card.",
        "What interviews ask about making models small and fast (distillation, quantization, pruning, serving), asked "
        "again before you forget; decks of your own can be added. Below are three questions (Enter passes one by), "
        "then come {n} cards that belong together.",
        "这里练的是模型压缩与加速的面试题：蒸馏、量化、剪枝、推理部署；快忘的时候会再问；"
        "也可以加入自己的题库。先填下面三项（按 Enter 跳过）；然后学一组卡片（{n} 张）。",
    ),
    "first.welcome_plain": Words(
        "It asks what interviews ask, and asks again before you forget. Below are three questions (Enter passes one "
        "by), then come the first cards.",
        "面试会问的，这里先问；快忘的时候，会再问。先填下面三项（按 Enter 跳过）；然后开始学卡片。",
    ),
    "first.welcome_again": Plural(
        "You have taken the first session. It asks its {n} card once more, for practice: when it comes back stays as "
        "it is.",
        "You have taken the first session. It asks its {n} cards once more, for practice: when they come back stays as "
        "it is.",
        "你已经完成首次学习。这次把那 {n} 张卡片再练一遍，不影响复习计划。",
    ),
    "first.a_card": Words(
        "A card: a question, your answer, its points to tick, a grade that says when it comes back.",
        "每张卡片：看题、作答、勾选答到的要点、评分；评分决定它多久后再出现。",
    ),
    "first.way_out": Words(
        "Esc leaves it at any time; on the home screen {key} leads back.",
        "随时可以按 Esc 离开；在主页按 {key} 再回来。",
    ),
    "first.interview": Words("Your interview is on", "面试日期"),
    "first.interview.about": Words(
        "The day to be ready by: the plan leads up to it. Not set yet? Enter.",
        "学习计划会排到这一天。还没定就直接按 Enter。",
    ),
    "first.minutes_per_day": Words("Minutes a day", "每天学几分钟"),
    "first.minutes_per_day.about": Words(
        "Cards that come back are asked first; new ones fill the minutes that are left.",
        "先复习到期的卡片，剩下的时间再学新卡。",
    ),
    "first.study_after": Words("I study each day after", "每天做完什么之后学习"),
    "first.study_after.about": Words(
        "A fixed moment works better than a good intention: after coffee, after the train.",
        "固定在某件事之后学，比“有空就学”管用得多：例如喝完咖啡、下了地铁。",
    ),
    "first.coffee": Words("coffee", "喝完咖啡"),
    "first.such_as": Words("such as {it}", "例如 {it}"),
    "first.begin": Words("Begin", "开始"),
    "first.begin.about": Words(
        "Each grade is kept as soon as it is given: leave whenever you like.", "每次评分都会立即保存，随时可以离开。"
    ),
    "first.offer": Words("First time? {key} begins the first twelve minutes.", "第一次使用？按 {key}，十二分钟上手。"),
    "first.go_on": Words("the first session, from card {at} on", "首次学习，从第 {at} 张卡片起"),
    # The coach: a line where something is new
    "first.think": Words(
        "Answer aloud or in your head, as far as it goes; then {key}. The time at the right is no limit.",
        "先出声或在心里回答，能答多少算多少；再按 {key} 看答案。右上角的时间只供参考，超时也不会打断。",
    ),
    "first.tick": Words(
        "Tick what you had: {letters}, or {none} for none; without the core it is again. {key} then takes the grade.",
        "答到了哪几点就按 {letters} 勾选，都没有就按 {none}；没答到“核心”就要重来。再按 {key} 采用评分。",
    ),
    "first.grade": Words(
        "Judged: {key} takes the marked grade. Each says when the card comes back.",
        "已自动判分：按 {key} 采用建议的评分。每个评分旁写着卡片多久后再出现。",
    ),
    "first.unmarked": Words(
        "Not answered, so nothing is judged: give a grade, {letters}. Each says when the card comes back.",
        "没有作答，不判对错：请按 {letters} 自己评分。每个评分旁写着卡片多久后再出现。",
    ),
    "first.pick": Words(
        "Pick all that are right with {letters}; then {key}.", "按 {letters} 选出所有正确的，再按 {key}。"
    ),
    "first.order": Words("Put the lines in order with {letters}; then {key}.", "按 {letters} 把各行排好，再按 {key}。"),
    "first.type": Words("Type the answer, then Enter.", "输入答案，再按 Enter。"),
    "first.code": Words("Write it on the page, then Ctrl+S.", "在代码页里写，再按 Ctrl+S。"),
    "first.predict": Words(
        "First guess what is measured: {key}, and it runs. The card's question comes after that.",
        "先猜实测结果：按 {key}，猜完就运行；卡片上的问题之后再答。",
    ),
    "first.predicted": Words(
        "Measured. Now the card's own question: answer it aloud or in your head, then {key}.",
        "测完了。现在回答卡片上的问题：出声或在心里答，再按 {key}。",
    ),
    "first.typing": Words("Type it, as far as it goes; then {key}.", "能写多少写多少，然后按 {key}。"),
    "first.again": Words(
        "Once more, after what the others said: how much of it comes now?",
        "看过后面几张之后再答一次：现在能答出多少？",
    ),
    "first.at_the_end": Words("at the end of this session", "本次学习结束前"),
    "first.ends_with": Words(
        "The first card once more, whatever its grade.",
        "第一张不管刚才怎么评的，都再答一次。",
    ),
    "first.was_again": Words(
        "You graded it Again: so it comes once more in this session.", "刚才评了“重来”，所以这次再答一遍。"
    ),
    # Its end
    "first.done": Plural(
        "First session done: {seen} of {n} card.",
        "First session done: {seen} of {n} cards.",
        "首次学习完成：{seen} / {n} 张。",
    ),
    "first.next": Words(
        "That is how it works; ? tells the keys of every screen.", "基本操作就是这些；在任何界面按 ? 都能看到按键。"
    ),
    "first.today": Words("Today: {left}. Enter on the home screen goes on.", "今天{left}，在主页按 Enter 就能接着学。"),
}
