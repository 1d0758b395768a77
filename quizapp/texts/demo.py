"""What the demo beside a card says: before a yes, the question, the run, what came of it."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "demo.true": Words("yes", "是"),
    "demo.false": Words("no", "否"),
    "demo.reading": Words("Reading the experiment…", "正在读取实验…"),
    "demo.none": Words("No experiment was found.", "没有找到实验。"),
    "demo.not_in": Words(
        "{card}: there is no experiment {demo} in {folders}.", "{card}：{folders} 里都没有实验 {demo}。"
    ),
    "demo.bad_knobs": Words("{card}: {why}.", "{card}：{why}。"),
    "demo.changed_by_you": Words("changed by you", "已被你修改"),
    "demo.draft_waits": Words("your draft does not run yet", "你的草稿还不能运行"),
    "demo.draft_kept": Words(
        "Your copy, {place}, {why}. What you wrote is kept: {key} opens it again.",
        "你的副本 {place} {why}。你写的内容已保留，按 {key} 接着改。",
    ),
    "demo.enter_runs": Words("Enter runs it.", "按 Enter 运行。"),
    "demo.its_cards": Plural(
        "{n} card asks about it; {key} opens it:",
        "{n} cards ask about it; {key} lists them:",
        "有 {n} 张卡片考到它，按 {key} 查看：",
    ),
    "demo.has_changed": Words(
        "The experiment has changed: what is shown is what it says now.", "实验已改动：显示的是它现在的内容。"
    ),
    "demo.kept": Words(
        "Your copy is an experiment of yours now, {name}, and in the lab from now on: {file}",
        "你的副本已存为你自己的实验 {name}，以后在实验室里也能打开：{file}",
    ),
    # Before a yes
    "demo.not_allowed": Words("not allowed yet", "尚未允许"),
    "demo.consent.read": Words(
        "This experiment did not come with quizapp. Read it below; {key} lets it run as it stands.",
        "这个实验不是 quizapp 自带的。请先阅读下面的源码；按 {key} 允许它原样运行。",
    ),
    "demo.consent.size": Words("Files: {files}, lines: {lines}.", "文件 {files} 个，共 {lines} 行。"),
    "demo.consent.changed": Words(
        "You allowed it once: what has changed comes first.", "你曾允许过它：改动列在最前面。"
    ),
    "demo.consent.changes": Words("Changed since you allowed it", "你允许之后的改动"),
    "demo.consent.uncovered": Words("{may} {uncovered}.", "{may}{uncovered}。"),
    "demo.consent.data": Words("{said}: {files}", "{said}：{files}"),
    # The prediction
    "demo.ask.choose": Words("Predict first: choose, and it runs.", "先预测：选一项就开始运行。"),
    "demo.ask.number": Words("Predict first: type a number and press Enter.", "先预测：输入数字后按 Enter。"),
    "demo.ask.no_number": Words("Type a number, such as 14.3.", "请输入一个数，例如 14.3。"),
    "demo.guess": Words("you: {guess}", "你猜：{guess}"),
    # A run, and what came of it
    "demo.running": Words("running, {key} stops it", "运行中，按 {key} 停止"),
    "demo.running_for": Words("running for {seconds} s, {key} stops it", "已运行 {seconds} 秒，按 {key} 停止"),
    "demo.runs_first": Words("It runs: what it measures will stand here.", "正在运行，测得的结果会显示在这里。"),
    "demo.sweeping": Words("{done} of {of}, {key} stops it", "{done}/{of}，按 {key} 停止"),
    "demo.was": Words("was {value}", "上次 {value}"),
    "demo.more": Words("↓ more: {key}", "↓ 下面还有：{key}"),
    "demo.same": Words(
        "{measure}: {value}, the same at every value of {knob}.", "{measure}：{value}，不随{knob}变化。"
    ),
    "demo.same_timed": Words(
        "{measure}: about {value} at every value of {knob}; a measured time varies a little by itself.",
        "{measure}：约 {value}，不随{knob}变化；实测的时间本身会略有波动。",
    ),
    "demo.spread": Words(
        "{measure}: mean {mean}, from {low} to {high}.", "{measure}：平均 {mean}，最低 {low}，最高 {high}。"
    ),
    "demo.more_below": Words("+{n} below", "下方还有 {n} 项"),
    "demo.as_before": Words("as before", "没变"),
    "demo.as_before_timed": Words("as before, but for how a clock varies", "没变（计时本身有波动）"),
    "demo.right": Words("right", "猜对了"),
    "demo.counts": Words("({low} to {high} is right)", "（{low} 到 {high} 都算对）"),
    "demo.wrong": Words("wrong", "猜错了"),
    "demo.right_is": Words("right: {choice}", "正确：{choice}"),
    "demo.measured": Words("measured: ", "测得："),
    "demo.to_card": Words(
        "{key} goes on to the card; what explains this comes with its answer.",
        "按 {key} 回到卡片作答；解释随答案一起出现。",
    ),
    "demo.close": Words("close: off by {value}", "接近：偏差 {value}"),
    "demo.off_by": Words("off by {value}", "偏差 {value}"),
    "demo.measured_at": Words("at {knobs}: {value}", "{knobs} 时：{value}"),
    "demo.runs": Words("Runs of this sitting", "本次的运行记录"),
    "demo.columns_more": Plural("+{n} column", "+{n} columns", "另有 {n} 列"),
    "demo.dropped": Plural(
        "{n} byte of output is not shown.",
        "{n:,} bytes of output are not shown.",
        "有 {n:,} 字节的输出没有显示。",
    ),
    "demo.took": Words("{seconds} s · {walls}", "{seconds} 秒 · {walls}"),
}
