"""What each screen says of its own, a block a screen."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "screens.home.today": Words("Today", "今天"),
    "screens.home.decks": Words("Decks", "题库"),
    "screens.home.due": Words("due", "待复习"),
    "screens.home.new": Words("new", "新卡"),
    "screens.home.later": Words(
        "· new on another day; {key} begins once nothing waits",
        "“·”：今天不学新卡；今天的卡片学完后，按 {key} 可以提前学",
    ),
    "screens.home.seen": Words("seen", "已学"),
    "screens.home.recall": Words("recall", "回忆概率"),
    "screens.home.recall_when": Words("not yet", "明天才有"),
    "screens.home.to_go": Plural("{n} card to go", "{n} cards to go", "还要学 {n} 张"),
    "screens.home.all_again": Plural("{n} card comes once more", "{n} cards come once more", "还有 {n} 张要再答"),
    "screens.home.code": Words(" ({n} code)", "（{n} 张写代码）"),
    "screens.home.once_more": Plural(", {n} comes once more", ", {n} come once more", "，另有 {n} 张要再答"),
    "screens.home.from_one": Words(" (at {at})", "（{at} 起）"),
    "screens.home.from_several": Words(" (from {at})", "（{at} 起）"),
    "screens.home.still": Words("{time} · until {until} still {day}", "{time} · {until} 前仍算 {day}"),
    "screens.home.too_few": Words(
        "What you will recall that day: told once {least} cards were asked ({n} so far).",
        "当天记得多少：学满 {least} 张卡片才能估计（已学 {n} 张）。",
    ),
    "screens.home.about": Words("about {n} min", "约 {n} 分钟"),
    "screens.home.in_a_row": Words("{n} days in a row", "连续 {n} 天"),
    "screens.home.week": Words("{share} recalled this week", "本周复习时记得 {share}"),
    "screens.home.interview": Words("Interview", "面试"),
    "screens.home.interview_on": Words("Interview on {day} {month}", "{month} {day} 日面试"),
    "screens.home.month.1": Words("January", "1 月"),
    "screens.home.month.2": Words("February", "2 月"),
    "screens.home.month.3": Words("March", "3 月"),
    "screens.home.month.4": Words("April", "4 月"),
    "screens.home.month.5": Words("May", "5 月"),
    "screens.home.month.6": Words("June", "6 月"),
    "screens.home.month.7": Words("July", "7 月"),
    "screens.home.month.8": Words("August", "8 月"),
    "screens.home.month.9": Words("September", "9 月"),
    "screens.home.month.10": Words("October", "10 月"),
    "screens.home.month.11": Words("November", "11 月"),
    "screens.home.month.12": Words("December", "12 月"),
    "screens.home.day_itself": Words("today", "就是今天"),
    "screens.home.tomorrow": Words("tomorrow", "就在明天"),
    "screens.home.in_days": Words("in {n} days", "还有 {n} 天"),
    "screens.home.no_date": Words(
        "When is it? {key} sets the date and makes a plan.", "面试是哪天？按 {key} 设定日期并制订计划。"
    ),
    "screens.home.over": Words(
        "It was on {day}. {key} sets the next date.", "{day} 的面试已经过去。按 {key} 设定下一次的日期。"
    ),
    "screens.home.expected": Words("with the plan you will recall that day", "按计划复习，当天预计记得"),
    "screens.home.that_day": Words("recall with plan: ", "按计划，当天记得："),
    "screens.home.core": Words("essentials", "必问卡片"),
    "screens.home.core_is": Words("essentials (most asked)", "必问卡片"),
    "screens.home.all": Words("all cards", "所有卡片"),
    "screens.home.all_left": Words("all ({left} left out)", "全部（{left} 张来不及）"),
    "screens.home.enough": Words(
        "essentials (most asked) need {n} min a day, not {minutes}",
        "要学完必问卡片，每天得 {n} 分钟，现在设的是 {minutes} 分钟",
    ),
    "screens.home.never": Words(
        "not all essentials fit, however many minutes a day", "必问卡片来不及全学，每天学再久也不够"
    ),
    "screens.home.at_pace": Words(
        "{minutes} min a day, {seconds} s an answer", "每天 {minutes} 分钟、每题 {seconds} 秒"
    ),
    "screens.home.half_year": Words("Half a year", "近半年"),
    "screens.home.no_day": Words("Every day that you study fills a square here.", "每学一天，这里就点亮一格。"),
    "screens.home.go_on": Words("Go on with", "接着做"),
    "screens.home.interrupted": Words("mock interview, question {at} of {of}", "模拟面试，第 {at} / {of} 题"),
    "screens.home.to_look_at": Words(
        "mock interview, to look at again from {at} of {of}", "模拟面试，从第 {at} / {of} 题开始回看"
    ),
    "screens.home.more": Words(" {key} begins {n} more.", "按 {key} 可以再学 {n} 张。"),
    "screens.home.interview_due": Words("a mock interview is due", "该做一次模拟面试了"),
    "screens.home.and_more": Words("{said} (and {n} more)", "{said}（另有 {n} 处）"),
    "screens.home.nothing_left": Words(
        "Nothing was left halfway. {interview} is a mock interview, {quiz} a quick quiz.",
        "没有要接着做的事。按 {interview} 做模拟面试，按 {quiz} 做快速测验。",
    ),
    "screens.home.no_deck": Words(
        "No deck was found. Begin one with {key}, or put one into {folder}.",
        "没有找到题库。按 {key} 新建，或把题库文件放进 {folder}。",
    ),
    # Studying
    "screens.study.new": Words("{n} new", "新卡 {n}"),
    "screens.study.due": Words("{n} due", "待复习 {n}"),
    "screens.study.done": Words("{done} of {of} done", "已完成 {done} / {of}"),
    "screens.study.once_more_here": Words(", {n} once more", "，{n} 张要再答"),
    "screens.study.clock": Words("{took} of {of}", "{took} / {of}"),
    "screens.study.saved": Words("Last card: {grade}, back {wait}", "上一张：{grade}，{wait}再出现"),
    "screens.study.saved_grade": Words("Last card: {grade}", "上一张：{grade}"),
    "screens.study.fresh": Words(
        "The numbers in this question may be others next time.", "这道题里的数字下次可能不同。"
    ),
    "screens.study.saved_same": Words(
        "Last time: {grade}, back {wait}; nothing else waits, so now",
        "上次：{grade}，{wait}再出现；没有别的卡片了，现在就再答一次",
    ),
    "screens.study.saved_missed": Words(
        "Last card: {grade}, back {wait}; what was missed once more today",
        "上一张：{grade}，{wait}再出现；漏掉的要点今天再想一次",
    ),
    "screens.study.once_more": Words(
        "Once more, for what you missed today. It is not graded.", "漏掉的要点，今天再想一次。这次不评分。"
    ),
    "screens.study.go_on": Words("{key}: go on", "按 {key} 继续"),
    "screens.study.offered": Words("{saved}   {key}: experiment", "{saved}   按 {key} 预测实验结果"),
    "screens.study.esc_then": Words("Esc, then {key}", "Esc，再按 {key}"),
    "screens.study.tick_first": Words(
        "First tick what you had: {letters}, or {none} for none.", "先勾选答到的要点：{letters}；都没有就按 {none}。"
    ),
    "screens.study.counts_first": Words(
        "First say whether it counts: {yes} or {no}.", "先判断算不算答对：按 {yes} 或 {no}。"
    ),
    "screens.study.answer_first": Words(
        "{first} to {last} grade once the answer shows.", "先看答案，再按 {first}–{last} 评分。"
    ),
    "screens.study.no_undo": Words(
        "Nothing was done in this sitting yet; what was graded before stays.",
        "这一轮还没有可撤销的操作；之前的评分不变。",
    ),
    "screens.study.not_graded": Words(
        "Not graded yet: {key} takes the marked grade, {first} to {last} give one. Esc again leaves it ungraded.",
        "还没有评分：按 {key} 采用建议的评分，或按 {first}–{last} 自己评。再按一次 Esc 就直接离开，不评分。",
    ),
    "screens.study.grade_it": Words(
        "Not answered, so no grade is marked: give one, {first} to {last}.",
        "没有作答，所以没有建议的评分：请按 {first}–{last} 自己评。",
    ),
    "screens.study.experiment_first": Words("▶ experiment: predict it first  {key}", "▶ 实验：先预测结果  {key}"),
    "screens.study.no_number": Words(
        "Not one number: write one, such as 3.88, or empty the line to leave it out.",
        "这不是一个数：请写一个数（例如 3.88）；不想答就清空。",
    ),
    "screens.study.lay_all": Words(
        "{n} have no place yet: give them one, or take all back with {key} to go on.",
        "还有 {n} 行没有排：请排完，或按 {key} 全部收回后继续。",
    ),
    "screens.study.too_early": Words("The experiment comes after the answer.", "看过答案才能做实验。"),
    "screens.study.predict_first": Words(
        "The experiment comes after the answer; {key} predicts it before.", "看过答案才能做实验；按 {key} 可以先预测。"
    ),
    "screens.study.leads_back": Words(
        "Esc leads back to the card; {key} too, once it has run.", "按 Esc 回到卡片；运行完按 {key} 也可以。"
    ),
    "screens.study.both_lead_back": Words("Esc or {key} leads back to the card.", "按 Esc 或 {key} 回到卡片。"),
    "screens.study.your_answer": Words("Your answer", "你的回答"),
    "screens.study.type_here": Words("Type it, then Enter", "输入后按 Enter"),
    "screens.study.how_sure": Words("How sure?", "有多大把握？"),
    "screens.study.graded_elsewhere": Words(
        "This card was graded elsewhere just now: the buttons show what holds since.",
        "这张卡片刚刚在别处评过分：按钮上是新的间隔。",
    ),
    "screens.summary.title": Words("In this sitting", "本次学习"),
    "screens.summary.nothing": Words("Nothing was graded.", "这次一张也没有评分。"),
    "screens.summary.not_yet": Words("Nothing waits just now.", "现在没有待学的卡片。"),
    "screens.summary.took": Plural("{n} card · {time}", "{n} cards · {time}", "{n} 张 · {time}"),
    "screens.summary.average": Words("A card took on average", "平均每张用时"),
    "screens.summary.retention": Words("Recalled when due", "到期时还记得"),
    "screens.summary.recalled": Words("{share} ({recalled}/{asked})", "{share}（{recalled}/{asked}）"),
    "screens.summary.predictions": Words("Predictions", "预测"),
    "screens.summary.right": Words("{right}/{asked} right", "猜对 {right} / {asked} 次"),
    "screens.summary.hard": Words("This was hard", "较难的卡片"),
    "screens.summary.coming": Words("What comes", "接下来"),
    "screens.summary.left": Words("{left}. {key} studies on.", "{left}，按 {key} 接着学。"),
    "screens.summary.left_later": Words(
        "Done for now. {left}. {key} asks without waiting.", "暂时学完了。{left}，按 {key} 现在就答，不用等。"
    ),
    "screens.summary.in_deck": Words("In this deck: {said}", "这个题库{said}"),
    "screens.summary.of_these": Words("Of these cards: {said}", "这些卡片{said}"),
    "screens.summary.others": Plural(
        "{n} other card to go today.", "{n} other cards to go today.", "今天还有 {n} 张其他卡片要学。"
    ),
    "screens.summary.in_all": Words("{when}, in all decks", "{when}（所有题库）"),
    "screens.summary.tomorrow": Words("Tomorrow", "明天"),
    "screens.summary.tomorrow_after": Words("Tomorrow after {cue}", "明天{cue}之后"),
    "screens.summary.comes_back": Words(
        "{when}: {cards} to review, {new}; about {minutes} min",
        "{when}：复习 {cards}，{new}，约 {minutes} 分钟",
    ),
    "screens.summary.only_new": Words("{when}: {new}", "{when}：{new}"),
    "screens.summary.new": Words("about {n} new", "新卡约 {n} 张"),
    "screens.summary.ahead_new": Plural(
        "{limit} {key} begins {n} more, about {minutes} min.",
        "{limit} {key} begins {n} more, about {minutes} min.",
        "{limit}还想学就按 {key}，再学 {n} 张新卡，约 {minutes} 分钟。",
    ),
    "screens.summary.ahead_seen": Plural(
        "{key} asks the card likeliest forgotten before it is due.",
        "{key} asks the {n} cards likeliest forgotten before they are due.",
        "还想学就按 {key}，提前复习最可能忘记的 {n} 张。",
    ),
    # Browsing
    "screens.browse.one_gap": Words(
        "{n} of {of}: one gap of each text at a time.", "列出 {of} 张，这次考 {n} 张：每段话一次只考一个空。"
    ),
    "screens.browse.not_crammed": Words(
        "{n} of {of} are asked: one gap of each text, and no code.",
        "列出 {of} 张，这次考 {n} 张：每段话只考一个空，不考代码。",
    ),
    "screens.browse.ask_many": Words(
        "Ask all {n:,} cards that are listed, one after the other? A search ({key}) narrows them down.",
        "要一次过完列出的 {n:,} 张卡片吗？按 {key} 搜索可以缩小范围。",
    ),
    "screens.browse.changed": Words("{said} {key}: undo", "{said}按 {key} 撤销。"),
    "screens.browse.stale": Words(
        "This is the card as it was read last; its file cannot be read here now. {fault}\n{key}: open the editor there",
        "这是上次读到的卡片，文件里的这一处现在读不出来。{fault}\n按 {key} 在编辑器中打开这一处",
    ),
    "screens.browse.count": Plural("{n:,} card · {order}", "{n:,} cards · {order}", "{n:,} 张卡片 · {order}"),
    "screens.browse.seen": Words(
        "{seen} of these {of} seen · this one: {deck}", "这 {of} 张中已学 {seen} 张 · 当前卡片属于“{deck}”"
    ),
    "screens.browse.no_filter": Words("{field} is none of {filters}", "没有 {field} 这项，可用的有 {filters}"),
    "screens.browse.no_filter_near": Words(
        "{field} is no filter. Did you mean {near}", "没有 {field} 这项，你是不是想用 {near}"
    ),
    "screens.browse.by_match": Words("best first", "最相关的在前"),
    "screens.browse.none_here": Plural(
        "No card here is like that; {n} is without the filter.",
        "No card here is like that; {n} are without the filter.",
        "没有符合条件的卡片；不加筛选有 {n} 张。",
    ),
    "screens.browse.values": Words("{field} takes {values}", "{field} 可以是 {values}"),
    "screens.browse.by_deck": Words("by deck", "按题库"),
    "screens.browse.by_due": Words("by due", "按到期日"),
    "screens.browse.by_hardest": Words("by hardest", "按难度"),
    "screens.browse.by_lapses": Words("by times forgotten", "按遗忘次数"),
    "screens.browse.by_reviewed": Words("by reviewed", "按最近复习"),
    "screens.browse.no_undo": Words("Nothing was changed here that could be taken back.", "这里没有可撤销的更改。"),
    "screens.browse.not_seen": Words("It was never seen: there is nothing to reset.", "这张卡片还没学过，无需重置。"),
    "screens.browse.ask_reset": Words(
        "Reset this card, as if it had never been seen? Its history is kept.",
        "重置这张卡片，视为从未学过？历史记录会保留。",
    ),
    "screens.ask.title": Words("Sure?", "确定吗？"),
    # A new card
    "screens.add_card.title": Words("Add a card", "添加卡片"),
    "screens.add_card.one": Words("one for both", "一种语言"),
    "screens.add_card.both": Words("English and Chinese", "英文和中文"),
    "screens.add_card.new_deck": Words("a new deck", "新题库"),
    "screens.add_card.here": Words("The card shows here as you type.", "输入时，卡片会显示在这里。"),
    "screens.add_card.not_added": Words("{file}: {why}. The card was not added.", "{file}：{why}。卡片未添加。"),
    "screens.add_card.mine": Words("Mine", "我的题库"),
    "screens.add_card.one_of": Words("Card {at} of {of}", "卡片 {at} / {of}"),
    "screens.add_card.today": Plural(
        "Added to {deck}. It is asked today, among the new cards.",
        "Added to {deck}: {n} cards, one a gap. They are asked today, among the new cards.",
        "已添加到 {deck}（{n} 张），今天就会作为新卡出现。",
    ),
    "screens.add_card.first": Words(
        "Added to {deck}: {n} cards, one a gap. The first gap is asked today, the others on days to come.",
        "已添加到 {deck}（{n} 张，每个空一张）。今天先考一个空，其余的改日再考。",
    ),
    "screens.add_card.far": Plural(
        "Added to {deck}. It comes on a later day, after others of the deck; in Browse {key} on the card asks it now.",
        "Added to {deck}: {n} cards, one a gap. They come on a later day, after others of the deck; in Browse {key} on "
        "a card asks it now.",
        "已添加到 {deck}（{n} 张）。题库里前面还有别的卡片，改日才轮到；想现在学，就在“浏览”里选中它，按 {key}。",
    ),
    "screens.add_card.later": Plural(
        "Added to {deck}. It comes on a later day, after others of the plan; at home {key} on that deck begins it now.",
        "Added to {deck}: {n} cards, one a gap. They come on a later day, after others of the plan; at home {key} on "
        "that deck begins them now.",
        "已添加到 {deck}（{n} 张）。按计划先学别的卡片，改日才轮到；想现在学，就在主页选中这个题库，按 {key}。",
    ),
    "screens.add_card.sure": Words(
        "Esc again drops this card; {key} adds it.", "再按 Esc 放弃这张卡片；按 {key} 添加。"
    ),
    "screens.add_card.in_both": Words("{field} · English / 中文", "{field} · 英文 / 中文"),
    "screens.add_card.field.q": Words("Question", "问题"),
    "screens.add_card.field.a": Words("Answer (Markdown)", "答案（Markdown）"),
    "screens.add_card.field.points": Words(
        "Points to tick, one a line; the first is the core", "要点，每行一个；第一行是核心要点"
    ),
    "screens.add_card.field.choices": Words(
        "Choices, one a line: * before a right one, :: why", "选项，每行一个：正确的前面加 *，解释前面加 ::"
    ),
    "screens.add_card.field.text": Words(
        "Text, with gaps as {{{{c1::what is hidden}}}}", "正文，挖空处写作 {{{{c1::被隐藏的内容}}}}"
    ),
    "screens.add_card.field.value": Words("The number", "数值"),
    "screens.add_card.field.unit": Words("Unit", "单位"),
    "screens.add_card.field.low": Words("Right from", "正确范围下限"),
    "screens.add_card.field.high": Words("Right up to", "正确范围上限"),
    "screens.add_card.field.traps": Words(
        "Wrong numbers people arrive at, one a line: 7 :: why", "常见的错误数值，每行一个：7 :: 原因"
    ),
    "screens.add_card.field.items": Words("Items in the right order, one a line", "按正确顺序排列的各项，每行一个"),
    "screens.add_card.field.says": Words("The wrong statement", "错误的说法"),
    "screens.add_card.field.book": Words("Who says it", "出处"),
    "screens.add_card.field.question": Words("Where", "位置"),
    "screens.add_card.field.why": Words("Why: the explanation", "为什么（解释）"),
    "screens.add_card.field.refs": Words("References, one a line", "参考文献，每行一个"),
    "screens.add_card.field.tags": Words("Tags, with commas between", "标签，用逗号分开"),
    "screens.add_card.field.deck": Words("Name of the new deck", "新题库的名称"),
    # The rows of the forms for quizzes, interviews and new cards
    "screens.row.kind": Words("Kind", "方式"),
    "screens.row.type": Words("Card type", "类型"),
    "screens.row.languages": Words("Languages", "语言"),
    "screens.row.deck": Words("Deck", "题库"),
    "screens.row.level": Words("Level", "级别"),
    "screens.row.cards": Words("Cards", "数量"),
    "screens.row.questions": Words("Questions", "题数"),
    "screens.row.minutes": Words("Minutes", "分钟数"),
    "screens.row.code": Words("Code", "代码"),
    "screens.row.seen": Words("Only seen", "只考学过的"),
    "screens.row.answers": Words("Answers", "作答"),
    "screens.about.quiz": Words("only questions the app can mark", "只考能自动判分的题"),
    "screens.about.cram": Words("any card but code", "除代码卡外都考"),
    "screens.about.seen": Words("what you were asked before", "以前答过的卡片"),
    "screens.about.unseen": Words("new ones too", "没学过的也考"),
    "screens.about.typed": Words("written down", "书面作答"),
    "screens.about.spoken": Words("said, then ticked", "口头作答，再勾选"),
    "screens.about.friend": Words("a friend asks and ticks", "朋友提问并勾选"),
    # What is chosen for quizzes and interviews
    "screens.pick.deck": Words("Decks", "题库"),
    "screens.pick.level": Words("Levels", "级别"),
    "screens.pick.tag": Words("Tags", "标签"),
    "screens.pick.all": Words("all", "全部"),
    "screens.pick.ticked": Words("{n} of {of}", "{n} / {of}"),
    "screens.pick.how": Words("none ticked: all", "不选即全部"),
    "screens.pick.limits": Words("from {low} to {high}", "{low} 到 {high}"),
    "screens.pick.none_seen": Words("You studied none of these yet.", "这些你都还没学过。"),
    "screens.pick.only_code": Words("Only code: Enter says more", "只有代码卡：按 Enter 看说明"),
    "screens.pick.begin": Words("Begin: {promise}", "开始：{promise}"),
    # Quizzes
    "screens.practise.title": Words("Quiz", "测验"),
    "screens.practise.quiz": Words("Quick quiz", "快速测验"),
    "screens.practise.cram": Words("Cram", "突击复习"),
    "screens.practise.promise": Plural("{asked} of {n} card", "{asked} of {n} cards", "{n} 张卡片中抽 {asked} 张"),
    "screens.practise.schedule": Words("the schedule stays as it is", "复习计划不变"),
    "screens.practise.code": Words(
        "Code is studied, not asked here: Enter on its deck at home, or {key} in Browse",
        "这里不考代码卡：想学就在主页选中它的题库按 Enter，或在“浏览”里按 {key}",
    ),
    "screens.practise.past": Words("Past quizzes", "往次测验"),
    "screens.practise.no_past": Words("How each quiz went will stand here.", "每次测验的成绩会列在这里。"),
    "screens.practise.again": Words("{key} on one asks its misses again", "选中某次测验，按 {key} 重做错题"),
    "screens.quiz.next": Words("{key} next", "{key} 下一张"),
    "screens.quiz.empty_quiz": Words(
        "No answer yet: {key} once more counts it as missed.", "还没有作答：再按 {key} 就算答错。"
    ),
    "screens.quiz.empty_cram": Words(
        "No answer yet: {key} once more shows it, and you say whether you knew it.",
        "还没有作答：再按 {key} 看答案，由你判断有没有答出来。",
    ),
    "screens.quiz.is_judged": Words("This one is judged for you: {key} goes on.", "这题已自动判分：按 {key} 继续。"),
    "screens.quiz.again": Words(
        "This asked once more what you had missed. It does not count among the past quizzes.",
        "这次只是把答错的再问一遍，不计入往次测验。",
    ),
    "screens.quiz.by_deck": Words("By deck, the weakest first", "按题库，最薄弱的在前"),
    "screens.quiz.in_all": Words("In all", "总览"),
    "screens.quiz.how": Words("↑↓ card by card  Tab to scroll", "↑↓ 逐题看  Tab 滚动"),
    "screens.quiz.count_too": Plural(
        "The answers before are reviews now. Press {key} to count this one too.",
        "The answers before are reviews now. Press {key} to count these {n} too.",
        "之前的回答已计入复习。按 {key} 把这次的 {n} 个也计入。",
    ),
    "screens.quiz.counted": Plural(
        "{n} answer counts as a review; {key} takes that back.",
        "{n} answers count as reviews; {key} takes that back.",
        "{n} 个回答已计入复习，按 {key} 撤销。",
    ),
    "screens.quiz.was_missed": Words("Missed", "没答对"),
    "screens.quiz.was_right": Words("Right", "答对了"),
    "screens.quiz.means_missed": Words(
        "Missed: not its core, or too few of its points", "没答对：没说到核心，或要点太少"
    ),
    "screens.quiz.means_right": Words(
        "Right: the core and two thirds of its points (of two: the core)",
        "答对了：说到核心和三分之二的要点（只有两个要点时，说到核心即可）",
    ),
    "screens.quiz.retry": Plural(
        "Next: {key} asks you again the one that you missed.",
        "Next: {key} asks you again the {n} that you missed.",
        "接下来：按 {key} 重做答错的 {n} 题。",
    ),
    "screens.quiz.before": Words(
        "Quizzes before: {before}. This one: **{now}**", "之前的测验：{before}。这次：**{now}**"
    ),
    "screens.quiz.past": Words("{share}% ({day})", "{share}%（{day}）"),
    "screens.quiz.ask_end": Words(
        "End the quiz here? Answered so far: {n} of {of}.", "现在结束吗？{of} 题已答 {n} 题。"
    ),
    "screens.quiz.missed": Words("{n} missed", "答错 {n}"),
    "screens.quiz.right": Words("{score} right", "答对 {score}"),
    "screens.quiz.then": Words("{before}, then {score}", "{before}，重做 {score}"),
    # Mock interviews
    "screens.setup.title": Words("Mock interview", "模拟面试"),
    "screens.setup.typed": Words("typed", "书面"),
    "screens.setup.spoken": Words("aloud", "口述"),
    "screens.setup.friend": Words("with a friend", "和朋友一起"),
    "screens.setup.questions": Plural("{n} question", "{n} questions", "{n} 道题"),
    "screens.setup.no_code_aloud": Words(
        "Code is not asked with a friend: take typed or aloud", "和朋友一起时不考代码：请选书面或口述"
    ),
    "screens.setup.no_code": Words(
        "Code is asked if it takes half of the minutes at most, and can be judged here",
        "代码题要能在本机判分、用时又不超过总时间的一半，才会考",
    ),
    "screens.setup.about": Words("the answers take about {n} min", "答题约需 {n} 分钟"),
    "screens.setup.fit": Plural(
        "{n} fits into {minutes} minutes", "{n} fit into {minutes} minutes", "{minutes} 分钟只够 {n} 道"
    ),
    "screens.setup.of_code": Words("the last question, about {n} min", "最后一题，约需 {n} 分钟"),
    "screens.setup.code_friend": Words("not with a friend", "和朋友一起时不考"),
    "screens.setup.code_from": Words("from {n} questions on", "至少 {n} 道题才考"),
    "screens.setup.code_minutes": Words("from {n} minutes on", "至少 {n} 分钟才考"),
    "screens.setup.none_fits": Words("none fits this interview", "没有适合这场面试的代码题"),
    "screens.setup.examiner": Words("examiner {model} at {host} asks back", "考官 {model}（{host}）会追问"),
    "screens.setup.examiner_reads": Words(
        "examiner {model} at {host} asks back only where you type", "只有书面作答时，考官 {model}（{host}）才会追问"
    ),
    "screens.setup.past": Words("Past interviews", "往次面试"),
    "screens.setup.no_past": Words("Every interview stays here with its report.", "每次面试都会保存在这里，附有报告。"),
    "screens.setup.points": Words("{share} of the points", "要点 {share}"),
    "screens.setup.interrupted": Words("interrupted at {at} / {of}", "中断于第 {at} 题（共 {of} 题）"),
    "screens.setup.to_review": Words("to look at again from {at} / {of}", "待回看，从第 {at} 题开始（共 {of} 题）"),
    "screens.setup.ask_delete": Words(
        "Delete this interview? What was counted as reviews stays.", "删除这次面试吗？已计入的复习会保留。"
    ),
    "screens.interview.follow_up": Words("follow-up", "追问"),
    "screens.interview.in_all": Words("in all", "总用时"),
    "screens.interview.you_said": Words("You said:", "你刚才的回答："),
    "screens.interview.asked_back": Words("the examiner asks", "考官追问"),
    "screens.interview.listens": Words(
        "{model} reads your answer; the clock stands still. {key} goes on without it.",
        "{model} 正在读你的回答，期间不计时。按 {key} 直接继续。",
    ),
    "screens.interview.asking": Words("Question {n} of {of}", "第 {n} / {of} 题"),
    "screens.interview.marking": Words("Question {n} of {of} · marking", "第 {n} / {of} 题 · 评分"),
    "screens.interview.reviewing": Words(
        "Question {number} · looking back, {n} of {of}", "第 {number} 题 · 回看 {n} / {of}"
    ),
    "screens.interview.friend": Words("Interviewer: {n} of {of}", "面试官：第 {n} / {of} 题"),
    "screens.interview.to_friend": Words(
        "Turn the screen to your friend: they ask, and the answers stand on it.\n\n{key} when they have it.",
        "请把屏幕转给朋友：由朋友提问，屏幕上有答案。\n\n朋友准备好后按 {key}。",
    ),
    "screens.interview.from_friend": Words(
        "Turn the screen back to who answered: now comes what was missing.\n\n{key} when they have it.",
        "请把屏幕转回给答题的人：接下来看漏了什么。\n\n准备好后按 {key}。",
    ),
    "screens.interview.friends": Words(
        "This screen is the interviewer's: read the question out, and tick what you hear.",
        "这是面试官的屏幕：读出题目，听到哪个要点就勾选哪个。",
    ),
    "screens.interview.tick": Words(
        "Tick what you said. The whole answer comes at the end.", "勾选你说到的要点。完整答案在最后给出。"
    ),
    "screens.interview.read": Words(
        "Nothing is asked here: read what was missing. Letters and grades still correct your marks.",
        "这里不再提问，只看漏了什么；勾选和评分还可以改。",
    ),
    "screens.interview.comes_back": Words(
        "You were sure of this: it is asked again tomorrow and in a week.",
        "这题你有把握却答错了：明天和一周后会再问。",
    ),
    "screens.interview.how_sure": Words(
        "How sure are you that your answer holds?", "你觉得刚才的回答对吗？有多大把握？"
    ),
    "screens.interview.points_next": Words("Its points come next.", "下一步看要点。"),
    "screens.interview.was_graded": Words(
        "Question {n}: {grade}; {key} goes back", "第 {n} 题评为“{grade}”，要改就按 {key}"
    ),
    "screens.interview.said": Words("Say it aloud; {key} when you are done", "请说出来；说完按 {key}"),
    "screens.interview.one_run": Words(
        "One run: {key} when you are done · Esc, then ↑↓: the task", "只运行一次：写完按 {key} · 按 Esc，再按 ↑↓ 看题"
    ),
    "screens.interview.to_code": Words(
        "{type}: write the code; {key} runs it, once", "按 {type} 写代码；按 {key} 运行，只能运行一次"
    ),
    "screens.interview.ask_give_up": Words(
        "Go on without a run? The code counts as not known.", "不运行代码就跳过这题吗？这题会按“不会”计。"
    ),
    "screens.interview.picked": Words("{letters} picks; {key} when you are done", "按 {letters} 选；选完按 {key}"),
    "screens.interview.written": Words("{key} when you are done", "答完按 {key}"),
    "screens.interview.sure": Words("{percent}% sure", "把握 {percent}%"),
    "screens.interview.kept": Words("Kept, under “Go on with”.", "已保存，见“接着做”。"),
    "screens.interview.card_gone": Words(
        "The card of a question is in no deck any more.", "有一道题的卡片已不在任何题库里。"
    ),
    "screens.interview.ask_end": Words(
        "End here? What you answered goes to the review.", "现在结束面试吗？已经回答的题会进入评阅。"
    ),
    "screens.interview.ask_end_none": Words(
        "End here? Nothing was answered, so no report is kept.", "现在结束面试吗？还没有作答，不会留下报告。"
    ),
    "screens.interview.not_asked": Words("Questions not answered: {n}", "没有作答的题：{n} 道"),
    "screens.interview.ask_leave": Words(
        "Leave? It is kept, and the clock stands still until you come back.",
        "要离开面试吗？进度会保存，离开期间不计时。",
    ),
    "screens.interview.leave_anyway": Words("Leave all the same?", "仍然离开吗？"),
    "screens.interview.not_open": Words(
        "It asks of the deck {decks}, which is not open or cannot be read. Go on where it is open.",
        "题目所在的题库（{decks}）没有打开，或无法读取。请打开后再继续。",
    ),
    "screens.report.study": Plural(
        "Next: {key} asks you again the one that lacked something.",
        "Next: {key} asks you again the {n} that lacked something.",
        "接下来：按 {key} 学这 {n} 道没答全的题。",
    ),
    "screens.report.study_sure": Plural(
        "Next: {key} asks you again the one that you were sure of, and wrong.",
        "Next: {key} asks you again the {n} that lacked something, first what you were sure of.",
        "接下来：按 {key} 学这 {n} 道没答全的题，先学有把握却答错的。",
    ),
    "screens.report.counts": Plural(
        "{n} answer counts as a review. Follow-ups that you knew do not: they were led up to.",
        "{n} answers count as reviews. Follow-ups that you knew do not: they were led up to.",
        "{n} 个回答已计入复习。追问答对的不算：上一题已经给了提示。",
    ),
    "screens.report.counted": Plural(
        "{n} answer counts as a review; {key} takes that back. Follow-ups that you knew do not: they were led up to.",
        "{n} answers count as reviews; {key} takes that back. Follow-ups that you knew do not: they were led up to.",
        "{n} 个回答已计入复习，按 {key} 撤销。追问答对的不算：上一题已经给了提示。",
    ),
    "screens.report.written": Words("Written: {file}\nin {folder}", "已导出：{file}\n在 {folder} 里"),
    # Readiness and statistics
    "screens.readiness.interview": Words("Interview on {day}", "{day} 面试"),
    "screens.readiness.date": Words("Date of the interview", "面试日期"),
    "screens.readiness.will_be": Words(
        "With a date you see here what you will recall on that day, what to do each day until then, and which cards "
        "fall short.",
        "设定日期后，这里会显示当天预计还记得多少、每天要学什么，以及哪些卡片还没记牢。",
    ),
    "screens.readiness.each_day": Words("Each day until then", "从今天到面试"),
    "screens.readiness.short": Words("Seen, below {goal} if you stop now", "不再复习，回忆概率就会低于 {goal}"),
    "screens.readiness.none_short": Words(
        "No card that you have seen falls below {goal} by then.", "到那天，学过的卡片回忆概率都不低于 {goal}。"
    ),
    "screens.readiness.expected": Words("Expected recall", "预期回忆概率"),
    "screens.readiness.cards": Words("Cards", "数量"),
    "screens.readiness.column_stop": Words("if you stop", "不再复习"),
    "screens.readiness.column_plan": Words("with plan", "按计划复习"),
    "screens.readiness.columns": Words("if you stop now → with the plan", "不再复习 → 按计划复习"),
    "screens.readiness.days": Words("Cards a day: new (+) and reviews", "每天的卡片：新卡（+）和复习"),
    "screens.readiness.more": Words("… {n} more", "… 还有 {n} 张"),
    "screens.readiness.change": Words("Change: {key}", "按 {key} 修改。"),
    "screens.readiness.change_date": Words("change the date: {key}", "按 {key} 改日期"),
    "screens.readiness.ask_minutes": Words(
        "How many minutes a day? Enter takes the number; Esc leaves it as it was.",
        "每天学几分钟？按 Enter 确定；按 Esc 保持不变。",
    ),
    "screens.readiness.ask_date": Words(
        "When is the interview? Year-month-day, 13 Dec, or +14 for in 14 days; then Enter. Empty for no date.",
        "面试是哪一天？按“年-月-日”、“12月13日”或 +14（14 天后）填写，再按 Enter；还没定就留空。",
    ),
    "screens.stats.reading": Words("Reading your journals…", "正在读取记录…"),
    "screens.stats.nothing": Words(
        "Nothing was reviewed yet. Study a few cards, and come back.", "还没有复习过。先学几张卡片再来看。"
    ),
    "screens.stats.will_be": Words(
        "This will show how much you did, how much of it you recalled, and what is to come. On the home screen {key} "
        "studies what waits.",
        "以后这里会显示学了多少、记住了多少，接下来还有多少要学。在主页按 {key} 开始学习。",
    ),
    "screens.stats.days": Plural("{n:,} day of study", "{n:,} days of study", "学习 {n:,} 天"),
    "screens.stats.overview": Words(
        "Repetitions {reviews}, {days}, {time} ({each} each on average)",
        "复习 {reviews} 次，{days}，共 {time}（平均每次 {each}）",
    ),
    "screens.stats.retention": Words("True retention", "真实记忆保留率"),
    "screens.stats.week": Words("7 days", "7 天"),
    "screens.stats.month": Words("30 days", "30 天"),
    "screens.stats.all": Words("all", "全部"),
    "screens.stats.retention_is": Words(
        "reviews of known cards that were not graded again", "复习已掌握的卡片时没有评“重来”的比例"
    ),
    "screens.stats.no_retention": Words("known once cards come back on a later day", "卡片隔天再次出现之后才有"),
    "screens.stats.cued": Words(
        "answered with a cue, and counted apart: {share} of {n}", "看过提示再作答的另算：{n} 次，记得 {share}"
    ),
    "screens.stats.code": Words(
        "code: {share} of {n} graded hard or better", "代码：写了 {n} 次，{share} 写对（没评“重来”）"
    ),
    "screens.stats.day.0": Words("Mon", "一"),
    "screens.stats.day.1": Words("Tue", "二"),
    "screens.stats.day.2": Words("Wed", "三"),
    "screens.stats.day.3": Words("Thu", "四"),
    "screens.stats.day.4": Words("Fri", "五"),
    "screens.stats.day.5": Words("Sat", "六"),
    "screens.stats.day.6": Words("Sun", "日"),
    "screens.stats.reviews": Words("Reviews a day", "每日复习量"),
    "screens.stats.most": Words("most {n}", "单日最多 {n} 次"),
    "screens.stats.forecast": Words("Due in the next 30 days", "未来 30 天到期的卡片"),
    "screens.stats.swept": Plural(
        "The last day before the interview on {day} asks the weakest cards too, whenever they are due.",
        "The last {n} days before the interview on {day} ask the weakest cards too, whenever they are due.",
        "{day} 面试前的最后 {n} 天还会复习最薄弱的卡片，不论何时到期。",
    ),
    "screens.stats.minutes": Words("Minutes a day", "每日用时（分钟）"),
    "screens.stats.of_day": Words("of the day", "当日"),
    "screens.stats.of_week": Words("of 7 days", "7 日平均"),
    "screens.stats.by_day": Words("True retention by day (0 is today), %", "每日的真实记忆保留率（%，0 是今天）"),
    "screens.stats.by_stability": Words("True retention by stability, %", "不同稳定性下的真实记忆保留率（%）"),
    "screens.stats.stability_is": Words(
        "days until recall falls to 90%, and how many reviews", "回忆概率降到 90% 要多少天，以及复习次数"
    ),
    "screens.stats.states": Words("How the cards stand", "卡片状态"),
    "screens.stats.mature_is": Words(
        "mature: {days:.0f} days or more until recall falls to 90%; young: fewer",
        "已熟练：回忆概率降到 90% 要 {days:.0f} 天以上；未熟练：不到 {days:.0f} 天",
    ),
    "screens.stats.said": Words("said {percent}%", "自评 {percent}%"),
    "screens.stats.mark": Words("| is what was said", "| 表示自评的把握"),
    "screens.stats.confidence": Words("Confidence: recalled, %", "不同把握下的实际答对率（%）"),
    "screens.stats.predictions": Words("Predictions of experiments: right, %", "实验预测正确率（%）"),
    "screens.stats.interval": Words(
        "behind each the range it may well lie in (95%), and of how many", "后面是 95% 置信区间和次数"
    ),
    "screens.stats.missing": Words(
        "{n} so far; a share is shown from {least} on", "目前 {n} 次，满 {least} 次才显示正确率"
    ),
    "screens.stats.week_later": Words("Recalled about a week later, %", "约一周后仍记得（%）"),
    "screens.stats.week_is": Words(
        "first time after {low} to {high} days", "只算每张卡片首次隔 {low} 至 {high} 天的复习"
    ),
    "screens.stats.teach.all": Words("all", "全部"),
    "screens.stats.teach.predicted_first": Words("predicted first", "作答前预测"),
    "screens.stats.teach.predicted_later": Words("predicted later", "作答后预测"),
    "screens.stats.teach.not_predicted": Words("not predicted", "没有预测"),
    "screens.stats.teach.ticked": Words("points ticked", "勾选过要点"),
    "screens.stats.teach.not_ticked": Words("none ticked", "没有勾选要点"),
    "screens.stats.no_trial": Words(
        "Where intervals overlap, no difference is shown. Which cards you predict or tick is no accident either.",
        "区间重叠就看不出差别；做没做预测、勾没勾选并非随机分配，比较仅供参考。",
    ),
    "screens.stats.on_the_day": Words("The {n} days up to the interview on {day}", "截至面试日 {day} 的 {n} 天里"),
    "screens.stats.expected": Words(
        "readiness said {said}, recalled {share} ({interval}, {n} cards)",
        "当时预计 {said}，实际记得 {share}（{interval}，{n} 张）",
    ),
    "screens.stats.hardest": Words("Hardest cards", "最难的卡片"),
    "screens.stats.hardest_by": Words(
        "forgotten on a later day / difficulty, 1 to 10", "忘记的次数（至少隔一天） / 难度 1–10"
    ),
    # Settings, keys, help, messages
    "screens.settings.title": Words("Settings", "设置"),
    "screens.settings.on": Words("on", "开"),
    "screens.settings.off": Words("off", "关"),
    "screens.settings.none": Words("none", "无"),
    "screens.settings.changed": Words("{n} changed", "已更改 {n} 项"),
    "screens.settings.unchanged": Words("the usual ones", "默认"),
    "screens.settings.usually": Words("Usually: {value}", "默认：{value}"),
    "screens.settings.usually_empty": Words(
        "Usually: {value} (leave it empty for that)", "默认：{value}（留空即为默认）"
    ),
    "screens.settings.needs_extra": Words("First: {command}", "需要先安装：{command}"),
    "screens.settings.saved": Words("saved", "已保存"),
    "screens.settings.not_taken": Words("not taken", "未采用"),
    "screens.settings.file_stays": Words(
        "The file stays as it is. What you change here holds until you quit.",
        "文件保持原样。这里的更改只在退出前有效。",
    ),
    "screens.keys.title": Words("Keys", "按键"),
    "screens.keys.changed": Words("* {n} changed", "* 已更改 {n} 个"),
    "screens.keys.press": Words(
        "Press the new key. Esc, or a click, leaves it as it is.", "请按下新的按键；按 Esc 或点击鼠标则不改。"
    ),
    "screens.keys.taken": Words(
        "{key} is also: {others}. Enter takes it all the same; Esc leaves it; or press another.",
        "{key} 还用于：{others}。按 Enter 仍然采用，按 Esc 不改，也可以换一个键。",
    ),
    "screens.keys.other": Words("{action} ({id})", "{action}（{id}）"),
    "screens.help.now": Words("What works now", "当前可用"),
    "screens.help.rest": Words(
        "{key}: other panes, keys that work everywhere, what each letter means",
        "按 {key} 查看其他窗格的按键、全局按键，以及每个字母的含义",
    ),
    "screens.help.words": Words("Words on this screen", "本界面的用语"),
    "screens.help.word.core": Words(
        "core: the point that decides. Without it the answer is not there yet, whatever else you said.",
        "核心：起决定作用的要点；没答到它，其他要点全答到也不算答对。",
    ),
    "screens.help.word.mentioned": Words(
        "mentioned in your text: what you typed has words of this point. Whether it says it, you judge.",
        "回答里已提到：你写的回答里出现了这个要点的词；算不算答到，由你勾选。",
    ),
    "screens.help.word.essentials": Words(
        "essentials: the cards that nearly every interview asks, about a third of all, and your own; "
        "the plan begins them first.",
        "必问卡片：几乎每次面试都会问到的（约占三分之一），加上你自己的卡片；计划先学这些。",
    ),
    "screens.help.letters": Words("What a letter means, on every screen", "字母键在各个界面的含义"),
    "screens.help.a_to_f": Words(
        "In a list that shows them, a to f are its own lines.", "列表各项前标有 a 到 f 时，按字母选那一项。"
    ),
    "screens.help.at_other_times": Words("Here, at other times", "本界面，其他时候可用"),
    "screens.help.in_others": Words("In the other panes", "其他窗格"),
    "screens.help.everywhere": Words("Everywhere", "全局"),
    "screens.help.dim": Words(
        "A dim key does nothing just now. Whatever a key does, a click on its line does too.",
        "暗色的按键当前不起作用。除了按键，也可以点击那一行。",
    ),
    "screens.help.undo": Words(
        "{key} in a field takes typing back, elsewhere the last step.",
        "{key} 在输入框中撤销输入，在别处撤销上一步。",
    ),
    "screens.help.keys": Words(
        "Other keys: {key} on the home screen, then {then}.", "更改按键：在主页先按 {key} 进入设置，再按 {then}。"
    ),
    "screens.help.examiner": Words(
        "A language model of yours can listen to what you type: {key} on the home screen, then Examiner at.",
        "可以让你自己的语言模型评判你写的回答：在主页按 {key} 进入设置，填写“考官地址”。",
    ),
    "screens.help.input_method": Words(
        "With a Chinese input method on, signs and digits do what they do without it; letters want it off.",
        "开着中文输入法时，标点和数字键（，。？、＊＠）照样有效；字母键需要切换到英文输入。",
    ),
    "screens.help.more": Words(
        "{readme} and 'quizapp COMMAND --help' say more.", "更多说明见 {readme} 和 'quizapp COMMAND --help'。"
    ),
    "screens.log.title": Words("Messages", "消息"),
    "screens.log.nothing": Words(
        "Nothing was said in this run. Messages stay here when they go away.",
        "本次运行还没有消息。弹出过的消息会留在这里。",
    ),
    "screens.log.information": Words("information", "提示"),
    "screens.log.warning": Words("warning", "警告"),
    "screens.log.error": Words("error", "错误"),
}
