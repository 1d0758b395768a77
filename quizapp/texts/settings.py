"""What the settings are called and do, and what is wrong with the file that has them."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # What each is called, and what it does, in a line
    "settings.title.language": Words("Language", "语言"),
    "settings.about.language": Words("Of cards and of the app", "卡片和界面的语言"),
    "settings.title.theme": Words("Theme", "主题"),
    "settings.about.theme": Words("The colours", "配色"),
    "settings.title.ascii": Words("ASCII only", "仅用 ASCII"),
    "settings.about.ascii": Words(
        "Borders, bars, marks and charts without special characters", "边框、进度条、标记和图表不用特殊字符"
    ),
    "settings.title.motion": Words("Motion", "动画"),
    "settings.about.motion": Words("Off: nothing glides, slides or blinks", "关：没有滑动、动画和闪烁"),
    "settings.title.minutes_per_day": Words("Minutes a day", "每天学几分钟"),
    "settings.about.minutes_per_day": Words(
        "New cards come as these minutes allow, after the day's reviews", "先复习，剩下的时间够学几张新卡就学几张"
    ),
    "settings.title.new_per_day": Words("New cards a day", "每天新卡"),
    "settings.about.new_per_day": Words(
        "At most so many new cards, however many minutes are left. These often allow fewer: a new card takes about "
        "two, one that asks for code ten",
        "每天最多学几张新卡，时间再多也不超过。时间往往不够学这么多：一张新卡约两分钟，代码卡约十分钟",
    ),
    "settings.title.reviews_per_day": Words("Reviews a day", "每天复习"),
    "settings.about.reviews_per_day": Words(
        "At most so many reviews, of all decks together", "每天最多复习几张，所有题库合计"
    ),
    "settings.title.learn_ahead_minutes": Words("Learn ahead, min", "提前学习（分钟）"),
    "settings.about.learn_ahead_minutes": Words(
        "Minutes before its time that a card may come back when nothing else waits",
        "没有别的卡片时，学习中的卡片最多可提前几分钟出现",
    ),
    "settings.title.rollover": Words("Day begins at, h", "一天从几点开始"),
    "settings.about.rollover": Words("The hour at which a study day begins", "过了这个钟点才算新的一天"),
    "settings.title.retention": Words("Desired retention", "目标保留率"),
    "settings.about.retention": Words(
        "The chance to recall a card when it comes back: higher means more reviews",
        "卡片再次出现时还记得的概率：越高，复习越多",
    ),
    "settings.title.learning_steps": Words("Learning steps, min", "初学间隔（分钟）"),
    "settings.about.learning_steps": Words("Minutes until a new card comes back", "新卡隔几分钟再次出现"),
    "settings.title.relearning_steps": Words("Relearning steps, min", "重学间隔（分钟）"),
    "settings.about.relearning_steps": Words("Minutes until a forgotten card comes back", "忘记的卡片隔几分钟再次出现"),
    "settings.title.confidence": Words("Ask how sure you are", "询问把握程度"),
    "settings.about.confidence": Words(
        "Before the answer shows, 1 to 4 say how sure you are", "看答案之前，先按 1 到 4 表示有多大把握"
    ),
    "settings.title.timer": Words("Timer", "计时"),
    "settings.about.timer": Words("Shows the time that a card takes you", "显示每张卡片所用的时间"),
    "settings.title.predict": Words("Predict", "预测"),
    "settings.about.predict": Words(
        "When a card's experiment is predicted: before its first answer, after it, or not",
        "何时预测实验结果：第一次回答之前、回答之后，或不预测",
    ),
    "settings.title.code_cards": Words("Code cards", "代码卡"),
    "settings.about.code_cards": Words("Off: no card asks you to write code", "关：不出现要写代码的卡片"),
    "settings.title.new_code_per_day": Words("New code cards a day", "每天新代码卡"),
    "settings.about.new_code_per_day": Words(
        "Of the new cards a day at most so many ask for code. Each takes ten of the day's minutes",
        "每天的新卡中最多有几张要写代码。每张占当天的十分钟",
    ),
    "settings.title.code_retention": Words("Retention of code", "代码卡目标保留率"),
    "settings.about.code_retention": Words(
        "The chance to pass a code card when it comes back: it takes minutes, so lower than of others",
        "代码卡再次出现时还能写对的概率：写一次要几分钟，所以比其他卡片低",
    ),
    "settings.title.study_after": Words("Study after", "学习时机"),
    "settings.about.study_after": Words(
        "What you have just done each day when you begin to study: the end of a sitting says so of tomorrow",
        "每天做完什么之后开始学习；每次学完会提醒你，明天也在这时候学",
    ),
    "settings.title.interview": Words("Interview", "面试日期"),
    "settings.about.interview": Words("The day to be ready by", "学习计划会排到这一天"),
    "settings.title.examiner_address": Words("Examiner at", "考官地址"),
    "settings.about.examiner_address": Words(
        "A language model that listens to typed answers: an OpenAI-compatible address, http://localhost:11434/v1",
        "用来评判书面回答的语言模型：填兼容 OpenAI 的地址，如 http://localhost:11434/v1",
    ),
    "settings.title.examiner_model": Words("Examiner's model", "考官模型"),
    "settings.about.examiner_model": Words("The model's name there", "这个地址上的模型名"),
    "settings.title.examiner_key": Words("Examiner's key", "考官密钥"),
    "settings.about.examiner_key": Words(
        "Where the key is, never the key: env:NAME for an environment variable, keyring:NAME, or nothing",
        "填密钥存放在哪里，不填密钥本身：env:NAME（环境变量）或 keyring:NAME（钥匙串），也可留空",
    ),
    "settings.title.keys": Words("Keys", "按键"),
    "settings.about.keys": Words("Other keys for what the app does", "更改按键"),
    # What a choice may be
    "settings.is.auto": Words("as your system has it", "跟随系统"),
    "settings.is.en": Words("English", "英文"),
    "settings.is.zh": Words("Chinese", "中文"),
    "settings.is.both": Words("English and Chinese", "双语"),
    "settings.is.first": Words("before the first answer", "第一次回答之前"),
    "settings.is.after": Words("after the answer", "回答之后"),
    "settings.is.never": Words("not asked", "不预测"),
    # What one should be
    "settings.unfit": Words("{name} should be {wanted}, but is {given}.", "{name} 应为 {wanted}，现在是 {given}。"),
    "settings.unfit_titled": Words(
        "“{name}” should be {wanted}, but is {given}.", "“{name}”应为 {wanted}，现在是 {given}。"
    ),
    "settings.wants.bool": Words("true or false", "true 或 false"),
    "settings.wants.int": Words("a whole number from {low:g} to {high:g}", "{low:g} 到 {high:g} 的整数"),
    "settings.wants.number": Words("a number from {low:g} to {high:g}", "{low:g} 到 {high:g} 的数"),
    "settings.wants.minutes": Words(
        "a list of minutes such as [1, 10], each up to {high:g}", "分钟数列表，例如 [1, 10]，每个最大 {high:g}"
    ),
    "settings.wants.choice": Words("{choices}", "{choices}"),
    "settings.wants.date": Words("a date such as 2026-12-20", "日期，例如 2026-12-20"),
    "settings.wants.keys": Words(
        "lines such as 'answer.good: g' or 'answer.good: [g, f5]'",
        "'answer.good: g' 或 'answer.good: [g, f5]' 这样的行",
    ),
    "settings.wants.text": Words("a text of at most 80 characters", "不超过 80 个字的文本"),
    "settings.empty": Words("empty", "空的"),
    # What is wrong with the file
    "settings.line": Words("{file}:{line}: {why}", "{file}:{line}：{why}"),
    "settings.and_more": Words("{first} ({n} more lines are wrong.)", "{first}（还有 {n} 行有误。）"),
    "settings.unknown_near": Words(
        "there is no setting {name}. Did you mean {near}?", "没有名为 {name} 的设置。是不是 {near}？"
    ),
    "settings.unknown": Words(
        "there is no setting {name}. Known are {names}.", "没有名为 {name} 的设置。可用的设置有 {names}。"
    ),
    "settings.no_file": Words(
        "{file} cannot be read (it is no file). The defaults hold.", "无法读取 {file}（它不是文件）。使用默认设置。"
    ),
    "settings.too_large": Words(
        "{file} cannot be read (it is larger than {kb} kB). The defaults hold.",
        "无法读取 {file}（它超过 {kb} kB）。使用默认设置。",
    ),
    "settings.unreadable": Words(
        "{file} cannot be read ({why}). The defaults hold until it can.",
        "无法读取 {file}（{why}）。暂时使用默认设置。",
    ),
    "settings.broken": Words("{place}: {why}. The defaults hold.", "{place}：{why}。使用默认设置。"),
    "settings.with_hint": Words("{why} ({hint})", "{why}（{hint}）"),
    "settings.no_lines": Words(
        "{file}: it should hold lines such as 'new_per_day: 20'. The defaults hold.",
        "{file}：里面应当是 'new_per_day: 20' 这样的行。使用默认设置。",
    ),
    "settings.not_changed": Words("{file}: {why}. Change it with an editor.", "{file}：{why}。请用编辑器修改。"),
}
