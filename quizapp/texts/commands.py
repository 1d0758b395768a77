"""What the commands print; of backup, restore, sync and doctor see `keeping`, of `--help` and wrong calls `cli`."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "commands.completion.shell": Words(
        "which shell: bash, zsh or fish? As in: quizapp completion bash",
        "哪种 shell：bash、zsh 还是 fish？例如：quizapp completion bash",
    ),
    "commands.stop": Words("{what}.", "{what}。"),
    "commands.with_hint": Words("{what} ({hint})", "{what}（{hint}）"),
    "commands.others": Plural("and {n} other like these", "and {n} others like these", "同类的问题还有 {n} 个"),
    "commands.stale": Words("{why} Nothing was saved; grade it again.", "{why}什么都没有保存；请重新评分。"),
    "commands.no_card": Words("There is no card {key}. {hint}", "没有卡片 {key}。{hint}"),
    "commands.gaps": Words(
        "{text} has {n} gaps, and each is a card: add one of {ends}.",
        "{text} 有 {n} 个空，每个空是一张卡片，请在后面加上其中一个：{ends}。",
    ),
    "commands.did_you_mean": Words("Did you mean {near}?", "是不是 {near}？"),
    "commands.next_names_one": Words("'quizapp next' names one.", "'quizapp next' 会给出一张。"),
    "commands.files": Plural("{n} file", "{n} files", "{n} 个文件"),
    "commands.lines": Plural("{n} line", "{n} lines", "{n} 行"),
    "commands.grade.again": Words("again", "重来"),
    "commands.grade.hard": Words("hard", "困难"),
    "commands.grade.good": Words("good", "良好"),
    "commands.grade.easy": Words("easy", "简单"),
    # The app
    "commands.app.no_path": Words("There is no file or folder {path}. {hint}", "没有文件或文件夹 {path}。{hint}"),
    "commands.app.mean_command": Words("Did you mean 'quizapp {near}'?", "是不是 'quizapp {near}'？"),
    "commands.app.new": Words("'quizapp new {path}' begins a deck.", "'quizapp new {path}' 可新建题库。"),
    "commands.app.study": Words(
        "By the name of a deck: 'quizapp study {path}'.", "按题库名学习：'quizapp study {path}'。"
    ),
    "commands.app.terminal": Words(
        "The app needs a terminal. 'quizapp due', 'next', 'show' and 'grade' work without one.",
        "本程序需要在终端里运行。'quizapp due'、'next'、'show' 和 'grade' 不需要终端。",
    ),
    "commands.serve.missing": Words(
        "{name} is not installed, which serves the app to a browser: {command}",
        "没有安装 {name}，无法在浏览器中使用：{command}",
    ),
    "commands.serve.up": Words(
        "Open this link in your browser. It works once, for you alone:\n  {link}\nCtrl+C ends it.",
        "请在浏览器中打开这个链接。它只能打开一次，仅供你自己使用：\n  {link}\n按 Ctrl+C 结束。",
    ),
    "commands.serve.foreign": Words(
        "{host} is reached by other machines, which could read along. Give --cert and --key, or name the proxy that "
        "encrypts: --behind-proxy https://quiz.example.org",
        "其他机器能访问 {host}，也就能窃听。请给出 --cert 和 --key，或指明负责加密的代理：--behind-proxy "
        "https://quiz.example.org",
    ),
    "commands.serve.both": Words("--cert and --key go together.", "--cert 和 --key 要一起给出。"),
    "commands.serve.certificate": Words(
        "{file} and its key cannot be used: {why}.", "无法使用证书 {file} 及其密钥：{why}。"
    ),
    "commands.serve.proxy": Words(
        "{url} is not the address of a proxy, as in https://quiz.example.org",
        "{url} 不是代理的地址，应类似 https://quiz.example.org",
    ),
    "commands.serve.not_there": Words(
        "Nothing can be served at {at}: {why}. Give another --host or --port.",
        "无法在 {at} 提供服务：{why}。请换一个 --host 或 --port。",
    ),
    # Which cards
    "commands.quiz.no_deck": Words("There is no deck {name}. {hint}", "没有题库 {name}。{hint}"),
    "commands.quiz.no_tag": Words("There is no tag {name}. {hint}", "没有标签 {name}。{hint}"),
    "commands.quiz.there_are": Words("There are {known}.", "现有：{known}。"),
    "commands.quiz.none_left": Words(
        "No card is in these decks with this level and tag.", "这些题库里没有这个级别和标签的卡片。"
    ),
    "commands.quiz.none_judged": Words(
        "None of these cards can be judged. 'quizapp quiz --cram' asks them all the same.",
        "这些卡片都无法自动判分。'quizapp quiz --cram' 照样会问。",
    ),
    # What waits
    "commands.due.total": Words("total", "合计"),
    "commands.due.row": Words(
        "{name}  {new:4} new  {learning:4} learning  {due:4} due",
        "{name}  新卡 {new:4}  学习中 {learning:4}  待复习 {due:4}",
    ),
    "commands.next.nothing": Words(
        "Nothing waits. Come back tomorrow, or raise minutes_per_day in settings.yaml.",
        "没有待学的卡片。明天再来，或在 settings.yaml 中调高 minutes_per_day。",
    ),
    "commands.grade.done": Words("{key}: {grade}, back {span}", "{key}：{grade}，{span}再出现"),
    "commands.undo.nothing": Words("There is nothing of this device to undo.", "这台设备上没有可以撤销的操作。"),
    "commands.undo.done": Words("{key}: {what} of {at} is undone", "{key}：已撤销 {at} 的“{what}”"),
    "commands.undo.what.suspended": Words("suspended", "暂停"),
    "commands.undo.what.unsuspended": Words("unsuspended", "恢复"),
    "commands.undo.what.buried": Words("buried", "搁置"),
    "commands.undo.what.flagged": Words("flagged", "标记"),
    "commands.undo.what.unflagged": Words("unflagged", "取消标记"),
    "commands.undo.what.reset": Words("reset", "重置"),
    "commands.undo.what.mended": Words("mended", "补上遗漏"),
    # Statistics, the plan, the scheduler
    "commands.optimize.losses": Words(
        "log-loss on the last fifth of {reviews} reviews: {before:.4f} before, {after:.4f} after",
        "用 {reviews} 次复习中最后的五分之一检验，对数损失：原来 {before:.4f}，现在 {after:.4f}",
    ),
    "commands.optimize.adopted": Words("The weights are adopted.", "已采用新参数。"),
    "commands.optimize.kept": Words(
        "The weights are no better than what you have: kept as it is.", "新参数不比现有的好：保持不变。"
    ),
    "commands.plan.no_date": Words(
        "No interview date is set. Press r in the app, put a line such as 'interview: {example}' into {settings}, or "
        "give one for this call with --date.",
        "还没有设定面试日期。可以在程序里按 r，或在 {settings} 中写一行 'interview: {example}'，"
        "或用 --date 只为这次指定。",
    ),
    "commands.plan.stands_in": Words("{why} It stands in {settings}.", "{why}它写在 {settings} 中。"),
    "commands.plan.recall": Words("Expected recall that day", "当天的预期回忆概率"),
    "commands.plan.cards": Words("cards", "卡片"),
    "commands.plan.unseen": Words("unseen", "未学"),
    "commands.plan.stop": Words("if you stop now", "不再复习"),
    "commands.plan.follow": Words("if you follow the plan", "按计划复习"),
    "commands.plan.left": Words("left out", "来不及"),
    "commands.plan.short": Words("{what}:", "{what}："),
    "commands.plan.card": Words(
        "  {stop:>4}, with the plan {plan:>4}  {key}  {question}", "  {stop:>4}，按计划 {plan:>4}  {key}  {question}"
    ),
    "commands.plan.more": Words("  … {n} more: --json lists them.", "  … 还有 {n} 张：用 --json 全部列出。"),
    # Decks from and for other programs
    "commands.new.there": Words(
        "{path} is there already, and stays as it is. Name another file.", "{path} 已存在，保持原样。请换一个文件名。"
    ),
    "commands.new.written": Words("{path} is written. Next:", "已写好 {path}。接下来："),
    "commands.new.no_demo": Words(
        "{path} cannot be a demo: name it like my_demo.py, in lower-case letters, digits and _.",
        "{path} 不能作为实验：请像 my_demo.py 那样，用小写字母、数字和 _ 命名。",
    ),
    "commands.new.no_code": Words(
        "{name} cannot be an exercise: name it like my_softmax, in lower-case letters, digits and _.",
        "{name} 不能作为练习：请像 my_softmax 那样，用小写字母、数字和 _ 命名。",
    ),
    "commands.new.not_added": Words("{path}: {why}. Nothing was written.", "{path}：{why}。什么都没有写入。"),
    "commands.new.prove": Words(
        "prove it: right solutions pass, wrong ones fail", "验证它：正确解法通过，错误解法不通过"
    ),
    "commands.new.module": Words(
        "{path} would take the place of the module {module} for the demos beside it: name it otherwise.",
        "{path} 会让旁边的实验找不到模块 {module}：请换个名字。",
    ),
    "commands.new.deck_for_demo": Words(
        "A deck's file ends in .yaml. 'quizapp new --demo {path}' writes a demo.",
        "题库文件以 .yaml 结尾。'quizapp new --demo {path}' 可写一个实验。",
    ),
    "commands.new.ending": Words(
        "A deck's file ends in .yaml: try 'quizapp new {path}.yaml'.",
        "题库文件以 .yaml 结尾：试试 'quizapp new {path}.yaml'。",
    ),
    "commands.new.trust": Words(
        "read it and allow it to run; after every change once more", "阅读并允许它运行；每次修改之后都要再来一次"
    ),
    "commands.new.run": Words(
        "run it; --sweep bits runs it for every value", "运行；--sweep bits 会把每个取值都跑一遍"
    ),
    "commands.new.in_card": Words("in a card of a deck in the same folder", "写进同一文件夹里某个题库的卡片"),
    "commands.new.study": Words("study it", "学习"),
    "commands.new.check": Words("find mistakes, with line and column", "查错，给出行号和列号"),
    "commands.new.demo": Words("start a demo for its cards", "为它的卡片写一个实验"),
    "commands.import.ending": Words(
        "A deck's file ends in .yaml: try -o {path}.yaml.", "题库文件以 .yaml 结尾：试试 -o {path}.yaml。"
    ),
    "commands.import.unreadable": Words("{file} → {deck}: {what}", "{file} → {deck}：{what}"),
    "commands.import.unreadable_line": Words(
        "{file} → {deck}: line {line}: {what}", "{file} → {deck}：第 {line} 行：{what}"
    ),
    "commands.import.about": Words(
        "Imported from {file}. 'quizapp import' of a newer {file} updates it.",
        "从 {file} 导入。用 'quizapp import' 导入更新的 {file} 即可更新。",
    ),
    "commands.import.made": Words("{deck}: {cards}", "{deck}：{cards}"),
    "commands.import.dry": Words("Nothing was written (--dry-run).", "没有写入任何内容（--dry-run）。"),
    "commands.import.updated": Words(
        "{deck}: {new} new, {changed} changed, {same} as they were",
        "{deck}：新增 {new} 张，更新 {changed} 张，不变 {same} 张",
    ),
    "commands.import.media": Plural(
        "{n} picture or sound came along: {folder}",
        "{n} pictures and sounds came along: {folder}",
        "一并导入 {n} 个图片和音频文件：{folder}",
    ),
    "commands.import.lost": Words("not carried over:", "没有导入："),
    "commands.import.only_history": Words("{deck}: its cards stay as they are", "{deck}：卡片内容不变"),
    "commands.import.no_deck": Words(
        "There is no deck {deck}: name one with -o, a file or one of {known}.",
        "没有题库 {deck}：请用 -o 指定一个文件，或其中之一：{known}。",
    ),
    "commands.import.next": Words("Next: quizapp check {deck}", "接下来：quizapp check {deck}"),
    "commands.import.added": Plural(
        "{n} review or reset came along; due days are FSRS's where Anki kept them, else worked out anew",
        "{n} reviews and resets came along; due days are FSRS's where Anki kept them, else worked out anew",
        "导入了 {n} 次复习和重置；Anki 里有 FSRS 记录的卡片沿用其到期日，其余据此重新计算",
    ),
    "commands.import.there": Plural(
        "{n} review or reset was here already",
        "{n} reviews and resets were here already",
        "{n} 次复习和重置已经有了",
    ),
    "commands.import.older": Plural(
        "not carried over: {n} review that is older than what happened to its card here since",
        "not carried over: {n} reviews that are older than what happened to their cards here since",
        "没有导入：{n} 次复习（早于这些卡片在这里的记录）",
    ),
    "commands.import.no_place": Plural(
        "not carried over: {n} review of a card that the deck lacks, or of a day that is yet to come",
        "not carried over: {n} reviews of cards that the deck lacks, or of a day that is yet to come",
        "没有导入：{n} 次复习（卡片不在题库里，或日期在将来）",
    ),
    "commands.import.marked": Plural(
        "{n} card is suspended or flagged as it was",
        "{n} cards are suspended or flagged as they were",
        "{n} 张卡片恢复了原来的暂停或标记",
    ),
    # What a deck of Anki's was scheduled by
    "commands.preset.retention": Words(
        "the deck's desired retention, {theirs:.0%} (here {here:.0%})",
        "牌组的目标保留率 {theirs:.0%}（这里是 {here:.0%}）",
    ),
    "commands.preset.weights": Words("the deck's FSRS parameters", "牌组的 FSRS 参数"),
    "commands.preset.left": Words("{what}: --take-scheduling takes it over", "{what}：--take-scheduling 可采用"),
    "commands.preset.unfit_retention": Words(
        "the deck's desired retention, {theirs:.0%}: here it lies between {low:.0%} and {high:.0%}",
        "牌组的目标保留率 {theirs:.0%}：这里只能在 {low:.0%} 到 {high:.0%} 之间",
    ),
    "commands.preset.other_version": Words(
        "the deck's FSRS parameters, of an older version ({n} numbers, not {ours}): Anki's Optimize makes new ones",
        "牌组的 FSRS 参数属于旧版本（{n} 个数，而不是 {ours} 个）：可在 Anki 里重新优化",
    ),
    "commands.preset.unfit_weights": Words(
        "the deck's FSRS parameters, which lie outside of what FSRS-6 allows",
        "牌组的 FSRS 参数，超出了 FSRS-6 允许的范围",
    ),
    "commands.preset.ask": Words("Take over, for all your decks? [y/N] ", "采用，并对你的所有题库生效？[y/N] "),
    "commands.preset.now_retention": Words(
        "desired retention is {theirs:.0%} now, of all decks (before: {here:.0%}; see settings)",
        "所有题库的目标保留率现为 {theirs:.0%}（原为 {here:.0%}，可在设置里改）",
    ),
    "commands.preset.now_weights": Words(
        "the deck's FSRS parameters now schedule all decks; quizapp optimize fits them to your reviews",
        "所有题库现按该牌组的 FSRS 参数安排；quizapp optimize 会按你的复习重新拟合",
    ),
    "commands.export.no_deck": Words(
        "There is no deck {deck}; there are {known}, or name a file.",
        "没有题库 {deck}；现有：{known}，也可以写文件名。",
    ),
    "commands.export.there": Words(
        "{path} is there already, and stays as it is. Name another file, or remove it.",
        "{path} 已存在，保持原样。请换一个文件名，或先删除它。",
    ),
    "commands.export.dropped": Words("not in it:", "没有完整导出："),
    "commands.export.faulty": Words(
        "cards with a fault: quizapp check names it", "有错误的卡片（quizapp check 会指出）"
    ),
    "commands.export.history": Plural(
        "with history: {cards} with {n} review",
        "with history: {cards} with {n} reviews",
        "含学习记录：{cards}，{n} 次复习",
    ),
    "commands.export.in_anki": Words(
        "In Anki, tick 'Import any learning progress' and 'Import any deck presets', and switch FSRS on in the deck's "
        "options. Cards that Anki has already keep their schedule. Back: quizapp import FILE --history -o {deck}",
        "在 Anki 中导入时勾选“学习进度”和“牌组预设”，并在牌组选项里启用 FSRS。Anki 里已有的卡片保持原有安排。"
        "导回 quizapp：quizapp import FILE --history -o {deck}",
    ),
    "commands.export.done": Words("{path}: {cards}", "{path}：{cards}"),
    # Demos
    "commands.demo.not_ours": Words(
        "{path} is not a demo that came with quizapp. Read and allow it: quizapp trust {path}",
        "{path} 不是 quizapp 自带的实验。请先阅读并允许：quizapp trust {path}",
    ),
    "commands.demo.knob": Words("    {default}  ({allowed})", "    {default}（{allowed}）"),
    "commands.demo.no_knob": Words(
        "{demo} has no knob {knob}. It has {known}.", "{demo} 没有参数 {knob}。现有：{known}。"
    ),
    "commands.demo.needs_value": Words(
        "--{knob} needs a value: it takes {allowed}.", "--{knob} 需要一个值：可取 {allowed}。"
    ),
    "commands.demo.no_measure": Words(
        "{demo} does not measure {measure}. It measures {known}.", "{demo} 没有指标 {measure}。现有：{known}。"
    ),
    "commands.demo.took": Words("{seconds:.1f} s, {sandbox}", "{seconds:.1f} 秒，{sandbox}"),
    "commands.code.none": Words(
        "There is no exercise {name}. 'quizapp code --list' names them.",
        "没有练习 {name}。'quizapp code --list' 可列出全部。",
    ),
    "commands.code.none_near": Words(
        "There is no exercise {name}. Did you mean {near}?", "没有练习 {name}。是不是 {near}？"
    ),
    "commands.code.no_utf8": Words("is not UTF-8", "不是 UTF-8"),
    "commands.code.not_ours": Words(
        "{path} is not an exercise that came with quizapp. Read and allow it: quizapp trust {path}",
        "{path} 不是 quizapp 自带的练习。请先阅读并允许：quizapp trust {path}",
    ),
    "commands.code.there": Words(
        "{path} already exists; nothing was written. To have it judged: quizapp code {name} {path}",
        "{path} 已存在，没有写入任何内容。要评判它：quizapp code {name} {path}",
    ),
    "commands.code.written": Words(
        "Wrote {path}. Write the solution in it, then:", "已写好 {path}。请在里面写出解法，然后："
    ),
    "commands.code.judges": Words("judge it", "评判它"),
    "commands.code.watches": Words("judge it whenever you save", "每次保存都评判一次"),
    "commands.code.waits": Words(
        "Waiting for {path} to be saved; Ctrl+C ends.\n", "等待保存 {path}；按 Ctrl+C 结束。\n"
    ),
    "commands.code.case_passed": Words("passed  {name}", "通过    {name}"),
    "commands.code.case_failed": Words("failed  {name}", "未通过  {name}"),
    "commands.code.case_unrun": Words("not run {name}", "未运行  {name}"),
    "commands.code.printed": Words("It printed:", "它的输出："),
    "commands.code.trap": Words(
        "In every case this gives the same as a known mistake:\n  {trap}",
        "它在所有用例中的结果都与一个已知错误相同：\n  {trap}",
    ),
    "commands.code.part": Words(
        "In a part of the cases that fail this gives the same as a known mistake:\n  {trap}",
        "在一部分没通过的用例中，它的结果与一个已知错误相同：\n  {trap}",
    ),
    "commands.code.passing": Words("{n} of {of} cases", "{n} / {of} 个用例"),
    "commands.code.passed": Words("Passed: {passing}.", "通过：{passing}。"),
    "commands.code.nothing_ran": Words("Nothing ran.", "没有运行任何用例。"),
    "commands.code.not_passed": Words("Not passed: {passing}.", "未通过：只通过 {passing}。"),
    "commands.prove.seed": Words("{what} (seed {seed})", "{what}（种子 {seed}）"),
    "commands.prove.failed": Words("{demo} failed: {why}", "{demo} 运行失败：{why}"),
    "commands.prove.unmeasured": Words(
        "expects {measure} from {low:g} to {high:g}, but {demo} does not measure it",
        "预期 {measure} 在 {low:g} 到 {high:g} 之间，但 {demo} 没有这个指标",
    ),
    "commands.prove.outside": Words(
        "expects {measure} from {low:g} to {high:g}, found {found:g}",
        "预期 {measure} 在 {low:g} 到 {high:g} 之间，实际是 {found:g}",
    ),
    "commands.prove.unpredicted": Words(
        "asks to predict {measure}, but {demo} does not measure it", "要求预测 {measure}，但 {demo} 没有这个指标"
    ),
    "commands.prove.choices": Words(
        "{hold} of the prediction's choices hold for {measure} = {found:g}; exactly one should",
        "{measure} = {found:g} 时，预测的选项中有 {hold} 个成立；应当恰好一个",
    ),
    "commands.prove.not_allowed": Words(
        "{path} may not run yet: read and allow it with 'quizapp trust {path}'",
        "{path} 还不能运行：请用 'quizapp trust {path}' 阅读并允许",
    ),
    "commands.prove.place": Words(
        "of {of} predictions, {n} hold their {place} choice; by chance it would be {chance}",
        "{of} 个预测中，有 {n} 个的正确选项排在{place}；随机的话约为 {chance} 个",
    ),
    "commands.prove.first": Words("first", "第一个"),
    "commands.prove.middle": Words("middle", "中间"),
    "commands.prove.last": Words("last", "最后一个"),
    "commands.prove.runs": Words("{done}/{of} runs", "已运行 {done}/{of}"),
    "commands.trust.already": Words("{path} is already allowed to run.", "{path} 已经允许运行。"),
    "commands.trust.nobody": Words(
        "Nobody to ask. 'quizapp trust {path} --yes' allows it.",
        "这里无法询问你。用 'quizapp trust {path} --yes' 直接允许。",
    ),
    "commands.trust.not_allowed": Words("Not allowed.", "未允许运行。"),
    "commands.trust.allowed": Words("{path} may run (SHA-256 {sha}…).", "{path} 可以运行了（SHA-256 {sha}…）。"),
    "commands.trust.file": Words("# {path} ({lines})", "# {path}（{lines}）"),
    "commands.trust.changes": Words("# Changed since you allowed it", "# 上次允许之后的改动"),
    "commands.trust.size": Words("{path}: {files}, {lines}.", "{path}：{files}，{lines}。"),
    "commands.trust.may": Words(
        "{may} A change to any of these files asks again.", "{may}其中任何文件有改动，都会重新询问。"
    ),
    "commands.trust.data": Words("{what}: {names}", "{what}：{names}"),
    "commands.trust.ask": Words("Allow it to run? [y/N] ", "允许它运行吗？[y/N] "),
}
