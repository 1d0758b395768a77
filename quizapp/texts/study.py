"""What the rooms of studying say: readiness, the plan, quizzes, interviews and their reports."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "study.your_answer": Words("your answer", "你的回答"),
    "study.not_picked": Words("not picked", "没有选"),
    # Why no better grade is suggested
    "study.why.core": Words("Again: the core point, {letter}, is missing", "重来：缺核心要点 {letter}"),
    "study.why.few": Words(
        "Again: {n} of {of} points; hard takes two thirds", "重来：{of} 个要点只答到 {n} 个，答到三分之二才算“困难”"
    ),
    "study.why.hard": Words("Hard: {n} of {of} points", "困难：{of} 个要点答到 {n} 个"),
    "study.quiz.core": Words("Missed: the core point, {letter}, is not ticked", "没答对：没有勾选核心要点 {letter}"),
    "study.quiz.few": Words(
        "Missed: {n} of {of} points; right takes two thirds", "没答对：{of} 个要点只答到 {n} 个，答到三分之二才算答对"
    ),
    "study.why.unrun": Words("Again: nothing was run", "重来：没有运行过"),
    "study.why.failed": Words("Again: the first run grades, and failed", "重来：第一次运行没通过，评分以它为准"),
    "study.why.told": Words("Again: something was told before it passed", "重来：看过提示，通过也不变"),
    "study.why.slip": Words("Hard: a slip of syntax or of a name came first", "困难：通过之前有过语法或拼写错误"),
    "study.why.late": Words("Hard: it took longer than its time", "困难：超过了规定时间"),
    # What to expect on the day of the interview
    "study.readiness.assumed": Words(
        "Expected recall is what FSRS expects you to remember of these cards; it does not say how the interview goes. "
        "The plan assumes that every card is reviewed on the day it is due, recalled as often as FSRS expects (then "
        "good, else again), that {again} of new cards are graded again at first, that the last days ask "
        "the weakest cards too, up to {sweep} reviews or {stretch} times your minutes each, and that nothing is "
        "reviewed on the day of the interview.",
        "预期回忆概率是 FSRS 预计你那天还记得这些卡片的概率，并不代表面试结果。计划假设：每张卡片都在到期当天复习；"
        "想得起来的比例和 FSRS 预计的一样，想起来评“良好”，否则评“重来”；{again} 的新卡第一次评“重来”；面试前最后几天"
        "还会复习最薄弱的卡片，每天至多 {sweep} 张，用时不超过每日分钟数的 {stretch} 倍；面试当天不复习。",
    ),
    "study.readiness.day": Words("Interview on {day}, {away}", "面试日期 {day}，{away}"),
    "study.readiness.today": Words("today", "今天"),
    "study.readiness.tomorrow": Words("tomorrow", "明天"),
    "study.readiness.in_days": Words("in {days} days", "还有 {days} 天"),
    "study.readiness.no_more": Words(
        "The interview is today: nothing more is planned.", "今天就是面试日，不再安排学习。"
    ),
    "study.readiness.new_none": Words("New cards: none are left.", "新卡：都学过了。"),
    "study.readiness.new_late": Words(
        "New cards: none, it is too late to begin one.", "新卡：不再学，现在开始已经来不及。"
    ),
    "study.readiness.new_today": Words("New cards: {new}, all of them today.", "新卡：{new} 张，都在今天学。"),
    "study.readiness.new_last": Words(
        "New cards: {new} today, the last before the day.", "新卡：今天 {new} 张，这是面试前的最后一批。"
    ),
    "study.readiness.new": Words(
        "New cards: {now} today, about {next} tomorrow, the last on {until}.",
        "新卡：今天 {now} 张，明天约 {next} 张，{until} 学最后一批。",
    ),
    "study.readiness.carried_all": Words("All {n} cards are begun in time.", "{n} 张卡片都来得及学。"),
    "study.readiness.left_out": Plural(
        "Left out: {n} card, {core} of them essential: no day has room for it.",
        "Left out: {n} cards, {core} of them essential: no day has room for them.",
        "来不及学：{n} 张，其中必问 {core} 张，每天都排满了。",
    ),
    "study.readiness.left_out_limit": Plural(
        "Left out: {n} card, {core} of them essential: you take {limit} new cards a day at most (Settings).",
        "Left out: {n} cards, {core} of them essential: you take {limit} new cards a day at most (Settings).",
        "来不及学：{n} 张，其中必问 {core} 张，因为每天最多学 {limit} 张新卡（见设置）。",
    ),
    "study.readiness.essentials": Words(
        "Essentials are what nearly every interview asks, and your own cards.",
        "必问卡片：几乎每次面试都会问到的内容，加上你自己的卡片。",
    ),
    "study.readiness.guess": Plural(
        "{n} card was asked so far: what you will recall is a guess.",
        "{n} cards were asked so far: what you will recall is a guess.",
        "学过的卡片还不多（{n} 张），当天记得多少只能粗略估计。",
    ),
    "study.readiness.all": Words("All cards", "所有卡片"),
    "study.readiness.core": Words("Essentials", "必问卡片"),
    "study.readiness.to_do_today": Words(
        "Today: {due} to review, {new} new, about {minutes} min.",
        "今天：复习 {due} 张，新卡 {new} 张，约 {minutes} 分钟。",
    ),
    "study.readiness.to_do_today_code": Words(
        "Today: {due} to review, {new} new, {code} of these code, which takes longer; about {minutes} min.",
        "今天：复习 {due} 张，新卡 {new} 张，其中 {code} 张要写代码，比较费时；约 {minutes} 分钟。",
    ),
    "study.readiness.today_done": Words("Today: all done.", "今天：都学完了。"),
    "study.readiness.pace": Words(
        "Reckoned at {seconds} s an answer, your pace in the last {n}.",
        "按每题 {seconds} 秒推算，这是你最近 {n} 次作答的速度。",
    ),
    "study.readiness.pace_assumed": Words(
        "Reckoned at {seconds} s an answer; the more you answer, the more it is your pace.",
        "按每题 {seconds} 秒推算；答得越多，越接近你自己的速度。",
    ),
    "study.readiness.enough": Words(
        "Essentials need {minutes} min a day; you have {now}.",
        "每天要 {minutes} 分钟才能学完必问卡片；现在设的是 {now} 分钟。",
    ),
    "study.readiness.fewest": Words(
        "Not all essentials fit: {minutes} min a day leave out the fewest, {n}; you have {now}.",
        "必问卡片学不完：就算每天学 {minutes} 分钟，也还剩 {n} 张；现在设的是 {now} 分钟。",
    ),
    "study.readiness.never": Words(
        "Not all essentials fit, however many minutes a day you take.", "必问卡片学不完，每天学再久也不够。"
    ),
    "study.readiness.minutes_swept": Words(
        "Minutes: {mean} a day on average, up to {most} on the last {free} days.",
        "用时：平均每天约 {mean} 分钟；最后 {free} 天每天最多 {most} 分钟。",
    ),
    "study.readiness.minutes": Words(
        "Minutes: {mean} a day on average, at most {most} ({longest}).",
        "用时：平均每天约 {mean} 分钟，最多 {most} 分钟（{longest}）。",
    ),
    "study.readiness.reviews_none": Words("Reviews: none fall due before that day.", "复习：那天之前没有到期的卡片。"),
    "study.readiness.reviews": Words(
        "Reviews: about {mean} a day, at most {most} ({busiest}).",
        "复习：平均每天约 {mean} 张，最多 {most} 张（{busiest}）。",
    ),
    "study.readiness.reviews_swept": Words(
        "Reviews: about {mean} a day; up to {most} on the last {free} days, of the weakest.",
        "复习：平均每天约 {mean} 张；最后 {free} 天再过一遍最薄弱的卡片，一天最多 {most} 张。",
    ),
    "study.readiness.below": Plural(
        "Still below {goal} on the day with the plan: {n} card.",
        "Still below {goal} on the day with the plan: {n} cards.",
        "按计划复习，当天回忆概率仍低于 {goal} 的卡片：{n} 张。",
    ),
    "study.readiness.never_seen": Plural(
        "{n} card never seen counts as 0% until you begin it.",
        "{n} cards never seen count as 0% until you begin them.",
        "{n} 张卡片还没学过：开始学之前，回忆概率按 0 算。",
    ),
    "study.readiness.blank": Words("By that day nothing is begun of: {decks}.", "到那天还一张都没学的题库：{decks}。"),
    "study.readiness.suspended": Plural(
        "{n} suspended card left out.", "{n} suspended cards left out.", "{n} 张暂停的卡片不计算在内。"
    ),
    "study.readiness.short": Plural(
        "Below {goal} if you stop now: {n} seen card, weakest first",
        "Below {goal} if you stop now: {n} seen cards, weakest first",
        "不再复习，回忆概率就会低于 {goal} 的卡片（{n} 张，最薄弱的在前）",
    ),
    # A date that there is no plan for
    "study.limit.cards": Plural(
        "Today's limit was {n} new card (Settings).",
        "Today's limit was {n} new cards (Settings).",
        "今天最多学 {n} 张新卡（见设置）。",
    ),
    "study.limit.date": Words("So near the interview the plan begins none.", "临近面试，不再安排新卡。"),
    "study.limit.code": Plural(
        "Today's limit was {n} code card (Settings).",
        "Today's limit was {n} code cards (Settings).",
        "今天最多学 {n} 张代码卡（见设置）。",
    ),
    "study.limit.minutes": Words("Today's {n} min are full: {takes}.", "今天的 {n} 分钟已排满（{takes}）。"),
    "study.limit.reviews": Plural("{n} review", "{n} reviews", "复习 {n} 张"),
    "study.limit.new": Plural("{n} new card", "{n} new cards", "新卡 {n} 张"),
    "study.plan.no_date": Words(
        "{text} is no date. Write year-month-day, as in {example}, or +14 for in 14 days.",
        "“{text}”不是日期。请按“年-月-日”填写，如 {example}；或写 +14，表示 14 天后。",
    ),
    "study.plan.empty": Words("Type a date, such as {example}.", "请输入日期，例如 {example}。"),
    "study.plan.yesterday": Words(
        "The interview date {day} was yesterday. Give the next one.",
        "面试日期 {day} 是昨天。请设定下一次的日期。",
    ),
    "study.plan.over": Words(
        "The interview date {day} was {days} days ago. Give the next one.",
        "面试日期 {day} 已过去 {days} 天。请设定下一次的日期。",
    ),
    "study.plan.far": Words(
        "The interview date {day} is {days} days away; a plan reaches {furthest} days ahead at most.",
        "距离面试日期 {day} 还有 {days} 天；计划最多排到 {furthest} 天后。",
    ),
    # Statistics: how stable a card is
    "study.stability.below": Words("< {high}d", "< {high} 天"),
    "study.stability.between": Words("{low}-{high}d", "{low}–{high} 天"),
    "study.stability.above": Words("> {low}d", "> {low} 天"),
    # An interview's file
    "study.interview.refused": Words("{path} cannot be read ({why}).", "无法读取 {path}（{why}）。"),
    "study.interview.no_file": Words("{path}: {why}. It is left as it is.", "{path}：{why}。文件保持原样。"),
    "study.interview.newer": Words(
        "{path} was written by a newer quizapp. It is left as it is: update, then open it.",
        "{path} 由更新版本的 quizapp 写成，保持原样：请先升级再打开。",
    ),
    "study.interview.damaged": Words(
        "{path} is damaged ({why}). It is left as it is.", "{path} 已损坏（{why}），保持原样。"
    ),
    "study.interview.no_question": Words("it has no question {number}", "没有第 {number} 题"),
    "study.interview.changed": Words(
        "{path} was changed by another program: from here on it is not kept.",
        "{path} 被其他程序修改过，之后的进度不再保存。",
    ),
    "study.interview.not_written": Words(
        "{path} cannot be written ({why}). It is tried again.", "无法写入 {path}（{why}），稍后会重试。"
    ),
    # An interview's report
    "study.report.title": Words("Mock interview", "模拟面试"),
    "study.report.questions": Plural("{n} question", "{n} questions", "答了 {n} 道题"),
    "study.report.left": Words("ended early, {n} not answered", "提前结束，{n} 道未答"),
    "study.report.follow_ups": Plural("{n} of them a follow-up", "{n} of them follow-ups", "追问 {n} 道"),
    "study.report.follow_up": Words("follow-up", "追问"),
    "study.report.took": Words("took {time}", "用时 {time}"),
    "study.report.points": Words("{share} points", "要点 {share}"),
    "study.report.share": Words("{points} ({share:.0f}%)", "{points}（{share:.0f}%）"),
    "study.report.over": Plural("{n} went over its budget", "{n} went over their budget", "{n} 道题超时"),
    "study.report.code": Words("code: {how}", "代码：{how}"),
    "study.report.code_passed": Words("passed", "通过"),
    "study.report.code_failed": Words("did not pass", "未通过"),
    "study.report.code_unrun": Words("not run", "没有运行"),
    "study.report.went.ready": Words("Ready, by this interview.", "就这次面试来看，准备好了。"),
    "study.report.went.nearly": Words("Nearly ready.", "差不多准备好了。"),
    "study.report.went.not_yet": Words("Not ready yet.", "还没准备好。"),
    "study.report.stood": Words(
        "{n} of {of} answers stand: the core and two thirds of the points (of two: the core), or judged right.",
        "{of} 个回答，达标 {n} 个。说到核心，并说到三分之二的要点才算达标（只有两个要点时，说到核心即可）"
        "；自动判分的题答对即达标。",
    ),
    "study.report.stood_friend": Words(
        "By your friend’s ticks {n} of {of} answers stand: the core and two thirds of the points (of two: the core).",
        "按朋友的勾选，{of} 个回答，达标 {n} 个。"
        "说到核心，并说到三分之二的要点才算达标（只有两个要点时，说到核心即可）。",
    ),
    "study.report.few": Words(
        "{stood} How ready you are is judged only from {least} answers or more.",
        "{stood}答满 {least} 题，才能判断是否准备好。",
    ),
    "study.report.rule": Words(
        "By these {n} answers only. “Ready” takes {ready}% that stand, nothing sure and wrong, and code that passed; "
        "“nearly”, {nearly}%.",
        "只看这 {n} 个回答：“准备好了”要 {ready}% 达标、没有“有把握却答错”的题、代码题通过；"
        "“差不多”要 {nearly}% 达标。",
    ),
    "study.report.counts_not": Words("no review, as the question before led to it", "不计入复习（上一题已给了提示）"),
    "study.report.column.held": Words("Interview", "面试"),
    "study.report.column.way": Words("How", "方式"),
    "study.report.column.topic": Words("Topic", "主题"),
    "study.report.column.asked": Words("Questions", "题数"),
    "study.report.column.points": Words("Points", "要点"),
    "study.report.column.time": Words("Time", "用时"),
    "study.report.sure": Words("{percent}% sure", "把握 {percent}%"),
    "study.report.all": Words("All", "总计"),
    "study.report.by_topic": Words("By topic", "按主题"),
    "study.report.mean": Words(
        "You were {sure:.0f}% sure on average, and {n} of {of} answers stood ({share:.0f}%): {how}.",
        "平均把握 {sure:.0f}%，{of} 个回答达标 {n} 个（{share:.0f}%）：{how}。",
    ),
    "study.report.above": Words("too sure", "把握偏高"),
    "study.report.below": Words("not sure enough", "把握偏低"),
    "study.report.fits": Words("the two agree as far as {of} answers tell", "凭 {of} 个回答，还看不出把握偏高或偏低"),
    "study.report.errors_come": Words(
        "Sure, and wrong: asked again tomorrow and in a week.", "有把握却答错：明天和一周后再问。"
    ),
    "study.report.trend": Words("Over your interviews", "历次面试"),
    "study.report.change": Words("{points} points of a hundred since the last one.", "与上次相比：{points} 个百分点。"),
    "study.report.nothing": Words("Nothing stands out: every point was made.", "没有明显的短板：所有要点都说到了。"),
    "study.report.one_by_one": Words("Question by question, the worst first", "逐题，答得最差的在前"),
    "study.report.gone": Words("This card is in none of the open decks.", "打开的题库里没有这张卡片。"),
    "study.report.examiner": Plural(
        "The examiner asked back once", "The examiner asked back {n} times", "考官追问了 {n} 次"
    ),
    "study.report.waited": Words("it thought for {time}", "思考用时 {time}"),
    "study.report.tokens": Plural("{n:,} token", "{n:,} tokens", "{n:,} 个 token"),
    "study.report.asked_back": Words("The examiner asked: {question}", "考官追问：{question}"),
    "study.report.no_reply": Words("(no answer)", "（未作答）"),
    "study.report.yours": Words("Your answer:", "你的回答："),
    "study.report.why_failed": Words("Why it did not pass:", "未通过的原因："),
    "study.report.right": Words("Right:", "正确答案："),
    "study.report.graded": Words("grade {grade}", "评分：{grade}"),
}
